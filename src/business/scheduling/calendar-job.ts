import { z } from 'zod'
import type { Job, JobContext, JobEnd } from '../../jobs/job.ts'
import { HearthlineError } from '../../lib/errors.ts'
import type { Officer } from '../officers/officer.ts'
import { CALENDAR_TOPIC, calendarTaskKeyOf } from './appointment-steps.ts'
import { type Appointment, appointmentById, changeAppointment } from './appointments.ts'
import { isOutside } from './officer-times.ts'
import type { SchedulingParts } from './scheduling-parts.ts'
import { settle } from './settling.ts'

const calendarPayload = z.strictObject({ appointmentId: z.string() })

/**
 * Brings the outside calendar to what an appointment is: puts it there while it waits to be booked, takes it away when
 * it was cancelled. It goes by how the appointment stands now, so rows may run in any order, and again. An appointment
 * never waits longer than its row is tried: when that is given up, it is taken back.
 */
export function createCalendarJob(parts: SchedulingParts): Job<z.output<typeof calendarPayload>> {
  return {
    topic: CALENDAR_TOPIC,
    payload: calendarPayload,
    async run({ appointmentId }, context) {
      const appointment = await appointmentById(parts.database, appointmentId)
      const entry = appointment && (await parts.officers.find(appointment.officerId))
      if (!appointment || !entry) return 'done'
      const concern = { appointment, officer: entry.officer, signal: context.signal }
      try {
        await bringAbout(parts, concern)
      } catch (error) {
        return await cope(parts, concern, { error, context })
      }
      return 'done'
    },
    givenUp: ({ appointmentId }) => giveUp(parts, appointmentId),
  }
}

interface Concern {
  readonly appointment: Appointment
  readonly officer: Officer
  readonly signal: AbortSignal
}

/** Tries after which somebody of the office is asked to look; the job itself goes on. */
const TRIES_ALONE = 3
/**
 * An hour and a half, as the worker rests between tries: a caller who waits for a text is to have it before the soonest
 * time that is offered. The worker would go on for a day, so a process that is killed in this try leaves others.
 */
const TRIES_TO_CONFIRM = 8

async function bringAbout(parts: SchedulingParts, concern: Concern): Promise<void> {
  const { appointment, officer } = concern
  if (appointment.status === 'cancelled') return await takeAway(parts, concern)
  if (appointment.status !== 'confirming') return
  if (appointment.startsAt <= parts.clock.now()) {
    await settle(parts, { id: appointment.id, officer, answer: 'too late' })
    return
  }
  const answer = await put(parts, concern)
  const settled = await settle(parts, { id: appointment.id, officer, answer })
  // It was cancelled while the calendar took it: the row that takes it away may have run before it was there.
  if (answer === 'written' && settled?.status === 'cancelled') await takeAway(parts, concern)
}

async function put(parts: SchedulingParts, { appointment, officer, signal }: Concern): Promise<'written' | 'taken'> {
  const { calendar } = parts
  // The calendar was taken out of the settings since: our own database is all there is.
  if (!calendar || !isOutside(parts, officer)) return 'written'
  const { eventId, startsAt, endsAt, name, number, subject } = appointment
  const timeZone = officer.timeZone ?? parts.office.timeZone
  const title = `Call with ${name ?? number}`
  const description = [number, subject].filter((line) => line !== undefined).join('\n')
  const event = { calendarId: officer.calendarId ?? '', eventId, startsAt, endsAt, title, description, timeZone }
  return await calendar.put(event, signal)
}

async function takeAway(parts: SchedulingParts, { appointment, officer, signal }: Concern): Promise<void> {
  const { id, eventId } = appointment
  const { calendarId } = officer
  if (calendarId !== undefined) await parts.calendar?.remove({ calendarId, eventId }, signal)
  const to = { calendarState: 'removed' } as const
  const now = parts.clock.now()
  await parts.database.transaction().execute(async (transaction) => {
    await changeAppointment(transaction, { id, from: ['cancelled'], to, now })
    await parts.finish(transaction, { key: calendarTaskKeyOf(id, 'cancelled'), because: 'taken out', at: now })
  })
}

async function cope(
  parts: SchedulingParts,
  { appointment, officer, signal }: Concern,
  { error, context }: { error: unknown; context: JobContext },
): Promise<JobEnd> {
  const { id, status } = appointment
  const isForeseen = error instanceof HearthlineError
  // Stopped in its middle, it is tried again.
  const isPatienceOver = isForeseen && error.retryable && context.attempts >= TRIES_TO_CONFIRM && !signal.aborted
  if (status === 'confirming' && isPatienceOver) {
    await settle(parts, { id, officer, answer: 'no answer' })
    // It may have come to stand in the calendar all the same: the row that takes it out goes on from here.
    return 'done'
  }
  if (!isForeseen || context.attempts >= TRIES_ALONE) await askTheOffice(parts, appointment)
  throw error
}

/**
 * The row is not tried again. A caller was told that they will hear from us: in the end by a text that asks them to
 * choose again. What should be taken out is left to the office.
 */
async function giveUp(parts: SchedulingParts, appointmentId: string): Promise<void> {
  const appointment = await appointmentById(parts.database, appointmentId)
  const entry = appointment && (await parts.officers.find(appointment.officerId))
  if (!appointment || !entry) return
  const { id, status, calendarState } = appointment
  if (status === 'confirming') await settle(parts, { id, officer: entry.officer, answer: 'no answer' })
  else if (status === 'cancelled' && calendarState !== 'removed') await askTheOffice(parts, appointment)
}

async function askTheOffice(parts: SchedulingParts, appointment: Appointment): Promise<void> {
  const { id, officerId, number, callId, status } = appointment
  const at = parts.clock.now()
  const note =
    status === 'cancelled'
      ? 'An appointment was cancelled, and the calendar could not be reached to take it out. Look into the calendar.'
      : 'An appointment waits for the calendar, which could not be reached. Confirm it with the caller.'
  const task = { kind: 'confirm appointment', officerId, contactNumber: number, callId, note, dueAt: at, at } as const
  await parts.database
    .transaction()
    .execute((transaction) => parts.assign(transaction, { key: calendarTaskKeyOf(id, status), ...task }))
}
