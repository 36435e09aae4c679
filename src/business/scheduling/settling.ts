import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import type { Officer } from '../officers/officer.ts'
import { offerByText } from '../texting/text-offers.ts'
import { calendarTaskKeyOf, completeBooking, endAppointment, textOf } from './appointment-steps.ts'
import { type Appointment, appointmentById, changeAppointment } from './appointments.ts'
import { type OfferedSlot, timesNear } from './offers.ts'
import { withOfficerLocked } from './officer-lock.ts'
import { isOutside } from './officer-times.ts'
import type { SchedulingParts } from './scheduling-parts.ts'

/**
 * Makes of an appointment that waits for its calendar what that has answered: booked, or taken back; also when it has
 * answered nothing and is not waited for any longer. Whoever waits on the line hears it there; everybody else is told by
 * text, and the office has a task. Gives how it stands then; one that was settled before is left as it is.
 */
export async function settle(
  parts: SchedulingParts,
  { id, officer, answer }: { id: string; officer: Officer; answer: 'written' | 'taken' | 'too late' | 'no answer' },
): Promise<Appointment | undefined> {
  const waiting = await appointmentById(parts.database, id)
  if (waiting?.status !== 'confirming') return waiting
  const slot = { ...waiting, state: undefined }
  const others = answer === 'written' ? [] : await timesNear(parts, slot, waiting.language)
  return await withOfficerLocked(parts, officer, async (transaction) => {
    const now = parts.clock.now()
    const appointment = await appointmentById(transaction, id)
    if (appointment?.status !== 'confirming') return appointment
    const because = answer === 'written' ? 'booked' : answer
    await parts.finish(transaction, { key: calendarTaskKeyOf(id, 'confirming'), because, at: now })
    if (answer === 'written') {
      return await completeBooking(transaction, parts, {
        appointment,
        officer,
        ...(isOutside(parts, officer) && { calendarState: 'written' }),
      })
    }
    const ended =
      answer === 'taken'
        ? await changeAppointment(transaction, { id, from: ['confirming'], to: { status: 'cancelled', because }, now })
        : await endAppointment(transaction, parts, { id, because, now })
    const isOnTheLine = appointment.heldUntil !== undefined && now < appointment.heldUntil
    if (ended && !isOnTheLine) await askToChooseAgain(transaction, parts, { appointment: ended, officer, others })
    return ended
  })
}

const DAY_MS = 24 * 60 * 60_000

async function askToChooseAgain(
  transaction: Transaction<Tables>,
  parts: SchedulingParts,
  { appointment, officer, others }: { appointment: Appointment; officer: Officer; others: readonly OfferedSlot[] },
): Promise<void> {
  const { id, number, language, callId } = appointment
  const at = parts.clock.now()
  const values = { first: others[0]?.words ?? '', second: others[1]?.words ?? '' }
  const text = { key: `choose again:${id}`, template: 'choose again', officer, at, values } as const
  await parts.tell(transaction, textOf(appointment, text))
  const choices = others.map((slot) => ({ id: slot.id, told: slot.words }))
  const offer = { number, kind: 'choose time', options: choices, language, expiresAt: at + DAY_MS, at } as const
  if (choices.length > 0) await offerByText(transaction, offer)
  await parts.assign(transaction, {
    key: `choose again:${id}`,
    kind: 'call back',
    officerId: officer.id,
    contactNumber: number,
    callId,
    note: 'The appointment they asked for could not be made. They were asked by text to choose another time.',
    dueAt: at,
    at,
  })
}
