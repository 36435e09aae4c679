import type { Temporal } from 'temporal-polyfill'
import type { Span } from '../../calendar/calendar.ts'
import type { DayHours } from '../../config/values.ts'
import { localTimeOf } from '../../lib/local-time.ts'
import type { WorkingTime } from '../officers/officer-hours.ts'

/** The instants between which somebody works on a local date; undefined when they do not. */
export function openSpanOf(date: Temporal.PlainDate, { hours, timeZone }: WorkingTime): Span | undefined {
  if (hours.holidays.includes(date.toString())) return undefined
  return spanOf(date, hours[WEEKDAYS[date.dayOfWeek - 1]!], timeZone)
}

/** The instants of one day's hours. Where the clock jumps over one of them, the next time that exists counts. */
export function spanOf(date: Temporal.PlainDate, hours: DayHours, timeZone: string): Span | undefined {
  if (hours === 'closed') return undefined
  const startsAt = instantOf(date, hours.opensAtMinute, timeZone)
  return { startsAt, endsAt: instantOf(date, hours.closesAtMinute, timeZone) }
}

export function localDateOf(atEpochMs: number, timeZone: string): Temporal.PlainDate {
  return localTimeOf(atEpochMs, timeZone).toPlainDate()
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** Minute 1440 is the next midnight. */
function instantOf(date: Temporal.PlainDate, minuteOfDay: number, timeZone: string): number {
  return date.toPlainDateTime().add({ minutes: minuteOfDay }).toZonedDateTime(timeZone).epochMilliseconds
}
