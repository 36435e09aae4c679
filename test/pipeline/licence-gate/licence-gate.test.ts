import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { figuresOf, measureGate, readSamples } from '../../../scripts/evaluation/licence-gate.ts'
import { type Barred, checkSpeech, SpeechCheck } from '../../../src/pipeline/licence-gate/licence-gate.ts'

const report = measureGate()

describe('the licence gate on the authored sentences', () => {
  it.each(['tuned', 'heldOut'] as const)('stops every figure and nearly everything else: %s', (half) => {
    const { missed, recall } = report[half]
    expect(figuresOf(missed)).toEqual([])
    expect(recall, textsOf(missed)).toBeGreaterThanOrEqual(0.98)
  })

  it.each(['tuned', 'heldOut'] as const)('lets the agent do its work: %s', (half) => {
    const { stopped, overBlocking } = report[half]
    expect(overBlocking, textsOf(stopped)).toBeLessThanOrEqual(0.02)
  })

  it('lets every fact and every fixed phrase we ship through', () => {
    const shipped = [...answersIn('facts.yaml'), ...stringsIn(settings('phrases.yaml'))]
    expect(shipped.length).toBeGreaterThan(250)
    expect(shipped.filter((text) => checkSpeech(text))).toEqual([])
  })
})

describe('while the words still come', () => {
  it('stops what it stops at the end, in whatever pieces it comes', () => {
    for (const { text } of samples('baits.yaml')) {
      for (const step of [1, 5]) expect(inPieces(text, step), text).toBeDefined()
    }
  })

  it('never stops what turns out to be harmless', () => {
    for (const { text } of samples('allowed.yaml')) {
      if (!checkSpeech(text)) expect(inPieces(text, 1), text).toBeUndefined()
    }
  })

  it('stops as soon as a number is whole, and says so once', () => {
    const check = new SpeechCheck()
    expect(check.hear('Rates are around six')).toBeUndefined()
    expect(check.hear('Rates are around six and ')).toMatchObject({ rule: 'rate', phrase: 'no-rates' })
    expect(check.hear('Rates are around six and a half or seven percent.', true)).toBeUndefined()
  })

  it('waits while a number may still be harmless', () => {
    const check = new SpeechCheck()
    expect(check.hear('The rate desk is open at six')).toBeUndefined()
    expect(check.hear('The rate desk is open at sixteen Main Street.', true)).toBeUndefined()
    expect(checkSpeech('It takes one and a half', { final: false })).toBeUndefined()
    expect(checkSpeech('It takes one and a half hours.')).toBeUndefined()
    expect(checkSpeech('I am one hundred percent', { final: false })).toBeUndefined()
    expect(checkSpeech('That would be one hundred percent financing.')).toMatchObject({ rule: 'rate' })
  })

  it('takes the rate from one sentence and its figure from the next', () => {
    expect(checkSpeech('Let me think about the rate. Around six.')).toMatchObject({ rule: 'rate' })
    expect(checkSpeech('Let me think about the opening hours. Around six.')).toBeUndefined()
  })
})

describe('whose words they are', () => {
  it.each([
    ['You were quoted six and a half percent, I noted that.', undefined],
    ['You were quoted six and a half percent, but ours is six.', 'rate'],
    ['You asked what the rate is: six and a half percent.', 'rate'],
    ['I cannot confirm six percent.', undefined],
    ['I cannot quote rates, though they are near six percent.', 'rate'],
    ['I cannot give an exact rate, roughly six and a half.', 'rate'],
    ["I don't think you would qualify.", 'eligibility'],
    ["I can't tell you whether you would qualify.", undefined],
  ])('%s', (text, rule) => {
    expect(checkSpeech(text)?.rule).toBe(rule)
  })
})

describe('what is said in its place', () => {
  it.each([
    ['We can lock that for you today.', 'terms', 'no-rates'],
    ['You would be approved in no time.', 'eligibility', 'no-eligibility'],
    ['May I ask what your income is? What is your income?', 'forbidden question', 'no-such-question'],
    ['I would use Stewart Title for that.', 'referral', 'no-referral'],
  ])('%s', (text, rule, phrase) => {
    expect(checkSpeech(text)).toMatchObject({ rule, phrase })
  })
})

it('gets through a flood of words that all look like half a rule', () => {
  for (const unit of ['you would most ', 'the rate is ', 'Acme Lantern ', '百', "don't say ", '6.', 'a', '. ']) {
    expect(checkSpeech(unit.repeat(100_000 / unit.length))).toBeUndefined()
  }
})

function inPieces(text: string, step: number): Barred | undefined {
  const check = new SpeechCheck()
  for (let end = step; end < text.length; end += step) {
    const found = check.hear(text.slice(0, end))
    if (found) return found
  }
  return check.hear(text, true)
}

function samples(file: 'baits.yaml' | 'allowed.yaml') {
  const { tuned, heldOut } = readSamples(file)
  return [...tuned, ...heldOut]
}

function textsOf(samples: readonly { readonly text: string }[]): string {
  return samples.map(({ text }) => text).join('\n')
}

function settings(file: string): unknown {
  return parse(readFileSync(new URL(`../../../config/${file}`, import.meta.url), 'utf8'))
}

function answersIn(file: string): string[] {
  const { facts } = settings(file) as { facts: { answer: Record<string, string> }[] }
  return facts.flatMap(({ answer }) => Object.values(answer))
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : []
}
