import { Temporal } from 'temporal-polyfill'

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const MONTHS = 'january february march april may june july august september october november december'.split(' ')

/** Where a part of a day begins and ends, by the caller's clock. */
export const PARTS_OF_DAY = {
  morning: { from: '00:00', until: '12:00' },
  afternoon: { from: '12:00', until: '17:00' },
  evening: { from: '17:00', until: '24:00' },
} as const

/** An hour that stands for a part of a day when somebody is to be called then. */
const HOURS: readonly [words: RegExp, hour: number][] = [
  [/\bmorning\b/, 9],
  [/\b(noon|midday|lunch)/, 12],
  [/\bafternoon\b/, 14],
  [/\b(evening|tonight|after work)\b/, 18],
]

const CLOCK_TIME =
  /\b(?<hour>\d{1,2})(?::(?<minute>\d\d))? ?(?<half>[ap])\.?m\b|(?:\b|t)(?<hour24>\d{1,2}):(?<minute24>\d\d)\b/

/**
 * The day that words name, counted from `today`: `2026-12-01`, `tomorrow`, `next Tuesday`, `December 1`, `next week` (its
 * Monday). Undefined when they name none. A weekday is the next one to come; with "next" never today.
 */
export function dayIn(words: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const said = words.toLowerCase()
  const [iso] = /\d{4}-\d\d-\d\d/.exec(said) ?? []
  if (iso !== undefined) return plainDate(iso)
  if (/\bday after tomorrow\b/.test(said)) return today.add({ days: 2 })
  if (/\btomorrow\b/.test(said)) return today.add({ days: 1 })
  if (/\b(today|tonight|this (morning|afternoon|evening))\b/.test(said)) return today
  const weekday = WEEKDAYS.findIndex((name) => new RegExp(`\\b${name}`).test(said)) + 1
  if (weekday > 0) return comingWeekday(weekday, today, /\bnext\b/.test(said))
  if (/\b(?<!this )week\b/.test(said)) return comingWeekday(1, today, true)
  return dateIn(said, today)
}

/**
 * The moment that words name: a day, an hour, or both (`tomorrow at three pm`, `2026-12-01T15:00`, `in the morning`). A
 * day without an hour is its morning; an hour that is over today is tomorrow's. Undefined when they name neither.
 */
export function momentIn(words: string, now: Temporal.ZonedDateTime): Temporal.ZonedDateTime | undefined {
  const day = dayIn(words, now.toPlainDate())
  const time = timeIn(words.toLowerCase())
  if (!day && !time) return undefined
  const plainTime = time ?? new Temporal.PlainTime(9)
  const moment = (day ?? now.toPlainDate()).toZonedDateTime({ timeZone: now.timeZoneId, plainTime })
  if (Temporal.ZonedDateTime.compare(moment, now) > 0) return moment
  return day ? now : moment.add({ days: 1 })
}

function timeIn(said: string): Temporal.PlainTime | undefined {
  const { hour, minute = 0, half, hour24, minute24 } = CLOCK_TIME.exec(said)?.groups ?? {}
  if (hour24 !== undefined) return plainTime(Number(hour24), Number(minute24))
  if (hour !== undefined) return plainTime((Number(hour) % 12) + (half === 'p' ? 12 : 0), Number(minute))
  const [, named] = HOURS.find(([words]) => words.test(said)) ?? []
  return named === undefined ? undefined : new Temporal.PlainTime(named)
}

function comingWeekday(weekday: number, today: Temporal.PlainDate, notToday: boolean): Temporal.PlainDate {
  const days = (weekday - today.dayOfWeek + 7) % 7
  return today.add({ days: days === 0 && notToday ? 7 : days })
}

/** `December 1`, `1st of December`: this year's, or the next when that is over. */
function dateIn(said: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const month = MONTHS.findIndex((name) => new RegExp(`\\b${name}\\b`).test(said)) + 1
  const [, day] = /\b(\d{1,2})(?:st|nd|rd|th)?\b/.exec(said) ?? []
  if (month === 0 || day === undefined) return undefined
  const date = plainDate(`${today.year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`)
  return date && Temporal.PlainDate.compare(date, today) < 0 ? date.add({ years: 1 }) : date
}

/** Undefined for what no calendar has. */
function plainDate(iso: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(iso)
  } catch {
    return undefined
  }
}

function plainTime(hour: number, minute: number): Temporal.PlainTime | undefined {
  return hour < 24 && minute < 60 ? new Temporal.PlainTime(hour, minute) : undefined
}
