import { describe, expect, it } from 'vitest'
import { callableFrom, placesOf } from '../../../src/business/outbound/calling-hours.ts'
import { outboundSchema } from '../../../src/config/outbound-schema.ts'

const { hours: HOURS } = outboundSchema.parse({})
/** As wide as the configuration lets anybody: then the law alone decides. */
const { hours: WIDEST } = outboundSchema.parse({
  hours: { mondayToSaturday: '06:00-23:00', sunday: '06:00-23:00' },
})

const BOSTON = '+16175550123'
const PHOENIX = '+16025550123'
const HONOLULU = '+18085550123'
const MIAMI = '+13055550123'
const TULSA = '+19185550123'
const BALTIMORE = '+14105550123'
const DALLAS = '+12145550123'
const CHICAGO = '+13125550123'

function isCallable(
  number: string,
  at: string,
  { state, hours = HOURS }: { state?: string; hours?: typeof HOURS } = {},
) {
  const ms = Date.parse(at)
  return callableFrom(placesOf(number, state), ms, hours) === ms
}

describe('the hours in which somebody is called', () => {
  it.each([
    ['a weekday in Boston', BOSTON, '2026-11-18T09:00-05:00', '2026-11-18T20:00-05:00', HOURS],
    ['a Saturday in Boston', BOSTON, '2026-11-21T09:00-05:00', '2026-11-21T20:00-05:00', HOURS],
    ['a Sunday in Boston', BOSTON, '2026-11-22T12:00-05:00', '2026-11-22T20:00-05:00', HOURS],
    ['Phoenix in summer, which stays on its time', PHOENIX, '2026-07-15T09:00-07:00', '2026-07-15T20:00-07:00', HOURS],
    ['Phoenix in winter', PHOENIX, '2026-12-16T09:00-07:00', '2026-12-16T20:00-07:00', HOURS],
    ['Honolulu', HONOLULU, '2026-07-15T09:00-10:00', '2026-07-15T20:00-10:00', HOURS],
    ['the Sunday on which clocks go forward', BOSTON, '2026-03-08T12:00-04:00', '2026-03-08T20:00-04:00', HOURS],
    ['the Monday after it', BOSTON, '2026-03-09T09:00-04:00', '2026-03-09T20:00-04:00', HOURS],
    ['the Sunday on which they go back', BOSTON, '2026-11-01T12:00-05:00', '2026-11-01T20:00-05:00', HOURS],
    ['federal law', CHICAGO, '2026-11-18T08:00-06:00', '2026-11-18T21:00-06:00', WIDEST],
    ['Florida', MIAMI, '2026-11-18T08:00-05:00', '2026-11-18T20:00-05:00', WIDEST],
    ['Oklahoma', TULSA, '2026-11-18T08:00-06:00', '2026-11-18T20:00-06:00', WIDEST],
    ['Maryland', BALTIMORE, '2026-11-18T08:00-05:00', '2026-11-18T20:00-05:00', WIDEST],
    ['Texas on a Sunday', DALLAS, '2026-11-22T12:00-06:00', '2026-11-22T21:00-06:00', WIDEST],
    ['Texas on another day', DALLAS, '2026-11-18T08:00-06:00', '2026-11-18T21:00-06:00', WIDEST],
  ])('begin and end to the minute: %s', (_, number, opens, closes, hours) => {
    const minute = (time: string, by: number) => new Date(Date.parse(time) + by * 60_000).toISOString()
    expect(isCallable(number, minute(opens, -1), { hours })).toBe(false)
    expect(isCallable(number, opens, { hours })).toBe(true)
    expect(isCallable(number, minute(closes, -1), { hours })).toBe(true)
    expect(isCallable(number, closes, { hours })).toBe(false)
    expect(isCallable(number, minute(closes, 1), { hours })).toBe(false)
  })

  it('must be open where the number is from and where its owner lives now', () => {
    const moved = { state: 'CA' }
    expect(isCallable(BOSTON, '2026-11-18T11:59-05:00', moved)).toBe(false)
    expect(isCallable(BOSTON, '2026-11-18T12:00-05:00', moved)).toBe(true)
    expect(isCallable(BOSTON, '2026-11-18T19:59-05:00', moved)).toBe(true)
    expect(isCallable(BOSTON, '2026-11-18T20:00-05:00', moved)).toBe(false)
  })

  it("follow the stricter state's law where two count", () => {
    const hours = WIDEST
    expect(isCallable(CHICAGO, '2026-11-18T20:30-06:00', { hours })).toBe(true)
    expect(isCallable(CHICAGO, '2026-11-18T20:30-06:00', { hours, state: 'OK' })).toBe(false)
  })

  it('open again at the next moment when all places do', () => {
    const next = (number: string, at: string, state?: string) => {
      const from = callableFrom(placesOf(number, state), Date.parse(at), HOURS)
      return from && new Date(from).toISOString()
    }
    expect(next(BOSTON, '2026-11-18T20:00-05:00')).toBe('2026-11-19T14:00:00.000Z')
    expect(next(BOSTON, '2026-11-21T20:00-05:00')).toBe('2026-11-22T17:00:00.000Z')
    // Clocks go back in the night: nine o'clock is an hour later.
    expect(next(BOSTON, '2026-10-31T20:00-04:00')).toBe('2026-11-01T17:00:00.000Z')
    expect(next(BOSTON, '2026-11-18T08:00-05:00', 'HI')).toBe('2026-11-18T19:00:00.000Z')
  })

  it('are not known where neither the number nor an address tells the zone', () => {
    expect(placesOf('+18005550199', undefined)).toEqual([])
    expect(placesOf('+18005550199', 'TX').map(({ state }) => state)).toContain('TX')
  })
})
