import { describe, expect, it } from 'vitest'
import { afterOpenTime, lastOpen, nextOpen, type OpenPlace } from '../../src/business/open-time.ts'
import { dayHours } from '../../src/config/values.ts'
import { OFFICE } from './call-outcome/after-call-desk.ts'

const MINUTE_MS = 60_000

/** Times in UTC; the office is open from 9 to 17 in New York, five hours behind, and closed on Thanksgiving. */
it.each([
  ['2026-11-20T15:00', 30, '2026-11-20T15:30', 'within a day'],
  ['2026-11-20T21:45', 30, '2026-11-23T14:15', 'over a weekend, of which what is left of Friday counts'],
  ['2026-11-26T15:00', 0, '2026-11-27T14:00', 'after a holiday'],
  ['2026-11-20T13:59', 0, '2026-11-20T14:00', 'from before it opens'],
  ['2026-11-20T22:00', 0, '2026-11-23T14:00', 'from the minute it closes'],
  ['2026-10-30T21:00', 60, '2026-11-02T15:00', 'over the end of summer time'],
])('from %s, %i open minutes later it is %s: %s', (from, minutes, until) => {
  expect(new Date(afterOpenTime(Date.parse(`${from}Z`), minutes * MINUTE_MS, OFFICE)).toISOString()).toBe(
    `${until}:00.000Z`,
  )
})

it('is always open where the hours say it never is', () => {
  const closed = { monday: 'closed', tuesday: 'closed', wednesday: 'closed', thursday: 'closed', friday: 'closed' }
  const never = { ...OFFICE, hours: { ...OFFICE.hours, ...closed } } as typeof OFFICE
  expect(afterOpenTime(5, 1_000, never)).toBe(1_005)
})

const [WEEKDAY, SUNDAY] = [dayHours().parse('09:00-20:00'), dayHours().parse('12:00-20:00')]
const EASTERN = placeIn('America/New_York')
const PACIFIC = placeIn('America/Los_Angeles')
const SPARE_MS = 30 * MINUTE_MS

describe('places are open together', () => {
  it.each([
    ['at once within the hours', '2026-12-01T15:00-05:00', [EASTERN], '2026-12-01T15:00-05:00'],
    ['in the morning, of a night', '2026-12-01T21:00-05:00', [EASTERN], '2026-12-02T09:00-05:00'],
    ['from noon on Sundays', '2026-12-06T09:00-05:00', [EASTERN], '2026-12-06T12:00-05:00'],
    ['once the last of them is open', '2026-12-01T10:00-05:00', [EASTERN, PACIFIC], '2026-12-01T12:00-05:00'],
    ['before the first of them closes', '2026-12-01T20:30-05:00', [EASTERN, PACIFIC], '2026-12-02T12:00-05:00'],
    ['by the new clock on the day it jumps', '2026-03-08T02:00-05:00', [EASTERN], '2026-03-08T12:00-04:00'],
  ])('%s', (_, at, places, open) => {
    expect(nextOpen(Date.parse(at), places)).toBe(Date.parse(open))
  })

  it.each([
    ['at once within the hours', '2026-12-01T15:00-05:00', [EASTERN], '2026-12-01T15:00-05:00'],
    ['the evening before', '2026-12-01T08:00-05:00', [EASTERN], '2026-11-30T19:30-05:00'],
    ['before the first of them closes', '2026-12-02T08:00-05:00', [EASTERN, PACIFIC], '2026-12-01T19:30-05:00'],
  ])('last, with half an hour to spare: %s', (_, at, places, open) => {
    expect(lastOpen(Date.parse(at), places, SPARE_MS)).toBe(Date.parse(open))
  })

  it('never where all days are closed, or one closes before the other opens', () => {
    const closed: OpenPlace = { ...EASTERN, hoursOn: () => 'closed' }
    expect([nextOpen(0, [closed]), lastOpen(0, [closed], 0)]).toEqual([undefined, undefined])
    const [early, late] = ['08:00-10:00', '14:00-16:00'].map((hours) => dayHours().parse(hours))
    const apart = [early, late].map((hours = 'closed') => ({ ...EASTERN, hoursOn: () => hours }))
    expect([nextOpen(0, apart), lastOpen(0, apart, 0)]).toEqual([undefined, undefined])
  })
})

function placeIn(timeZone: string): OpenPlace {
  return { timeZone, hoursOn: (dayOfWeek) => (dayOfWeek === 7 ? SUNDAY : WEEKDAY) }
}
