import type { calendar_v3 } from '@googleapis/calendar'
import type { CalendarEvent, Span } from './calendar.ts'

type GoogleEvent = calendar_v3.Schema$Event

/** An event of ours as Google takes it. */
export function toGoogleEvent({ eventId, title, description, startsAt, endsAt, timeZone }: CalendarEvent) {
  return {
    id: eventId,
    status: 'confirmed',
    summary: title,
    description,
    start: { dateTime: new Date(startsAt).toISOString(), timeZone },
    end: { dateTime: new Date(endsAt).toISOString(), timeZone },
    transparency: 'opaque',
  } satisfies GoogleEvent
}

/** The bounds of a search for what overlaps the span: what only touches it does not. */
export function toBounds({ startsAt, endsAt }: Span) {
  return { timeMin: new Date(startsAt).toISOString(), timeMax: new Date(endsAt).toISOString() }
}

/** Whether the event is there as we want it. The description is not compared: Google rewrites what looks like HTML. */
export function stands(found: GoogleEvent | undefined, event: CalendarEvent): found is GoogleEvent {
  if (found === undefined || isCancelled(found)) return false
  const sameTime = instantOf(found.start) === event.startsAt && instantOf(found.end) === event.endsAt
  return sameTime && found.summary === event.title
}

export function isCancelled({ status }: GoogleEvent): boolean {
  return status === 'cancelled'
}

/** Whether it takes up its owner's time: Google counts neither what shows as free nor what they have declined. */
export function isBusy(found: GoogleEvent): boolean {
  const declined = found.attendees?.some(({ self, responseStatus }) => self && responseStatus === 'declined')
  return !isCancelled(found) && found.transparency !== 'transparent' && !declined
}

/**
 * Whether the other event came to stand where it stands no later than ours. By its last change: an old event that was
 * moved over ours came later, and one of ours that was revived is not as old as its creation. In a tie both give way:
 * neither can know what the other has been told.
 */
export function cameFirst(other: GoogleEvent, ours: GoogleEvent): boolean {
  return Date.parse(other.updated ?? '') <= Date.parse(ours.updated ?? '')
}

function instantOf(time: calendar_v3.Schema$EventDateTime | undefined): number {
  return Date.parse(time?.dateTime ?? '')
}
