import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPrivate } from '../../../src/pipeline/privacy/find-private.ts'
import { anyCard, anyDigits, anyStyle, RENDERINGS } from './spoken-renderings.ts'

const RUNS = { numRuns: 400 }

/** The words of `number` in the text, and those of them that no span covers. */
function leftOver(text: string, number: string, prompt?: string): string {
  const start = text.indexOf(number)
  const open = Array.from(text)
  for (const span of findPrivate(text, prompt === undefined ? {} : { prompt })) open.fill('', span.start, span.end)
  return open
    .slice(start, start + number.length)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

describe('any number a caller may give', () => {
  it.each(['My card number is ', 'Use my Visa, ', 'so the debit card is '])('hides a card after "%s"', (lead) => {
    fc.assert(
      fc.property(anyCard, anyStyle, (digits, style) => {
        const number = RENDERINGS[style]!(digits, [4, 4, 4, 4])
        expect(leftOver(`${lead}${number}, okay?`, number)).toBe('')
      }),
      RUNS,
    )
  })

  it.each([
    ['Can I get your social?', ''],
    ['How can I help you?', 'my social security number is '],
    ['How can I help you?', 'mi seguro social es '],
  ])('hides a social security number: "%s" "%s"', (prompt, lead) => {
    fc.assert(
      fc.property(anyDigits(9), anyStyle, (digits, style) => {
        const number = RENDERINGS[style]!(digits, [3, 2, 4])
        expect(leftOver(lead + number, number, prompt)).toBe('')
      }),
      RUNS,
    )
  })

  it('hides a telephone number nobody asked for or named', () => {
    fc.assert(
      fc.property(anyDigits(10), anyStyle, (digits, style) => {
        fc.pre(!/000$/.test(digits))
        const number = RENDERINGS[style]!(digits, [3, 3, 4])
        expect(leftOver(`well, it's ${number}`, number)).toBe('')
      }),
      RUNS,
    )
  })

  it('hides an account number in pieces, each by itself', () => {
    fc.assert(
      fc.property(anyDigits(9), anyStyle, (digits, style) => {
        const pieces = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)].map((piece) =>
          RENDERINGS[style]!(piece, [3]),
        )
        const prompt = 'What is your loan number?'
        for (const piece of pieces) expect(leftOver(piece, piece, prompt)).toBe('')
      }),
      RUNS,
    )
  })
})

describe('what stays readable', () => {
  const amount = fc.integer({ min: 1, max: 999 }).map((thousands) => thousands * 1000)
  const said = fc.constantFrom('six point one two five', 'five and a half', 'seven point oh', 'four')
  const harmless = fc.oneof(
    amount.map((dollars) => `we want to borrow about ${dollars} dollars`),
    amount.map((dollars) => `the house is listed at $${dollars.toLocaleString('en-US')}.00`),
    amount.map((dollars) => `I owe ${dollars.toLocaleString('en-US')} on the loan`),
    said.map((rate) => `they quoted me ${rate} percent for thirty years`),
    fc.integer({ min: 2000, max: 9999 }).map((basis) => `is the rate ${basis / 1000}% today`),
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 10, max: 59 }))
      .map(([hour, minute]) => `${hour}:${minute} pm on the 5th works`),
    fc.integer({ min: 1950, max: 2024 }).map((year) => `it was built in ${year} and we bought in ${year + 1}`),
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
      .map(([month, day]) => `we close on ${month}/${day}/2025`),
    fc.integer({ min: 500, max: 850 }).map((score) => `my score was ${score} in March`),
  )

  it('touches no price, rate, time, year or day', () => {
    fc.assert(
      fc.property(harmless, (text) => {
        expect(findPrivate(text, { prompt: 'How can I help you today?' })).toEqual([])
      }),
      RUNS,
    )
  })
})
