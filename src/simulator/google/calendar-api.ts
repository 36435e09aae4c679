import type { calendar_v3 } from '@googleapis/calendar'
import { z } from 'zod'
import { ApiRefusal, invalid, notFound } from './api-refusal.ts'
import { type EmulatedCalendar, timeRangeEmpty } from './emulated-calendar.ts'
import { parseEventBody } from './event-body.ts'
import { readInstant, showInstant } from './event-time.ts'

/** A request to the API, as far as it was read. */
export interface ApiRequest {
  readonly calendarId: string
  readonly eventId: string
  readonly query: unknown
  readonly body: unknown
  readonly ifMatch: string | undefined
}

/** What the operations work on. */
export interface ApiBackend {
  readonly calendars: ReadonlyMap<string, EmulatedCalendar>
  /** Whose token it is. */
  readonly email: string
}

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

const sendUpdates = z.strictObject({ sendUpdates: z.enum(['all', 'externalOnly', 'none']).optional() })

const listQuery = z.strictObject({
  timeMin: z.string().optional(),
  timeMax: z.string().optional(),
  singleEvents: flag.optional(),
  orderBy: z.literal('startTime').optional(),
  showDeleted: flag.optional(),
  maxResults: z.coerce.number().int().min(1).max(2_500).default(250),
  pageToken: z.coerce.number().int().min(0).default(0),
  syncToken: z.coerce.number().int().min(0).optional(),
})

const freeBusyBody = z.strictObject({
  timeMin: z.string(),
  timeMax: z.string(),
  timeZone: z.string().optional(),
  calendarExpansionMax: z.int().max(50).optional(),
  items: z.array(z.strictObject({ id: z.string() })),
})

const MOST_CALENDARS = 50

export function insertEvent({ calendars, email }: ApiBackend, request: ApiRequest): calendar_v3.Schema$Event {
  read(sendUpdates, request.query)
  return calendarOf(calendars, request).insert(parseEventBody(request.body), email)
}

export function getEvent({ calendars }: ApiBackend, request: ApiRequest): calendar_v3.Schema$Event {
  read(z.strictObject({}), request.query)
  return calendarOf(calendars, request).get(request.eventId)
}

export function patchEvent({ calendars }: ApiBackend, request: ApiRequest): calendar_v3.Schema$Event {
  read(sendUpdates, request.query)
  return calendarOf(calendars, request).patch(request.eventId, parseEventBody(request.body), request.ifMatch)
}

export function updateEvent({ calendars }: ApiBackend, request: ApiRequest): calendar_v3.Schema$Event {
  read(sendUpdates, request.query)
  return calendarOf(calendars, request).update(request.eventId, parseEventBody(request.body), request.ifMatch)
}

/** Gives nothing: 204. */
export function deleteEvent({ calendars }: ApiBackend, request: ApiRequest): undefined {
  read(sendUpdates, request.query)
  calendarOf(calendars, request).delete(request.eventId, request.ifMatch)
}

export function listEvents({ calendars }: ApiBackend, request: ApiRequest): calendar_v3.Schema$Events {
  const calendar = calendarOf(calendars, request)
  const { pageToken, maxResults, ...query } = read(listQuery, request.query)
  const found = calendar.search(searchOf(query, calendar))
  const end = pageToken + maxResults
  const next = end < found.length ? { nextPageToken: String(end) } : { nextSyncToken: String(calendar.changes) }
  return {
    kind: 'calendar#events',
    summary: calendar.id,
    timeZone: calendar.timeZone,
    accessRole: 'writer',
    items: found.slice(pageToken, end),
    ...next,
  }
}

/** A calendar that cannot be read is no error of the answer. */
export function queryFreeBusy({ calendars }: ApiBackend, request: ApiRequest): calendar_v3.Schema$FreeBusyResponse {
  const { timeMin, timeMax, items } = read(freeBusyBody, request.body)
  const [from, to] = [readInstant(timeMin), readInstant(timeMax)]
  if (to <= from) throw timeRangeEmpty('timeMax')
  const tooMany = items.length > MOST_CALENDARS
  const busyOf = (id: string): calendar_v3.Schema$FreeBusyCalendar => {
    const calendar = calendars.get(id)
    const reason = tooMany ? 'tooManyCalendarsRequested' : 'notFound'
    if (!calendar || tooMany) return { errors: [{ domain: 'global', reason }], busy: [] }
    return {
      busy: calendar.busy(from, to).map(([start, end]) => ({ start: showInstant(start), end: showInstant(end) })),
    }
  }
  return {
    kind: 'calendar#freeBusy',
    timeMin: showInstant(from),
    timeMax: showInstant(to),
    calendars: Object.fromEntries(items.map(({ id }) => [id, busyOf(id)])),
  }
}

function searchOf(query: Omit<z.infer<typeof listQuery>, 'pageToken' | 'maxResults'>, calendar: EmulatedCalendar) {
  const { timeMin, timeMax, syncToken, orderBy, singleEvents, showDeleted } = query
  if (orderBy && !singleEvents) throw invalid('The requested ordering is not available for the particular query.')
  if (syncToken !== undefined && (timeMin ?? timeMax ?? orderBy) !== undefined) {
    throw new ApiRefusal(400, 'syncTokenWithNonDefaultOrdering', 'Sync token cannot be used with other parameters.')
  }
  if (syncToken !== undefined && syncToken > calendar.changes) {
    throw new ApiRefusal(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.')
  }
  const from = timeMin === undefined ? Number.NEGATIVE_INFINITY : readInstant(timeMin)
  const to = timeMax === undefined ? Number.POSITIVE_INFINITY : readInstant(timeMax)
  if (to <= from) throw timeRangeEmpty('timeMax')
  return { from, to, showDeleted: syncToken !== undefined || showDeleted === true, after: syncToken ?? 0 }
}

function calendarOf(calendars: ReadonlyMap<string, EmulatedCalendar>, { calendarId }: ApiRequest): EmulatedCalendar {
  const calendar = calendars.get(calendarId)
  if (!calendar) throw notFound()
  return calendar
}

/** What is not emulated is refused, so that nobody relies on it unseen. */
function read<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given ?? {})
  if (parsed.success) return parsed.data
  throw new ApiRefusal(400, 'badRequest', `Bad Request: ${z.prettifyError(parsed.error)}`)
}
