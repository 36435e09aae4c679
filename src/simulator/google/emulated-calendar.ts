import type { calendar_v3 } from '@googleapis/calendar'
import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import { ApiRefusal, invalid, notFound } from './api-refusal.ts'
import { checkEventId, type EventBody, requireTimes } from './event-body.ts'
import { readEventTime, showEventTime } from './event-time.ts'

type GoogleEvent = calendar_v3.Schema$Event

/** An event as it is kept: what is shown of it, and where it stands. */
interface Kept {
  readonly shown: GoogleEvent & { readonly id: string }
  readonly startsAt: number
  readonly endsAt: number
  /** Counts the changes of the calendar. */
  readonly change: number
}

export interface Search {
  /** Epoch ms; what ends by then is left out. */
  readonly from: number
  /** Epoch ms; what begins then or later is left out. */
  readonly to: number
  readonly showDeleted: boolean
  /** Only what changed after this change. */
  readonly after: number
}

/** One calendar and its events. Compares nothing when it writes: two events may stand in the same time. */
export class EmulatedCalendar {
  readonly id: string
  readonly timeZone: string
  readonly #clock: Clock
  readonly #events = new Map<string, Kept>()
  #changes = 0

  constructor({ id, timeZone, clock }: { id: string; timeZone: string; clock: Clock }) {
    this.id = id
    this.timeZone = timeZone
    this.#clock = clock
  }

  /** How often it has changed; what a sync token names. */
  get changes(): number {
    return this.#changes
  }

  /** All there are, cancelled ones included, in the order they were made. */
  get events(): GoogleEvent[] {
    return [...this.#events.values()].map(({ shown }) => shown)
  }

  /** By their start. */
  search({ from, to, showDeleted, after }: Search): GoogleEvent[] {
    const isMeant = ({ shown, startsAt, endsAt, change }: Kept) =>
      endsAt > from && startsAt < to && change > after && (showDeleted || shown.status !== 'cancelled')
    return [...this.#events.values()]
      .filter(isMeant)
      .sort((a, b) => a.startsAt - b.startsAt)
      .map(({ shown }) => shown)
  }

  /** When its owner is busy between two instants (epoch ms), merged and cut to them. */
  busy(from: number, to: number): [startsAt: number, endsAt: number][] {
    const merged: [number, number][] = []
    for (const { id } of this.search({ from, to, showDeleted: false, after: 0 })) {
      const { shown, startsAt, endsAt } = this.#events.get(id ?? '')!
      const last = merged.at(-1)
      if (!takesTime(shown)) continue
      if (last && startsAt <= last[1]) last[1] = Math.max(last[1], Math.min(endsAt, to))
      else merged.push([Math.max(startsAt, from), Math.min(endsAt, to)])
    }
    return merged
  }

  get(id: string): GoogleEvent {
    return this.#find(id).shown
  }

  /** The id of a deleted event stays taken. */
  insert(body: EventBody, creator: string): GoogleEvent {
    const id = body.id ?? createId('').slice(1)
    checkEventId(id)
    if (this.#events.has(id)) throw new ApiRefusal(409, 'duplicate', 'The requested identifier already exists.')
    // Creation is shown in whole seconds, so that ties are common.
    const created = new Date(Math.floor(this.#clock.now() / 1000) * 1000).toISOString()
    return this.#keep(id, body, { created, creator: { email: creator }, sequence: 0 })
  }

  /** Replaces all that can be written. */
  update(id: string, body: EventBody, ifMatch: string | undefined): GoogleEvent {
    return this.#change(id, body, ifMatch)
  }

  /** Replaces what is given. */
  patch(id: string, body: EventBody, ifMatch: string | undefined): GoogleEvent {
    return this.#change(id, { ...writableOf(this.#find(id).shown), ...body }, ifMatch)
  }

  /** It stays there as a cancelled one. */
  delete(id: string, ifMatch: string | undefined): void {
    const { shown } = this.#find(id)
    if (shown.status === 'cancelled') throw new ApiRefusal(410, 'deleted', 'Resource has been deleted')
    this.#change(id, { ...writableOf(shown), status: 'cancelled' }, ifMatch)
  }

  #find(id: string): Kept {
    const kept = this.#events.get(id)
    if (!kept) throw notFound()
    return kept
  }

  #change(id: string, body: EventBody, ifMatch: string | undefined): GoogleEvent {
    const { shown, startsAt, endsAt } = this.#find(id)
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== shown.etag) {
      throw new ApiRefusal(412, 'conditionNotMet', 'Precondition Failed')
    }
    if (body.id !== undefined && body.id !== id) throw invalid('Invalid resource id value.')
    const { created = null, creator = null } = shown
    const times = [body.start, body.end].map((time) => time && readEventTime(time, this.timeZone))
    const isMoved = times[0] !== startsAt || times[1] !== endsAt || (body.status ?? 'confirmed') !== shown.status
    return this.#keep(id, body, { created, creator, sequence: (shown.sequence ?? 0) + (isMoved ? 1 : 0) })
  }

  #keep(
    id: string,
    body: EventBody,
    made: Required<Pick<GoogleEvent, 'created' | 'creator' | 'sequence'>>,
  ): GoogleEvent {
    const { start, end, ...rest } = requireTimes(body)
    const startsAt = readEventTime(start, this.timeZone)
    const endsAt = readEventTime(end, this.timeZone)
    if (endsAt <= startsAt) throw timeRangeEmpty('end')
    const change = this.#changes + 1
    const shown = {
      ...{ kind: 'calendar#event', etag: `"${change}${startsAt}"`, status: 'confirmed', eventType: 'default' },
      ...withoutNulls(rest),
      ...made,
      id,
      iCalUID: `${id}@google.com`,
      htmlLink: `https://www.google.com/calendar/event?eid=${id}`,
      organizer: { email: this.id, self: true },
      start: showEventTime(start, this.timeZone),
      end: showEventTime(end, this.timeZone),
      updated: new Date(this.#clock.now()).toISOString(),
    } satisfies GoogleEvent
    this.#events.set(id, { shown, startsAt, endsAt, change })
    this.#changes = change
    return shown
  }
}

export function timeRangeEmpty(location: string): ApiRefusal {
  const where = { locationType: 'parameter', location }
  return new ApiRefusal(400, 'timeRangeEmpty', 'The specified time range is empty.', where)
}

function takesTime({ transparency, attendees }: GoogleEvent): boolean {
  const declined = attendees?.some(({ self, responseStatus }) => self && responseStatus === 'declined')
  return transparency !== 'transparent' && !declined
}

/** What a client could have written of an event. */
function writableOf(shown: GoogleEvent): EventBody {
  const { start, end, summary, description, location, status, transparency, visibility, attendees } = shown
  return withoutNulls({
    start,
    end,
    summary,
    description,
    location,
    status,
    transparency,
    visibility,
    attendees,
  }) as EventBody
}

/** Google shows nothing of what is not set. */
function withoutNulls<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== undefined)) as Value
}
