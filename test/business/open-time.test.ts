import { expect, it } from 'vitest'
import { afterOpenTime } from '../../src/business/open-time.ts'
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
