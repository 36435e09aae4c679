import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Clock } from '../lib/clock.ts'
import type { Span } from './calendar.ts'
import type { FeedTokens } from './feed-tokens.ts'

export interface OfficerFeed {
  /** Their appointments as iCalendar text (RFC 5545); undefined when the token is wrong or there is no such officer. */
  read(officerId: string, token: string): Promise<string | undefined>
}

export interface FeedAppointment extends Span {
  readonly id: string
  readonly status: 'booked' | 'confirming' | 'cancelled'
  /** Of the caller. */
  readonly name: string | undefined
  readonly subject: string | undefined
  /** IANA zone it was told in: the caller's. */
  readonly timeZone: string
  /** BCP 47 tag. */
  readonly language: string
  readonly createdAt: number
  readonly changedAt: number
}

export interface OfficerFeedOptions {
  readonly tokens: FeedTokens
  readonly nameOf: (officerId: string) => Promise<string | undefined>
  /** Those that overlap a span of epoch ms, cancelled ones included: calendars learn of a cancellation by them. */
  readonly appointmentsOf: (officerId: string, from: number, to: number) => Promise<readonly FeedAppointment[]>
  /** Takes card, account and telephone numbers out of what callers said; the feed leaves the house. */
  readonly hide: (text: string) => string
  readonly clock: Clock
}

const DAY_MS = 24 * 60 * 60 * 1000

/** What is shown: a month back, and as far ahead as anything is booked. */
const PAST_MS = 31 * DAY_MS
const FUTURE_MS = 366 * DAY_MS

const PRODUCT = { company: 'Hearthline', product: 'Appointments', language: 'EN' }

/** A proposal to calendar programs; most ask less often. */
const REFRESH_SECONDS = 15 * 60

const STATUSES = {
  booked: ICalEventStatus.CONFIRMED,
  confirming: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const satisfies Record<FeedAppointment['status'], ICalEventStatus>

/** An officer's booked appointments for the calendar program on their telephone. */
export function createOfficerFeed({ tokens, nameOf, appointmentsOf, hide, clock }: OfficerFeedOptions): OfficerFeed {
  return {
    async read(officerId, token) {
      // Strangers are turned away before anything is looked up.
      const name = tokens.isOf(officerId, token) ? await nameOf(officerId) : undefined
      if (name === undefined) return undefined
      const now = clock.now()
      const appointments = await appointmentsOf(officerId, now - PAST_MS, now + FUTURE_MS)
      return toCalendarText(name, appointments, hide)
    },
  }
}

/** Address of an officer's feed below our public one; a secret to be given to that officer only. */
export function feedPathOf(tokens: FeedTokens, officerId: string): string {
  return `/calendars/${encodeURIComponent(officerId)}/${tokens.of(officerId)}.ics`
}

/**
 * Times are instants (`...Z`), which every program shows in its own zone: the library turns a `Date` with a zone into
 * the local time of the process, and a zone by name would need its rules in the text.
 */
function toCalendarText(
  name: string,
  appointments: readonly FeedAppointment[],
  hide: (text: string) => string,
): string {
  const feed = ical({ name, prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH, ttl: REFRESH_SECONDS })
  for (const { id, startsAt, endsAt, status, createdAt, changedAt, ...told } of appointments) {
    feed.createEvent({
      id: `${id}@hearthline`,
      start: new Date(startsAt),
      end: new Date(endsAt),
      summary: hide([told.subject ?? 'Appointment', told.name].filter(Boolean).join(': ')),
      description: describe(startsAt, told),
      status: STATUSES[status],
      // Has to grow with every change; seconds do so without being counted.
      sequence: Math.floor((changedAt - createdAt) / 1000),
      // Not the time of the request: an unchanged feed is the same text.
      stamp: new Date(changedAt),
    })
  }
  return feed.toString()
}

/** The caller's number is not in it: whoever finds the address can read the feed. */
function describe(startsAt: number, { timeZone, language }: Pick<FeedAppointment, 'timeZone' | 'language'>): string {
  const time = new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'full', timeStyle: 'long' }).format(startsAt)
  const spoken = new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language
  return `The caller was told: ${time}.\nLanguage: ${spoken}.`
}
