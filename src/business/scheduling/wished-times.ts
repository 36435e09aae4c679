import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Span } from '../../calendar/calendar.ts'
import { localDateOf, spanOf } from './open-span.ts'

/** Days and hours somebody asked for, by the clock they are told times in. What is no date or time counts as not said. */
export interface WishedTimes {
  readonly timeZone: string
  /** `2026-12-01` */
  readonly date: string | undefined
  /** `13:00`: no earlier, and beginning before. */
  readonly from: string | undefined
  readonly until: string | undefined
}

/**
 * When something may begin to be as wished, from `now` (epoch ms) so many days ahead. As instants, so that looking
 * through hundreds of free times costs no look into the zone for each.
 */
export function wishedSpans(wish: WishedTimes, { now, daysAhead }: { now: number; daysAhead: number }): Span[] {
  const today = localDateOf(now, wish.timeZone)
  const ahead = Array.from({ length: daysAhead + 1 }, (_, days) => today.add({ days }))
  const date = dateOf(wish.date)
  const hours = { opensAtMinute: minuteOf(wish.from) ?? 0, closesAtMinute: minuteOf(wish.until) ?? DAY_MINUTES }
  const spans = (date ? [date] : ahead).map((day) => spanOf(day, hours, wish.timeZone))
  return spans.filter((span) => span !== undefined)
}

/** The wished day and all after it. */
export function sinceWishedDay({ date, timeZone }: WishedTimes): Span[] {
  const day = dateOf(date)
  return [{ startsAt: day?.toZonedDateTime(timeZone).epochMilliseconds ?? 0, endsAt: Number.POSITIVE_INFINITY }]
}

const DAY_MINUTES = 24 * 60

function dateOf(date: string | undefined): Temporal.PlainDate | undefined {
  const said = z.iso.date().safeParse(date)
  return said.success ? Temporal.PlainDate.from(said.data) : undefined
}

function minuteOf(time: string | undefined): number | undefined {
  const [, hour, minute] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time ?? '') ?? []
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute)
}
