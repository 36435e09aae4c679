import { expect, it } from 'vitest'
import { createWorldClock, momentAt } from '../../scripts/rehearsal/world-clock.ts'

const LOS_ANGELES = '+14155550100'

it.each([
  ['on a Tuesday, the next day', '2026-06-09T20:00:00Z', '2026-06-10T10:00:30-07:00'],
  ['on a Wednesday, in a week, so that it is never over', '2026-06-10T12:00:00Z', '2026-06-17T10:00:30-07:00'],
  ['by the clock there, where the day may be another', '2026-06-10T02:00:00Z', '2026-06-10T10:00:30-07:00'],
  ['by the clock as it is then', '2026-10-30T12:00:00Z', '2026-11-04T10:00:30-08:00'],
])('a time of day is that of the next Wednesday where the number is from: %s', (_, now, expected) => {
  const moment = momentAt('10:00:30', LOS_ANGELES, Date.parse(now))
  expect(new Date(moment)).toEqual(new Date(expected))
})

it('goes forward to a moment and never back, and its durations know nothing of it', () => {
  const clock = createWorldClock(1)
  const [before, startedMs] = [clock.now(), clock.monotonicMs()]
  clock.goTo(before + 3_600_000)
  clock.goTo(before)
  expect(clock.now()).toBeGreaterThanOrEqual(before + 3_600_000)
  expect(clock.monotonicMs() - startedMs).toBeLessThan(3_600_000)
})
