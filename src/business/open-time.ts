import type { Span } from '../calendar/calendar.ts'
import type { DayHours } from '../config/values.ts'
import type { WorkingTime } from './officers/officer-hours.ts'
import { localDateOf, openSpanOf, spanOf } from './scheduling/open-span.ts'

/** Where somebody may be, and when it is open there by its own clock. */
export interface OpenPlace {
  /** IANA. */
  readonly timeZone: string
  /** By the day of the week: 1 is Monday, 7 Sunday. */
  readonly hoursOn: (dayOfWeek: number) => DayHours
}

/** Longer than any office is closed in a row; after it the hours are wrong, and something due must still be due. */
const MOST_DAYS = 30
/** How far somebody looks who waits until several places are open. */
const DAYS = 8
/** Places only push the time further the same way; more rounds than this mean that they are never open together. */
const ROUNDS = 20

/**
 * The instant by which somebody has worked `openMs` from `at` on (all ms, epoch and duration): with 0, when they next
 * work. An office that does not open within a month is taken to be open always.
 */
export function afterOpenTime(at: number, openMs: number, working: WorkingTime): number {
  const today = localDateOf(at, working.timeZone)
  let leftMs = openMs
  for (let days = 0; days <= MOST_DAYS; days += 1) {
    const span = openSpanOf(today.add({ days }), working)
    const from = Math.max(span?.startsAt ?? 0, at)
    if (!span || from >= span.endsAt) continue
    if (from + leftMs <= span.endsAt) return from + leftMs
    leftMs -= span.endsAt - from
  }
  return at + openMs
}

/** The first instant from `at` on (epoch ms) in which all places are open, within a week; undefined: there is none. */
export function nextOpen(at: number, places: readonly OpenPlace[]): number | undefined {
  return settled(at, places, (place, from) => {
    const span = daysOf(from, place, 1).find(({ endsAt }) => endsAt > from)
    return span && Math.max(span.startsAt, from)
  })
}

/** The last instant up to `at` (epoch ms) in which all places are open, and for `spareMs` more; within a week. */
export function lastOpen(at: number, places: readonly OpenPlace[], spareMs: number): number | undefined {
  return settled(at, places, (place, until) => {
    const span = daysOf(until, place, -1).find(({ startsAt }) => startsAt <= until)
    return span && Math.min(span.endsAt - spareMs, until)
  })
}

/** Moves the time until no place moves it any more. */
function settled(
  at: number,
  places: readonly OpenPlace[],
  move: (place: OpenPlace, at: number) => number | undefined,
): number | undefined {
  let time: number | undefined = at
  for (let round = 0; round < ROUNDS; round += 1) {
    const before: number | undefined = time
    for (const place of places) time = time === undefined ? undefined : move(place, time)
    if (time === before) return time
  }
  return undefined
}

function daysOf(at: number, { timeZone, hoursOn }: OpenPlace, step: 1 | -1): Span[] {
  const date = localDateOf(at, timeZone)
  return Array.from({ length: DAYS }, (_, days) => date.add({ days: days * step })).flatMap(
    (day) => spanOf(day, hoursOn(day.dayOfWeek), timeZone) ?? [],
  )
}
