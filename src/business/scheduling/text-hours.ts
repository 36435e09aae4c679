import type { Span } from '../../calendar/calendar.ts'
import type { SchedulingSettings } from '../../config/scheduling-schema.ts'
import { localDateOf, spanOf } from './open-span.ts'

/** When somebody may be texted: in these hours of every zone they may be in. */
export interface TextHours {
  readonly hours: SchedulingSettings['reminderHours']
  readonly zones: readonly string[]
}

/** The first instant from `at` on in which all zones are open, within a week; undefined when there is none. */
export function nextOpen(at: number, when: TextHours): number | undefined {
  return settled(at, when.zones, (zone, from) =>
    daysOf(from, zone, 1, when)
      .filter(({ endsAt }) => endsAt > from)
      .map(({ startsAt }) => Math.max(startsAt, from))
      .at(0),
  )
}

/** The last instant up to `at` in which all zones are open, within a week. */
export function lastOpen(at: number, when: TextHours): number | undefined {
  return settled(at, when.zones, (zone, until) =>
    daysOf(until, zone, -1, when)
      .filter(({ startsAt }) => startsAt <= until)
      .map(({ endsAt }) => Math.min(endsAt - SPARE_MS, until))
      .at(0),
  )
}

/** A text that has to be tried again must not leave after hours. */
const SPARE_MS = 30 * 60_000
const DAYS = 8
/** Zones only push the time further the same way; more rounds than this mean that they are never open together. */
const ROUNDS = 20

/** Moves the time until no zone moves it any more. */
function settled(
  at: number,
  zones: readonly string[],
  move: (zone: string, at: number) => number | undefined,
): number | undefined {
  let time: number | undefined = at
  for (let round = 0; round < ROUNDS; round += 1) {
    const before: number | undefined = time
    for (const zone of zones) time = time === undefined ? undefined : move(zone, time)
    if (time === before) return time
  }
  return undefined
}

function daysOf(at: number, zone: string, step: 1 | -1, { hours }: TextHours): Span[] {
  const date = localDateOf(at, zone)
  const dates = Array.from({ length: DAYS }, (_, days) => date.add({ days: days * step }))
  return dates
    .map((day) => spanOf(day, day.dayOfWeek === 7 ? hours.sunday : hours.mondayToSaturday, zone))
    .filter(isOpenDay)
}

function isOpenDay(span: Span | undefined): span is Span {
  return span !== undefined
}
