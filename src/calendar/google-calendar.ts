import { type calendar_v3, calendar as openCalendarApi } from '@googleapis/calendar'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { Calendar, CalendarEvent, Span } from './calendar.ts'
import { createGoogleAccess } from './google-access.ts'
import type { GoogleCredentials } from './google-credentials.ts'
import { cameFirst, isBusy, isCancelled, stands, toBounds, toGoogleEvent } from './google-event.ts'
import { GoogleFailure } from './google-failure.ts'
import { type Asking, type GoogleErrand, GoogleRequests, TRY_MS } from './google-requests.ts'
import { OneAtATime } from './one-at-a-time.ts'

export interface GoogleCalendarOptions {
  readonly credentials: GoogleCredentials
  /** Origin of Google's APIs, or of what stands in for them: then tokens come from there too. */
  readonly baseUrl: string
  readonly clock: Clock
  readonly log: Log
}

type GoogleEvent = calendar_v3.Schema$Event

/** Google answers for no more in one request. */
const CALENDARS_AT_ONCE = 50

/**
 * Officers' calendars at Google, by its official client. Each call ends within 8 s (RELIABILITY F12). Google compares
 * nothing when it writes, so that `put` looks before and again after; it invites and mails nobody.
 */
export function createGoogleCalendar({ credentials, baseUrl, clock, log }: GoogleCalendarOptions): Calendar {
  const access = createGoogleAccess({ credentials, baseUrl, clock, timeoutMs: TRY_MS })
  const api = openCalendarApi({ version: 'v3', rootUrl: new URL('/', baseUrl).href })
  return new GoogleCalendar(api, new GoogleRequests({ access, clock, log }))
}

class GoogleCalendar implements Calendar {
  readonly name = 'google'
  readonly #api: calendar_v3.Calendar
  readonly #requests: GoogleRequests
  readonly #turns = new OneAtATime()

  constructor(api: calendar_v3.Calendar, requests: GoogleRequests) {
    this.#api = api
    this.#requests = requests
  }

  async busy(calendarIds: readonly string[], span: Span, signal: AbortSignal) {
    const ids = [...new Set(calendarIds)]
    return await this.#requests.run('ask who is busy', signal, async (errand) => {
      const chunks = await Promise.all(chunksOf(ids).map((chunk) => this.#ask(errand, chunk, span)))
      return new Map(chunks.flat())
    })
  }

  async put(event: CalendarEvent, signal: AbortSignal) {
    return await this.#requests.run(
      `write event ${event.eventId} into calendar ${event.calendarId}`,
      signal,
      async (errand) => {
        // Two of ours that are written at the same moment would each give way to the other.
        using _turn = await this.#turns.turn(event.calendarId, errand.signal)
        return await this.#put(errand, event)
      },
    )
  }

  async remove({ calendarId, eventId }: Pick<CalendarEvent, 'calendarId' | 'eventId'>, signal: AbortSignal) {
    await this.#requests.run(`remove event ${eventId} from calendar ${calendarId}`, signal, (errand) =>
      this.#remove(errand, calendarId, eventId),
    )
  }

  async #ask(errand: GoogleErrand, calendarIds: readonly string[], span: Span): Promise<[string, readonly Span[]][]> {
    const requestBody = { ...toBounds(span), items: calendarIds.map((id) => ({ id })) }
    return await errand.again(async () => {
      const query = ({ auth, options }: Asking) => this.#api.freebusy.query({ auth, requestBody }, options)
      const { calendars } = await errand.once(query)
      return calendarIds.map((id) => [id, busyTimesOf(id, calendars?.[id])])
    })
  }

  async #put(errand: GoogleErrand, event: CalendarEvent): Promise<'written' | 'taken'> {
    const [found, before] = await Promise.all([
      errand.again(() => this.#find(errand, event)),
      this.#others(errand, event),
    ])
    if (!stands(found, event) && before.length > 0) {
      if (found && !isCancelled(found)) await this.#remove(errand, event.calendarId, event.eventId)
      return 'taken'
    }
    const ours = stands(found, event) ? found : await this.#write(errand, event, found)
    const others = await this.#others(errand, event)
    if (!others.some((other) => cameFirst(other, ours))) return 'written'
    await this.#remove(errand, event.calendarId, event.eventId)
    return 'taken'
  }

  /** Undefined when there is none of that id; also gives a cancelled one. */
  async #find(errand: GoogleErrand, { calendarId, eventId }: CalendarEvent): Promise<GoogleEvent | undefined> {
    try {
      return await errand.once(({ auth, options }) => this.#api.events.get({ auth, calendarId, eventId }, options))
    } catch (thrown) {
      if (isGone(thrown)) return undefined
      throw thrown
    }
  }

  /** What else takes up time in the event's span. */
  async #others(errand: GoogleErrand, event: CalendarEvent): Promise<GoogleEvent[]> {
    const found: GoogleEvent[] = []
    const search = { ...toBounds(event), calendarId: event.calendarId, singleEvents: true }
    let page: calendar_v3.Schema$Events | undefined
    do {
      const pageToken = page?.nextPageToken
      const query = pageToken ? { ...search, pageToken } : search
      page = await errand.again(() =>
        errand.once(({ auth, options }) => this.#api.events.list({ auth, ...query }, options)),
      )
      found.push(...(page.items ?? []))
    } while (page.nextPageToken)
    return found.filter((other) => other.id !== event.eventId && isBusy(other))
  }

  /**
   * Each try but the first, whose look was just taken, begins with a look: the answer to the one before may have been
   * lost, and Google does not promise to notice an id that it has.
   */
  async #write(errand: GoogleErrand, event: CalendarEvent, found: GoogleEvent | undefined): Promise<GoogleEvent> {
    let isFirst = true
    return await errand.again(async () => {
      const there = isFirst ? found : await this.#find(errand, event)
      isFirst = false
      if (stands(there, event)) return there
      return there ? await this.#rewrite(errand, event, there) : await this.#insert(errand, event)
    })
  }

  async #insert(errand: GoogleErrand, event: CalendarEvent): Promise<GoogleEvent> {
    const params = { calendarId: event.calendarId, sendUpdates: 'none', requestBody: toGoogleEvent(event) }
    return await errand.once(({ auth, options }) => this.#api.events.insert({ auth, ...params }, options))
  }

  /** The id of a cancelled event stays taken: the event is brought back. */
  async #rewrite(errand: GoogleErrand, event: CalendarEvent, { etag }: GoogleEvent): Promise<GoogleEvent> {
    const { calendarId, eventId } = event
    const params = { calendarId, eventId, sendUpdates: 'none', requestBody: toGoogleEvent(event) }
    const headers = etag ? { 'If-Match': etag } : {}
    return await errand.once(({ auth, options }) =>
      this.#api.events.update({ auth, ...params }, { ...options, headers }),
    )
  }

  async #remove(errand: GoogleErrand, calendarId: string, eventId: string): Promise<void> {
    const params = { calendarId, eventId, sendUpdates: 'none' }
    try {
      await errand.again(() =>
        errand.once(({ auth, options }) => this.#api.events.delete({ auth, ...params }, options)),
      )
    } catch (thrown) {
      if (!isGone(thrown)) throw thrown
    }
  }
}

function chunksOf(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / CALENDARS_AT_ONCE)
  return Array.from({ length: count }, (_, at) => ids.slice(at * CALENDARS_AT_ONCE, (at + 1) * CALENDARS_AT_ONCE))
}

/** A calendar that cannot be read comes with status 200 and no busy times. */
function busyTimesOf(calendarId: string, found: calendar_v3.Schema$FreeBusyCalendar | undefined): Span[] {
  const reason = found?.errors?.[0]?.reason
  if (reason === 'internalError') throw new GoogleFailure({ status: 503, reason, calendarId })
  if (!found?.busy || reason) throw new GoogleFailure({ status: 404, reason: reason ?? 'notFound', calendarId })
  return found.busy.map(({ start, end }) => ({ startsAt: Date.parse(start ?? ''), endsAt: Date.parse(end ?? '') }))
}

function isGone(thrown: unknown): boolean {
  return thrown instanceof GoogleFailure && (thrown.status === 404 || thrown.status === 410)
}
