import type { calendar_v3 } from '@googleapis/calendar'
import { Temporal } from 'temporal-polyfill'
import { ApiRefusal, invalid } from './api-refusal.ts'

type EventDateTime = calendar_v3.Schema$EventDateTime

/** Epoch ms of a timestamp of a query, which must have its offset. */
export function readInstant(text: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    throw new ApiRefusal(400, 'badRequest', 'Bad Request')
  }
}

/** Epoch ms of the start or end of an event. Without an offset it is in its own zone, or else in the calendar's. */
export function readEventTime(time: EventDateTime, calendarZone: string): number {
  const zone = time.timeZone ?? calendarZone
  try {
    if (time.date) return Temporal.PlainDate.from(time.date).toZonedDateTime(calendarZone).epochMilliseconds
    const text = time.dateTime ?? ''
    const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text)
      ? Temporal.Instant.from(text).toZonedDateTimeISO(zone)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone)
    return zoned.epochMilliseconds
  } catch {
    throw invalid('Invalid value for: Invalid format')
  }
}

/** As Google shows it: with the offset of the calendar's zone, whatever it was given with. */
export function showEventTime(time: EventDateTime, calendarZone: string): EventDateTime {
  if (time.date) return { date: time.date }
  const zoned = Temporal.Instant.fromEpochMilliseconds(readEventTime(time, calendarZone)).toZonedDateTimeISO(
    calendarZone,
  )
  const dateTime = zoned.toString({ smallestUnit: 'second', timeZoneName: 'never' })
  return { dateTime: dateTime.replace('+00:00', 'Z'), timeZone: time.timeZone ?? calendarZone }
}

/** As free-busy answers show it. */
export function showInstant(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z')
}
