import type { Evidence, KeptEvent } from './evidence.ts'
import { type Expected, isCount, shorten, timesText } from './matching.ts'
import type { Verdict } from './verdicts.ts'

/** What we wrote into an officer's calendar, and that nothing of it stands over something else. */
export function checkEvent(
  { officer, status, times }: Expected<'event'>,
  { events }: Pick<Evidence, 'events'>,
): Verdict[] {
  const all = events.filter(({ officerId }) => officerId === officer)
  const matching = all.filter((event) => event.isOurs && event.status === status)
  const standing = all.filter((event) => event.status !== 'cancelled')
  const doubled = standing.filter((event) => event.isOurs && standing.some((other) => isOver(event, other)))
  return [
    {
      what: `event of ${officer} ${status}${timesText(times)}`,
      ok: isCount(matching.length, times),
      found: shorten(all.map(tell).join(' | ')) || 'none',
    },
    {
      what: `nothing of ours over something else in the calendar of ${officer}`,
      ok: doubled.length === 0,
      found: shorten(doubled.map(tell).join(' | ')) || 'none',
    },
  ]
}

function isOver(event: KeptEvent, other: KeptEvent): boolean {
  return event !== other && event.startsAt < other.endsAt && other.startsAt < event.endsAt
}

function tell({ title, status, startsAt, endsAt }: KeptEvent): string {
  return `${title}, ${status}, ${new Date(startsAt).toISOString()} to ${new Date(endsAt).toISOString()}`
}
