import type { Span } from '../../calendar/calendar.ts'
import { HearthlineError } from '../../lib/errors.ts'
import type { Officer } from '../officers/officer.ts'
import { workingTimeOf } from '../officers/officer-hours.ts'
import type { OfficerEntry } from '../officers/officers.ts'
import { dayOf, loadsOf } from '../officers/routing-facts.ts'
import { standingOf } from './appointments.ts'
import { freeSlots } from './free-slots.ts'
import type { SchedulingParts } from './scheduling-parts.ts'

/** When an officer could meet somebody. */
export interface OfficerTimes {
  readonly officer: Officer
  /** The soonest first. */
  readonly times: readonly Span[]
  /** False on days on which they have all they take. */
  hasRoom(time: Span): Promise<boolean>
}

/**
 * The free times of officers, by their hours, their appointments here and their calendars outside. Officers whose
 * calendar cannot be read now are left out and make it `incomplete`: what is not known to be free is not offered.
 */
export async function timesOfOfficers(
  parts: SchedulingParts,
  officers: readonly Officer[],
): Promise<{ readonly known: OfficerTimes[]; readonly incomplete: boolean }> {
  const entries = await Promise.all(officers.map(({ id }) => parts.officers.find(id)))
  const active = entries.filter((entry) => entry?.active === true) as OfficerEntry[]
  const outside = await busyOutside(parts, active)
  const readable = active.filter(({ officer }) => outside || !isOutside(parts, officer))
  const known = await Promise.all(readable.map((entry) => timesOf(parts, entry, outside)))
  return { known, incomplete: readable.length < active.length }
}

/** Whether the officer's appointments have to stand in a calendar that is not ours. */
export function isOutside({ calendar }: Pick<SchedulingParts, 'calendar'>, officer: Officer): boolean {
  return calendar !== undefined && officer.calendarId !== undefined
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** A caller waits for it, bridged by "one moment". */
const CALENDAR_MS = 6_000

/** Undefined when the calendars could not be read. */
async function busyOutside(
  parts: SchedulingParts,
  entries: readonly OfficerEntry[],
): Promise<ReadonlyMap<string, readonly Span[]> | undefined> {
  const { calendar, clock, settings } = parts
  const ids = entries.flatMap(({ officer }) => (isOutside(parts, officer) ? [officer.calendarId ?? ''] : []))
  if (!calendar || ids.length === 0) return new Map()
  const now = clock.now()
  const span = { startsAt: now, endsAt: now + (settings.daysAhead + 1) * DAY_MS }
  const late = new AbortController()
  using _limit = clock.after(CALENDAR_MS, () => late.abort(new Error('the calendar took too long')))
  try {
    return await calendar.busy([...new Set(ids)], span, late.signal)
  } catch (error) {
    if (late.signal.aborted || (error instanceof HearthlineError && error.code.startsWith('calendar.')))
      return undefined
    throw error
  }
}

async function timesOf(
  parts: SchedulingParts,
  { officer, presence, awayUntil }: OfficerEntry,
  outside: ReadonlyMap<string, readonly Span[]> | undefined,
): Promise<OfficerTimes> {
  const { database, clock, settings, office } = parts
  const now = clock.now()
  const workingTime = workingTimeOf(officer, office)
  const standing = await standingOf(database, officer.id, { from: now - settings.bufferMinutes * MINUTE_MS, now })
  const away = presence === 'away' ? [{ startsAt: now, endsAt: awayUntil ?? Number.POSITIVE_INFINITY }] : []
  const busy = [...standing, ...away, ...((officer.calendarId && outside?.get(officer.calendarId)) || [])]
  const rooms = new Map<number, Promise<boolean>>()
  return {
    officer,
    times: [...freeSlots({ rules: settings, workingTime, busy, now })],
    hasRoom(time) {
      const day = dayOf(time.startsAt, workingTime.timeZone)
      const room = rooms.get(day.startsAt) ?? loadsOf(database, new Map([[officer.id, day]])).then(hasRoomFor(officer))
      rooms.set(day.startsAt, room)
      return room
    },
  }
}

function hasRoomFor({ id, dailyCapacity }: Officer): (loads: ReadonlyMap<string, number>) => boolean {
  return (loads) => (loads.get(id) ?? 0) < dailyCapacity
}
