import { describe, expect, it } from 'vitest'
import { asksForPerson } from '../../../src/pipeline/person-request/person-request.ts'
import { EASTERN_CALLERS } from './callers-eastern.ts'
import { ENGLISH_CALLERS } from './callers-english.ts'
import { EUROPEAN_CALLERS } from './callers-european.ts'
import { EASTERN_WAYS } from './ways-eastern.ts'
import { EUROPEAN_WAYS } from './ways-european.ts'
import { combined, linesOf, listed } from './ways-to-ask.ts'

const missed = (texts: readonly string[]) => texts.filter((text) => !asksForPerson(text))
const mistaken = (texts: readonly string[]) => texts.filter((text) => asksForPerson(text))

describe.each(Object.entries({ ...EUROPEAN_WAYS, ...EASTERN_WAYS }))('[CS11] in %s', (_, ways) => {
  it('hears every way to ask, for everyone', () => {
    expect(missed(ways.asks.flatMap(combined))).toEqual([])
  })

  it('hears who will not talk with a machine', () => {
    expect(missed(listed(ways.refusals))).toEqual([])
  })

  it('is not misled by who speaks of the same people', () => {
    expect(mistaken(ways.others.flatMap(combined))).toEqual([])
  })
})

describe.each(Object.entries({ ...ENGLISH_CALLERS, ...EUROPEAN_CALLERS, ...EASTERN_CALLERS }))(
  '[CS11] callers in %s',
  (_, callers) => {
    it('are understood when they ask for a person', () => {
      expect(missed(linesOf(callers.ask))).toEqual([])
    })

    it('are left with what they came for when they do not', () => {
      expect(mistaken(linesOf(callers.doNot))).toEqual([])
    })
  },
)
