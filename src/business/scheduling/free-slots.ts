import type { Temporal } from 'temporal-polyfill'
import type { Span } from '../../calendar/calendar.ts'
import type { SchedulingSettings } from '../../config/scheduling-schema.ts'
import type { WorkingTime } from '../officers/officer-hours.ts'
import { localDateOf, openSpanOf } from './open-span.ts'

export type SlotRules = Pick<
  SchedulingSettings,
  'lengthMinutes' | 'gridMinutes' | 'bufferMinutes' | 'noticeMinutes' | 'daysAhead'
>

/**
 * The times somebody is free, the soonest first: within their hours, on the grid of their local clock, after the
 * notice, with the buffer around what they are busy with. Right on days the clock jumps (RELIABILITY F20): a local time
 * that does not exist, or comes twice and could be misunderstood, is never given.
 */
export function* freeSlots(search: {
  readonly rules: SlotRules
  readonly workingTime: WorkingTime
  readonly busy: readonly Span[]
  /** Epoch ms. */
  readonly now: number
}): Generator<Span, void> {
  const { rules, workingTime, busy, now } = search
  const earliest = now + rules.noticeMinutes * MINUTE_MS
  const today = localDateOf(now, workingTime.timeZone)
  for (let days = 0; days <= rules.daysAhead; days += 1) {
    for (const slot of slotsOfDay(today.add({ days }), rules, workingTime)) {
      if (slot.startsAt < earliest) continue
      if (!busy.some((span) => areTooClose(slot, span, rules.bufferMinutes * MINUTE_MS))) yield slot
    }
  }
}

/** Whether less than `gapMs` lies between two spans. */
export function areTooClose(one: Span, other: Span, gapMs: number): boolean {
  return one.startsAt < other.endsAt + gapMs && other.startsAt < one.endsAt + gapMs
}

/** Whether the hours allow a slot that was offered before: they may have changed since. */
export function isWithinHours(slot: Span, workingTime: WorkingTime): boolean {
  const open = openSpanOf(localDateOf(slot.startsAt, workingTime.timeZone), workingTime)
  return open !== undefined && slot.startsAt >= open.startsAt && slot.endsAt <= open.endsAt
}

const MINUTE_MS = 60_000

function* slotsOfDay(date: Temporal.PlainDate, rules: SlotRules, workingTime: WorkingTime): Generator<Span, void> {
  const open = openSpanOf(date, workingTime)
  if (!open) return
  const startOf = wallClock(date, workingTime.timeZone)
  for (let minute = 0; minute < 24 * 60; minute += rules.gridMinutes) {
    const startsAt = startOf(minute)
    if (startsAt === undefined || startsAt < open.startsAt) continue
    const endsAt = startsAt + rules.lengthMinutes * MINUTE_MS
    if (endsAt > open.endsAt) return
    yield { startsAt, endsAt }
  }
}

/** Instants of a day by the minutes its clock shows; undefined for a time that comes twice or not at all. */
function wallClock(date: Temporal.PlainDate, timeZone: string): (minute: number) => number | undefined {
  const midnight = date.toZonedDateTime(timeZone)
  // Days without a jump, all but two a year, need no look into the zone for each time.
  if (midnight.hoursInDay === 24) return (minute) => midnight.epochMilliseconds + minute * MINUTE_MS
  return (minute) => {
    const local = date.toPlainDateTime().add({ minutes: minute })
    const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).epochMilliseconds
    const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds
    return earlier === later ? earlier : undefined
  }
}
