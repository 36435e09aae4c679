import { describe, expect, it } from 'vitest'
import { callerZone } from '../../../src/business/scheduling/caller-zone.ts'

const WINTER = spanFrom('2026-12-01')
const SUMMER = spanFrom('2026-07-01')
const BOSTON = '+16175550123'
const PHOENIX = '+16025550123'
const PENSACOLA = '+18505550123'

describe('the zone a caller hears times in', () => {
  it.each([
    ['that of their number', BOSTON, undefined, WINTER, 'America/New_York'],
    ['that of the property, of a withheld number', undefined, 'MA', WINTER, 'America/New_York'],
    ['the one the two have in common', BOSTON, 'FL', WINTER, 'America/New_York'],
    ['either, while their clocks agree', PHOENIX, 'CO', WINTER, 'America/Phoenix'],
    ["the office's, when nothing is known", undefined, undefined, WINTER, 'America/Denver'],
    ["the office's, of a free number", '+18005550123', undefined, WINTER, 'America/Denver'],
  ] as const)('is %s', (_, number, state, span, timeZone) => {
    expect(callerZone({ number, state, span, fallback: 'America/Denver' })).toEqual({ timeZone })
  })

  it.each([
    ['number and property differ', BOSTON, 'CA', WINTER, ['America/New_York', 'America/Los_Angeles']],
    ['their clocks do not agree in summer', PHOENIX, 'CO', SUMMER, ['America/Phoenix', 'America/Denver']],
    ['the area code crosses a border', PENSACOLA, 'FL', WINTER, ['America/Chicago', 'America/New_York']],
    ['only a split state is known', undefined, 'TN', WINTER, ['America/Chicago', 'America/New_York']],
    [
      'the clocks part before the last day offered',
      PHOENIX,
      'CO',
      spanFrom('2026-03-01'),
      ['America/Phoenix', 'America/Denver'],
    ],
  ] as const)('is asked for when %s', (_, number, state, span, ask) => {
    expect(callerZone({ number, state, span, fallback: 'America/Denver' })).toEqual({ ask })
  })
})

function spanFrom(day: string) {
  const startsAt = Date.parse(`${day}T12:00Z`)
  return { startsAt, endsAt: startsAt + 14 * 86_400_000 }
}
