import type { calendar_v3 } from '@googleapis/calendar'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { type Clock, sleep } from '../../lib/clock.ts'
import { ApiRefusal, invalidCredentials } from './api-refusal.ts'
import {
  type ApiBackend,
  type ApiRequest,
  deleteEvent,
  getEvent,
  insertEvent,
  listEvents,
  patchEvent,
  queryFreeBusy,
  updateEvent,
} from './calendar-api.ts'
import { EmulatedCalendar } from './emulated-calendar.ts'
import { type EventBody, parseEventBody } from './event-body.ts'
import { type CalendarFault, type Operation, WaitingFaults } from './faults.ts'
import { createServiceAccount, type ServiceAccount } from './service-account.ts'
import { TokenOffice } from './token-office.ts'

export interface GoogleCalendarEmulatorOptions {
  readonly clock: Clock
  /** Calendars that are shared with the service account: their ids, and the zone of each. */
  readonly calendars: Readonly<Record<string, string>>
  /** Who may ask; made anew unless given. */
  readonly account?: ServiceAccount
  readonly faults?: readonly CalendarFault[]
}

export interface GoogleCalendarEmulator extends AsyncDisposable {
  /** What GOOGLE_BASE_URL is set to. */
  readonly baseUrl: string
  /** What GOOGLE_CALENDAR_CREDENTIALS is set to. */
  readonly credentials: string
  /** May be added to at any time. */
  readonly faults: Pick<WaitingFaults, 'add' | 'clear'>
  /** What was asked, in order, and the status it was answered with; undefined: it was not answered. */
  readonly requests: readonly EmulatedRequest[]
  /** All events of a calendar as Google shows them, cancelled ones included. */
  eventsOf(calendarId: string): calendar_v3.Schema$Event[]
  /** Somebody of the office enters something by hand. */
  enter(calendarId: string, event: EventBody): calendar_v3.Schema$Event
  /** Somebody of the office changes something by hand. */
  change(calendarId: string, eventId: string, changes: EventBody): calendar_v3.Schema$Event
  /** Tokens that were given out are refused from now on. */
  revokeTokens(): void
}

export interface EmulatedRequest {
  readonly operation: Operation
  readonly status: number | undefined
}

type Serve = (backend: ApiBackend, request: ApiRequest) => object | undefined

const EVENTS = '/calendar/v3/calendars/:calendarId/events'
const ROUTES = [
  ['POST', '/calendar/v3/freeBusy', 'freebusy.query', queryFreeBusy],
  ['POST', EVENTS, 'events.insert', insertEvent],
  ['GET', EVENTS, 'events.list', listEvents],
  ['GET', `${EVENTS}/:eventId`, 'events.get', getEvent],
  ['PATCH', `${EVENTS}/:eventId`, 'events.patch', patchEvent],
  ['PUT', `${EVENTS}/:eventId`, 'events.update', updateEvent],
  ['DELETE', `${EVENTS}/:eventId`, 'events.delete', deleteEvent],
] as const satisfies readonly (readonly [string, string, Operation, Serve])[]

const SOMEBODY = 'somebody@example.com'

/** Google Calendar v3 in a box on loopback, with the tokens it asks for, as far as a scheduler needs it. */
export async function startGoogleCalendarEmulator(
  options: GoogleCalendarEmulatorOptions,
): Promise<GoogleCalendarEmulator> {
  const emulator = new Emulator(options)
  await emulator.listen()
  return emulator
}

class Emulator implements GoogleCalendarEmulator {
  readonly faults = new WaitingFaults()
  readonly requests: { operation: Operation; status: number | undefined }[] = []
  readonly #clock: Clock
  readonly #account: ServiceAccount
  readonly #tokens: TokenOffice
  readonly #backend: ApiBackend
  readonly #server: FastifyInstance
  readonly #closing = new AbortController()
  #baseUrl = ''

  constructor({ clock, calendars, account = createServiceAccount(), faults = [] }: GoogleCalendarEmulatorOptions) {
    this.#clock = clock
    this.#account = account
    this.#tokens = new TokenOffice(account, clock)
    const entries = Object.entries(calendars)
    const kept = new Map(entries.map(([id, timeZone]) => [id, new EmulatedCalendar({ id, timeZone, clock })]))
    this.#backend = { calendars: kept, email: account.email }
    this.faults.add(...faults)
    this.#server = this.#createServer()
  }

  get baseUrl(): string {
    return this.#baseUrl
  }

  get credentials(): string {
    return this.#account.credentials
  }

  async listen(): Promise<void> {
    this.#baseUrl = await this.#server.listen({ host: '127.0.0.1', port: 0 })
  }

  eventsOf(calendarId: string): calendar_v3.Schema$Event[] {
    return this.#calendar(calendarId).events
  }

  enter(calendarId: string, event: EventBody): calendar_v3.Schema$Event {
    return this.#calendar(calendarId).insert(event, SOMEBODY)
  }

  change(calendarId: string, eventId: string, changes: EventBody): calendar_v3.Schema$Event {
    return this.#calendar(calendarId).patch(eventId, changes, undefined)
  }

  revokeTokens(): void {
    this.#tokens.revoke()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new Error('the calendar emulator was closed'))
    await this.#server.close()
  }

  #calendar(id: string): EmulatedCalendar {
    const calendar = this.#backend.calendars.get(id)
    if (!calendar) throw new Error(`The emulator was started without calendar ${id}.`)
    return calendar
  }

  #createServer(): FastifyInstance {
    const server = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 2_048 } })
    const form = 'application/x-www-form-urlencoded'
    server.addContentTypeParser<string>(form, { parseAs: 'string' }, async (_: FastifyRequest, body: string) => {
      return new URLSearchParams(body)
    })
    server.post<{ Body: unknown }>('/token', (request, reply) =>
      this.#answer('token', request, reply, () => {
        const answer = this.#tokens.issue(
          request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
        )
        return { status: 'error' in answer ? 400 : 200, body: answer }
      }),
    )
    for (const [method, url, operation, serve] of ROUTES) {
      server.route({
        method,
        url,
        handler: (request, reply) =>
          this.#answer(operation, request, reply, () => this.#serve(operation, serve, request)),
      })
    }
    return server
  }

  #serve(operation: Operation, serve: Serve, request: FastifyRequest) {
    if (!this.#tokens.isValid(request.headers.authorization)) throw invalidCredentials()
    const { calendarId = '', eventId = '' } = request.params as { calendarId?: string; eventId?: string }
    const { query, body } = request
    this.#interfere('before commit', operation, calendarId, body)
    const ifMatch = request.headers['if-match']
    const answer = serve(this.#backend, { calendarId, eventId, query, body, ifMatch })
    this.#interfere('after commit', operation, calendarId, body)
    return { status: answer ? 200 : 204, body: answer }
  }

  /** Somebody is quicker, or almost as quick. */
  #interfere(when: 'before commit' | 'after commit', operation: Operation, calendarId: string, body: unknown): void {
    if (operation !== 'events.insert' && operation !== 'events.update') return
    const fault = this.faults.take('foreign event', operation, (one) => one.when === when)
    if (!fault) return
    const { start, end } = parseEventBody(body)
    if (start && end) this.enter(calendarId, { summary: 'Dentist', start, end })
  }

  async #answer(
    operation: Operation,
    request: FastifyRequest,
    reply: FastifyReply,
    serve: () => { status: number; body: object | undefined },
  ): Promise<FastifyReply> {
    const entry: { operation: Operation; status: number | undefined } = { operation, status: undefined }
    this.requests.push(entry)
    if (this.faults.take('hang', operation, ({ when }) => when === 'before commit')) return reply.hijack()
    const { status, body } = this.#tryTo(operation, serve)
    const slow = this.faults.take('slow', operation)
    if (slow) await sleep(this.#clock, slow.ms, this.#closing.signal)
    if (this.faults.take('hang', operation, ({ when }) => when === 'after commit')) return reply.hijack()
    if (this.faults.take('lose answer', operation)) {
      request.raw.socket.destroy()
      return reply.hijack()
    }
    entry.status = status
    return reply.code(status).send(body)
  }

  #tryTo(operation: Operation, serve: () => { status: number; body: object | undefined }) {
    const refused = this.faults.take('refuse', operation)
    try {
      if (refused) throw new ApiRefusal(refused.status, refused.reason, refused.reason)
      return serve()
    } catch (thrown) {
      if (!(thrown instanceof ApiRefusal)) throw thrown
      return { status: thrown.status, body: thrown.body }
    }
  }
}
