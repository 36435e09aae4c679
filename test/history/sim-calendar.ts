import type { Calendar, CalendarEvent, Span } from '../../src/calendar/calendar.ts'
import { HearthlineError } from '../../src/lib/errors.ts'
import type { History } from './history.ts'
import type { Life } from './life.ts'
import type { Misfortune } from './misfortune.ts'

const TIMEOUT_MS = 8_000

/** The officers' calendars at their provider: our events, and what they do besides. */
export class SimCalendar {
  readonly events = new Map<string, CalendarEvent>()
  /** What officers entered themselves, by calendar. */
  readonly own = new Map<string, Span[]>()
  readonly #history: History
  readonly #misfortune: Misfortune

  constructor({ history, misfortune }: { history: History; misfortune: Misfortune }) {
    this.#history = history
    this.#misfortune = misfortune
  }

  for(life: Life): Calendar {
    const ends = { life, timeoutMs: TIMEOUT_MS, unreachable: 'calendar.unreachable' }
    const refusal = () => new HearthlineError('calendar.refused', '403 forbidden')
    return {
      name: 'google',
      busy: (calendarIds, { startsAt, endsAt }, signal) => {
        const effect = () => {
          const inSpan = (one: Span) => one.startsAt < endsAt && startsAt < one.endsAt
          return new Map(calendarIds.map((id) => [id, this.#busyOf(id).filter(inSpan)]))
        }
        return this.#misfortune.request({ ...ends, what: 'read calendar', key: 'busy', effect, signal })
      },
      put: (event, signal) => {
        const request = {
          what: 'put event',
          key: event.eventId,
          effect: () => this.#put(event),
          refusal,
          mayBeLate: true,
        }
        return this.#misfortune.request({ ...ends, ...request, signal })
      },
      remove: ({ eventId }, signal) => {
        const effect = () => this.#remove(eventId)
        return this.#misfortune.request({ ...ends, what: 'remove event', key: eventId, effect, refusal, signal })
      },
    }
  }

  addOwn(calendarId: string, span: Span): void {
    this.own.set(calendarId, [...(this.own.get(calendarId) ?? []), span])
  }

  #busyOf(calendarId: string): Span[] {
    const ours = [...this.events.values()].filter((one) => one.calendarId === calendarId)
    return [...ours, ...(this.own.get(calendarId) ?? [])]
  }

  #put(event: CalendarEvent): 'written' | 'taken' {
    if (this.events.has(event.eventId)) return 'written'
    const isTaken = this.#busyOf(event.calendarId).some(
      (one) => one.startsAt < event.endsAt && event.startsAt < one.endsAt,
    )
    if (isTaken) return 'taken'
    this.events.set(event.eventId, event)
    this.#history.add({ type: 'effect', what: 'event put', effect: { eventId: event.eventId } })
    return 'written'
  }

  #remove(eventId: string): void {
    if (this.events.delete(eventId)) this.#history.add({ type: 'effect', what: 'event removed', effect: { eventId } })
  }
}
