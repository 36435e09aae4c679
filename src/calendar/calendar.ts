/**
 * Where an officer's time stands outside our database. Our own appointments are in the database in any case; a calendar
 * says what else the officer does, and shows them what we booked. Every call is bounded by its signal, and rejects with
 * `calendar.unreachable` (retryable; what was asked may have happened) or `calendar.refused`.
 */
export interface Calendar {
  readonly name: 'built-in' | 'google'
  /**
   * When the officers of these calendars are busy between two instants (epoch ms), by calendar id. A calendar that
   * cannot be read is refused, never free.
   */
  busy(calendarIds: readonly string[], span: Span, signal: AbortSignal): Promise<ReadonlyMap<string, readonly Span[]>>
  /**
   * Puts the event there, once however often it is asked: the id is ours and names the appointment. `taken`: something
   * else stands in that time; nothing of ours is left there then.
   */
  put(event: CalendarEvent, signal: AbortSignal): Promise<'written' | 'taken'>
  /** Takes it away. One that is gone, or never was, is a success. */
  remove(event: Pick<CalendarEvent, 'calendarId' | 'eventId'>, signal: AbortSignal): Promise<void>
}

/** From the first instant to before the last, in epoch ms. */
export interface Span {
  readonly startsAt: number
  readonly endsAt: number
}

export interface CalendarEvent extends Span {
  readonly calendarId: string
  /** 5 to 1024 characters of a-v and 0-9. */
  readonly eventId: string
  readonly title: string
  readonly description: string
  /** IANA zone it is shown in. */
  readonly timeZone: string
}
