import { Temporal } from 'temporal-polyfill'
import { type Clock, createClock } from '../../src/lib/clock.ts'
import { zonesOfNumber } from '../../src/lib/us-time-zones.ts'

/** The clock of a rehearsal, whose wall can be put forward: what waits for a time of day need not be waited for. */
export interface WorldClock extends Clock {
  /** It is `at` (epoch ms) now, unless it is later already. Durations and timers know nothing of it (F20). */
  goTo(at: number): void
}

export function createWorldClock(speed: number): WorldClock {
  const clock = createClock(speed)
  let aheadMs = 0
  return {
    ...clock,
    now: () => clock.now() + aheadMs,
    goTo(at) {
      aheadMs = Math.max(aheadMs, at - clock.now())
    },
  }
}

const WEDNESDAY = 3
const SOMEWHERE = 'America/New_York'

/** The next Wednesday at that time of day (`19:59:50`) where the number is from, in epoch ms. */
export function momentAt(timeOfDay: string, number: string, now: number): number {
  const [timeZone = SOMEWHERE] = zonesOfNumber(number)
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(timeZone).toPlainDate()
  const days = ((WEDNESDAY - today.dayOfWeek + 6) % 7) + 1
  return today.add({ days }).toZonedDateTime({ timeZone, plainTime: timeOfDay }).epochMilliseconds
}
