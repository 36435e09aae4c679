import type { OfficeHours } from '../config/company-schema.ts'

/**
 * Whether the office is open at an instant. Goes by the wall clock of the IANA `timeZone`, so it is right on the days
 * the clock jumps (RELIABILITY 2.3): an hour that does not exist is never open, one that comes twice is open twice.
 */
export function isOpen(hours: OfficeHours, timeZone: string, atEpochMs: number): boolean {
  const local = localTime(timeZone, atEpochMs)
  if (hours.holidays.includes(local.date)) return false
  const today = hours[local.weekday]
  return today !== 'closed' && local.minuteOfDay >= today.opensAtMinute && local.minuteOfDay < today.closesAtMinute
}

type Weekday = Exclude<keyof OfficeHours, 'holidays'>

function localTime(timeZone: string, atEpochMs: number): { date: string; weekday: Weekday; minuteOfDay: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const parts = Object.fromEntries(format.formatToParts(atEpochMs).map(({ type, value }) => [type, value]))
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    weekday: parts.weekday?.toLowerCase() as Weekday,
    minuteOfDay: Number(parts.hour) * 60 + Number(parts.minute),
  }
}
