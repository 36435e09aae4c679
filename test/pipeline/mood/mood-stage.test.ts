import { expect, it } from 'vitest'
import { createMoodStage } from '../../../src/pipeline/mood/mood-stage.ts'
import type { Finding, Said, Stage } from '../../../src/pipeline/stage.ts'

const open = createMoodStage({ offerAt: 0.7, calmAt: 0.4 })
const by = (text: string, more: Partial<Said> = {}): Said => ({ by: 'caller', text, atMs: 0, ...more })
const hearAll = (stage: Stage, texts: readonly string[]) => texts.flatMap((text) => stage.hear(by(text)))
const offers = (findings: readonly Finding[]) => findings.filter(({ type }) => type === 'caller frustrated').length
const levels = (findings: readonly Finding[]) =>
  findings.flatMap((finding) => (finding.type === 'mood judged' ? [finding.frustration] : []))

const STRONG = "This is ridiculous, I've called five times and nobody helps me."
const CALM = [
  'My name is Elena Ortiz.',
  'The house is on Maple Street.',
  'It is a two bedroom.',
  'We would put ten percent down.',
  'Thank you, that is helpful.',
]

it('judges every utterance of the caller, and none of the agent', () => {
  const stage = open()
  expect(stage.hear({ ...by(STRONG), by: 'agent' })).toEqual([])
  expect(levels(hearAll(stage, CALM))).toHaveLength(CALM.length)
})

it('is at its end after one strong utterance', () => {
  expect(offers(open().hear(by(STRONG)))).toBe(1)
})

it.each([
  'Esto es una vergüenza, llevo una hora esperando y nadie me ayuda.',
  'Tôi gọi năm lần rồi mà không ai gọi lại, tôi muốn khiếu nại.',
  '我已经说了三遍了，没有人给我回电话，我要投诉',
  'Mwen di ou sa twa fwa deja, pèsonn pa reponn mwen, mwen bouke.',
])('is at its end after one strong utterance in another language: %s', (text) => {
  expect(offers(open().hear(by(text)))).toBe(1)
})

it('does not make a crisis of one curse', () => {
  const findings = hearAll(open(), ['Damn it.', ...CALM])
  expect(offers(findings)).toBe(0)
  expect(levels(findings).at(-1)).toBeLessThan(0.1)
})

it('offers once in a stretch of bad mood, and again after the caller calmed down', () => {
  const stage = open()
  expect(offers(hearAll(stage, [STRONG, 'Nobody ever calls me back.', STRONG]))).toBe(1)
  expect(offers(hearAll(stage, [...CALM, ...CALM]))).toBe(0)
  expect(offers(hearAll(stage, [STRONG]))).toBe(1)
})

it('rises with plain complaints that follow each other', () => {
  const findings = hearAll(open(), [
    'I already told the other lady that.',
    'Nobody called me back last week.',
    "I've been on hold for an hour today.",
  ])
  expect(offers(findings)).toBe(1)
})

it('rises when somebody asks for the same politely, again and again', () => {
  const findings = hearAll(open(), [
    'Could you tell me when the appraisal report arrives?',
    'I was asking about the appraisal report, when does it arrive?',
    'Yes, but when will the appraisal report arrive, please?',
    'The appraisal report, when does that arrive?',
  ])
  const frustration = levels(findings)
  expect(frustration[2]).toBeGreaterThan(frustration[1]!)
  expect(frustration[3]).toBeGreaterThan(0.6)
})

it('counts a repetition less where we asked for it', () => {
  const asked = 'Sorry, could you say that again?'
  const request = 'I want the payoff letter mailed to my new address.'
  const last = (prompt?: string) => {
    const stage = open()
    const findings = [1, 2, 3].flatMap(() => stage.hear(by(request, prompt ? { prompt } : {})))
    return levels(findings).at(-1)!
  }
  expect(last(asked)).toBeLessThan(last())
})

it('takes a raised voice and an interruption for more of the same, and for nothing by themselves', () => {
  const first = (text: string, more: Partial<Said> = {}) => levels(open().hear(by(text, more)))[0]!
  const loud = { raisedDb: 8, interrupted: true }
  expect(first('It is a two bedroom.', loud)).toBeLessThan(0.1)
  expect(first('I already told the other lady that.', loud)).toBeGreaterThan(
    first('I already told the other lady that.'),
  )
})

it('goes on after a restart where it was', () => {
  const stage = open()
  const before = hearAll(stage, [STRONG])
  const [here, again] = [stage, open(before)].map((one) => one.hear(by('The house is on Maple Street.')))
  expect(again).toEqual(here)
  expect(offers(open(before).hear(by(STRONG)))).toBe(0)
})
