import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attestationEvidence } from '../../../src/business/screening/attestation.ts'
import { callerIdEvidence } from '../../../src/business/screening/caller-id.ts'
import { conclude } from '../../../src/business/screening/suspicion.ts'
import type { ScreeningEvidence } from '../../../src/call/screener.ts'

const THRESHOLDS = { challengeAt: 0.5, messageAt: 0.85 }
const OURS = '+16175550100'

const sign = (weight: number): ScreeningEvidence => ({ layer: 'carrier', says: `weight ${weight}`, weight })
const verdictOf = (...weights: number[]) => conclude(weights.map(sign), THRESHOLDS)

describe('the verdict', () => {
  it('[SC2] grows harder as signs add up, and never reaches a rejection by adding', () => {
    expect(verdictOf()).toMatchObject({ verdict: 'accept', suspicion: 0 })
    expect(verdictOf(0.4)).toMatchObject({ verdict: 'accept', suspicion: 0.4 })
    expect(verdictOf(0.4, 0.4)).toMatchObject({ verdict: 'challenge', suspicion: 0.64 })
    expect(verdictOf(0.4, 0.4, 0.6)).toMatchObject({ verdict: 'message', suspicion: 0.86 })
    expect(verdictOf(...Array<number>(20).fill(0.9)).verdict).toBe('message')
  })

  it('is softened by what speaks for the caller', () => {
    expect(verdictOf(0.4, 0.4, -0.25)).toMatchObject({ verdict: 'accept', suspicion: 0.48 })
  })

  it('does not depend on the order of signs, and stays between 0 and 1', () => {
    const weights = fc.array(fc.double({ min: -0.99, max: 0.99, noNaN: true }), { maxLength: 12 })
    fc.assert(
      fc.property(weights, (some) => {
        const { suspicion } = verdictOf(...some)
        expect(verdictOf(...some.toReversed()).suspicion).toBeCloseTo(suspicion, 1)
        expect(suspicion).toBeGreaterThanOrEqual(0)
        expect(suspicion).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is the first one that is sure', () => {
    expect(verdictOf(0.9, -1, 1)).toMatchObject({ verdict: 'accept', suspicion: 0 })
    expect(verdictOf(-0.9, 1)).toMatchObject({ verdict: 'reject', suspicion: 1 })
  })
})

describe('the signature of the caller id', () => {
  const stirVerdicts = ['A', 'B', 'C'].flatMap((level) =>
    ['Passed', 'Failed'].flatMap((outcome) =>
      ['', '-Diverted', '-Passthrough'].map((way) => `TN-Validation-${outcome}-${level}${way}`),
    ),
  )

  it.each([undefined, 'NULL', 'No-TN-Validation', 'TN-Validation-Failed', 'made up', ...stirVerdicts])(
    '[SC2] %s is not enough for anything, even from a withheld number (C24)',
    (stirVerdict) => {
      const evidence = [...attestationEvidence(stirVerdict), ...callerIdEvidence({ from: 'anonymous', to: OURS })]
      expect(conclude(evidence, THRESHOLDS).verdict).toBe('accept')
    },
  )

  it('is worth more the more the carrier knows', () => {
    const weightOf = (stirVerdict: string | undefined) => attestationEvidence(stirVerdict)[0]?.weight ?? 0
    const ordered = ['Passed-A', 'Passed-B', 'Passed-C', 'Failed-C-Diverted', 'Failed-C'].map((verdict) =>
      weightOf(`TN-Validation-${verdict}`),
    )
    expect(ordered).toEqual(ordered.toSorted((a, b) => a - b))
    expect(new Set(ordered).size).toBe(ordered.length)
  })
})

describe('the caller id', () => {
  const verdict = (from: string) => conclude(callerIdEvidence({ from, to: OURS }), THRESHOLDS).verdict

  it.each([
    ['+14155550123', 'an ordinary number'],
    ['+442079460123', 'a number from abroad'],
    ['+16175550177', 'a neighbour of ours'],
    ['+18005550123', 'a toll-free number'],
    ['anonymous', 'a withheld number'],
    ['Restricted', 'a withheld number in other letters'],
    ['+266696687', 'a withheld number in keypad letters'],
    ['', 'nothing'],
    ['sip:pbx@partner.example', 'an internet address'],
    ['HOMELOANS', 'a name'],
    ['+13335550123', 'an area code that may be new'],
    ['+1', 'a broken number'],
  ])('[SC2] lets %s in: %s', (from) => {
    expect(verdict(from)).toBe('accept')
  })

  it.each([
    ['+19115550123', 'a service for an area code'],
    ['+16179115012', 'a service for an office code'],
    ['+11175550123', 'an area code that begins with 1'],
    ['+16171550123', 'an office code that begins with 1'],
    ['+12995550123', 'an area code kept for later'],
    ['+19005550123', 'a premium number'],
    [OURS, 'our own number'],
    ['6175550100', 'our own number without a country code'],
  ])('asks %s who they are: %s', (from) => {
    expect(verdict(from)).toBe('challenge')
  })
})
