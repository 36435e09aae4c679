import { Temporal } from 'temporal-polyfill'

/** What clock and calendar of an IANA zone show at an instant in epoch ms. */
export function localTimeOf(atEpochMs: number, timeZone: string): Temporal.ZonedDateTime {
  // Our clock has fractions of a millisecond, which Temporal refuses.
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(atEpochMs)).toZonedDateTimeISO(timeZone)
}
