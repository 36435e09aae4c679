import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blankPicture, KnownCaller, pictureOf } from '../../src/call/caller-picture.ts'
import type { LedgerEntry } from '../../src/call/facts.ts'
import type { Finding } from '../../src/pipeline/stage.ts'

const served = ['en-US', 'es-US', 'vi-VN']
const language = 'en-US'

const score = fc.double({ min: 0, max: 1, noNaN: true })
const finding: fc.Arbitrary<Finding> = fc.oneof(
  fc.constantFrom<Finding>(
    { type: 'recording refused' },
    { type: 'person requested' },
    { type: 'robocall cleared' },
    { type: 'private number said', kinds: ['CARD'] },
    { type: 'intent found', intent: 'new_loan', confidence: 0.9 },
    { type: 'language changed', language: 'es', because: 'spoken' },
    { type: 'language changed', language: 'pl', because: 'asked for' },
    { type: 'fact stated', key: 'name', value: 'Ann' },
    { type: 'fact confirmed', key: 'name', value: 'Ann Lee' },
    { type: 'fact stated', key: 'property state', value: 'OH' },
  ),
  score.map((frustration): Finding => ({ type: 'mood judged', frustration, cues: [] })),
  score.map((frustration): Finding => ({ type: 'caller frustrated', frustration })),
)

it('is the same after a crash, from the findings in the ledger, as it had grown in the call', () => {
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 30 }), fc.nat(30), (findings, crashAt) => {
      const caller = new KnownCaller(blankPicture(language), served)
      for (const one of findings) caller.learn(one)
      const takenUp = new KnownCaller(pictureOf(entriesOf(findings.slice(0, crashAt)), { language, served }), served)
      for (const one of findings.slice(crashAt)) takenUp.learn(one)
      expect(takenUp.picture).toEqual(caller.picture)
    }),
  )
})

it('knows the language we serve them in, and passes over one we do not', () => {
  const changed = (to: string): Finding => ({ type: 'language changed', language: to, because: 'spoken' })
  expect(pictured([changed('vi')]).language).toBe('vi-VN')
  expect(pictured([changed('vi'), changed('pl')]).language).toBe('vi-VN')
})

it('is frustrated from the end of their patience until they are calm', () => {
  const judged = (frustration: number): Finding => ({ type: 'mood judged', frustration, cues: [] })
  const ended: Finding = { type: 'caller frustrated', frustration: 0.8 }
  expect(pictured([judged(0.9)])).toMatchObject({ frustration: 0.9, frustrated: false })
  expect(pictured([ended, judged(0.5)])).toMatchObject({ frustration: 0.5, frustrated: true })
  expect(pictured([ended, judged(0.2), judged(0.5)])).toMatchObject({ frustration: 0.5, frustrated: false })
})

it('holds of each fact the latest, and whether that was confirmed', () => {
  const name = (type: 'fact stated' | 'fact confirmed', value: string): Finding => ({ type, key: 'name', value })
  const corrected = pictured([name('fact stated', 'Ann'), name('fact confirmed', 'Ann'), name('fact stated', 'Anna')])
  expect([...corrected.facts]).toEqual([['name', { value: 'Anna', confirmed: false }]])
})

it('changes no picture that somebody holds', () => {
  const caller = new KnownCaller(blankPicture(language), served)
  const before = caller.picture
  caller.learn({ type: 'fact stated', key: 'name', value: 'Ann' })
  expect(before).toEqual(blankPicture(language))
  const { picture } = caller
  caller.learn({ type: 'person requested' })
  expect(caller.picture).toBe(picture)
})

function pictured(findings: readonly Finding[]) {
  return pictureOf(entriesOf(findings), { language, served })
}

function entriesOf(findings: readonly Finding[]): LedgerEntry[] {
  return findings.flatMap((one, at): LedgerEntry[] => [
    { seq: 2 * at, atMs: at, fact: { type: 'caller.started-speaking' } },
    { seq: 2 * at + 1, atMs: at, fact: { type: 'finding.made', stage: 's', finding: one } },
  ])
}
