import { HearthlineError } from '../../lib/errors.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import type { Officer } from '../officers/officer.ts'
import { workingTimeOf } from '../officers/officer-hours.ts'
import { dayOf, loadsOf } from '../officers/routing-facts.ts'
import { addToOutbox } from '../outbox.ts'
import { type Appointment, appointmentById, changeAppointment, isFree } from './appointments.ts'
import { isOutside } from './officer-times.ts'
import { scheduleReminders } from './reminders.ts'
import type { AppointmentText, SchedulingParts } from './scheduling-parts.ts'
import type { Slot } from './slot.ts'
import { slotWords } from './slot-words.ts'

/**
 * What happens to appointments, each step within a transaction that has locked the officers concerned. Nothing here
 * asks the database beside its transaction: SQLite has one connection, and it would wait for itself.
 */

export const CALENDAR_TOPIC = 'appointment.calendar'

/** Key of the outbox row that puts an appointment into its calendar. */
export function putKeyOf(appointmentId: string): string {
  return `${CALENDAR_TOPIC}:${appointmentId}:put`
}

/** Key of what the office is asked to do while the calendar of an appointment of that status cannot be reached. */
export function calendarTaskKeyOf(appointmentId: string, status: Appointment['status']): string {
  return `calendar:${appointmentId}:${status}`
}

/** How long a caller waits for a calendar (RELIABILITY F12). */
export const PATIENCE_MS = 8_000

/** Whether the officer can still have the time: nothing too close, and room on that day. */
export async function isOpenFor(
  transaction: Transaction<Tables>,
  parts: SchedulingParts,
  wanted: Slot & { officer: Officer; self?: string; replaces: string | undefined },
): Promise<boolean> {
  const { clock, settings, office } = parts
  const { officer, replaces } = wanted
  if (!(await isFree(transaction, wanted, { bufferMs: settings.bufferMinutes * 60_000, now: clock.now() })))
    return false
  const day = dayOf(wanted.startsAt, workingTimeOf(officer, office).timeZone)
  const load = (await loadsOf(transaction, new Map([[officer.id, day]]))).get(officer.id) ?? 0
  const moved = replaces === undefined ? undefined : await appointmentById(transaction, replaces)
  const goesAway = moved?.officerId === officer.id && moved.startsAt >= day.startsAt && moved.startsAt < day.endsAt
  return load - (goesAway ? 1 : 0) < officer.dailyCapacity
}

/** Makes a hold an appointment: at once, or `confirming` until the calendar outside has taken it. */
export async function bookHold(
  transaction: Transaction<Tables>,
  parts: SchedulingParts,
  { hold, officer }: { hold: Appointment; officer: Officer },
): Promise<Appointment> {
  const now = parts.clock.now()
  const { id } = hold
  if (!isOutside(parts, officer)) return await completeBooking(transaction, parts, { appointment: hold, officer })
  const to = { status: 'confirming', heldUntil: now + PATIENCE_MS } as const
  const confirming = await changeAppointment(transaction, { id, from: ['held'], to, now })
  await addToOutbox(transaction, { topic: CALENDAR_TOPIC, key: putKeyOf(id), payload: { appointmentId: id }, at: now })
  return confirming ?? hold
}

/** Books what was held or waited for: with its text, its reminders, and the end of the one it takes the place of. */
export async function completeBooking(
  transaction: Transaction<Tables>,
  parts: SchedulingParts,
  { appointment, officer, calendarState }: Booked,
): Promise<Appointment> {
  const now = parts.clock.now()
  const { id, replaces } = appointment
  const to = { status: 'booked', heldUntil: undefined, ...(calendarState && { calendarState }) } as const
  const booked = await changeAppointment(transaction, { id, from: ['held', 'confirming'], to, now })
  if (!booked) throw changedUnderLock(id)
  const moved =
    replaces === undefined
      ? undefined
      : await endAppointment(transaction, parts, { id: replaces, because: 'moved', now })
  await briefOfficers(transaction, parts, { booked, moved, at: now })
  const template = replaces === undefined ? 'confirmation' : 'change'
  await parts.tell(transaction, textOf(booked, { key: `${template}:${id}`, template, officer, at: now }))
  await scheduleReminders(transaction, parts, { appointment: booked, now })
  return booked
}

/** Whose time was taken, and whose was given back by a move to somebody else. */
async function briefOfficers(
  transaction: Transaction<Tables>,
  parts: Pick<SchedulingParts, 'brief'>,
  { booked, moved, at }: { booked: Appointment; moved: Appointment | undefined; at: number },
): Promise<void> {
  const stays = moved?.officerId === booked.officerId
  await parts.brief(transaction, { what: stays ? 'moved here' : 'booked', appointment: booked, at })
  if (moved && !stays) await parts.brief(transaction, { what: 'cancelled', appointment: moved, at })
}

function changedUnderLock(id: string): HearthlineError {
  const message = `Could not book appointment ${id}: it was changed by somebody who had not locked its officer.`
  return new HearthlineError('appointment_changed', `${message} Nothing was kept. Change it within withOfficerLocked.`)
}

interface Booked {
  readonly appointment: Appointment
  readonly officer: Officer
  readonly calendarState?: Appointment['calendarState']
}

/** Takes an appointment back, here and in the calendar outside; undefined when it does not stand any more. */
export async function endAppointment(
  transaction: Transaction<Tables>,
  parts: Pick<SchedulingParts, 'finish'>,
  { id, because, now }: { id: string; because: string; now: number },
): Promise<Appointment | undefined> {
  const from = ['booked', 'confirming'] as const
  const before = await appointmentById(transaction, id)
  const ended = await changeAppointment(transaction, { id, from, to: { status: 'cancelled', because }, now })
  if (!ended) return undefined
  await parts.finish(transaction, { key: calendarTaskKeyOf(id, 'confirming'), because, at: now })
  // One that is being confirmed may be in the calendar without our knowing.
  if (before?.status === 'confirming' || ended.calendarState === 'written') {
    const key = `${CALENDAR_TOPIC}:${id}:remove`
    await addToOutbox(transaction, { topic: CALENDAR_TOPIC, key, payload: { appointmentId: id }, at: now })
  }
  return ended
}

/** A text about an appointment. */
export function textOf(
  appointment: Appointment,
  text: Pick<AppointmentText, 'key' | 'template' | 'at'> & { officer: Officer; values?: Record<string, string> },
): AppointmentText {
  const { number, language, startsAt, callId, id: appointmentId } = appointment
  const { key, template, at, officer, values } = text
  const when = slotWords(startsAt, appointment)
  return {
    key,
    template,
    at,
    number,
    language,
    callId,
    appointmentId,
    values: { when, officer: officer.name, ...values },
  }
}
