import { endAppointment, textOf } from './appointment-steps.ts'
import { type AppointmentTold, tell } from './appointment-told.ts'
import {
  type Appointment,
  appointmentById,
  appointmentsOfCall,
  changeAppointment,
  comingOfNumber,
  lapseHolds,
} from './appointments.ts'
import { type Booking, bookKept, bookSlot, bookWritten, type WrittenChoice } from './booking.ts'
import { type Held, type Holder, holdSlot, keepHoldByText } from './holding.ts'
import { type Offered, offerTimes, type TimeWish } from './offers.ts'
import { withOfficerLocked } from './officer-lock.ts'
import type { SchedulingParts } from './scheduling-parts.ts'

/**
 * Appointments with officers. A caller is offered two times, one is held and read back to them, and once they have
 * said yes it is booked; every step is decided in one transaction that has the officer's time to itself, so of any
 * number who want one time one gets it (RELIABILITY I2, I3, F13). What was taken comes with other times.
 */
export interface Scheduling {
  offer(wish: TimeWish): Promise<Offered>
  /**
   * Keeps a time for the caller while it is read back to them; one this call has booked already is given as that. A
   * call has one hold: a new one lets the last go. To move an appointment, hold the new time with the old one's id in
   * `replaces`: booking it ends the old one.
   */
  hold(slotId: string, holder: Holder): Promise<Held>
  /**
   * Books the time this call holds, when the caller has spoken since it was read back to them (S12): in a later turn
   * than the hold's. `confirming`: it stands, but is booked only once the calendar has answered, which the caller is
   * told by text. Again, it gives what the first time has come to. `signal` ends the waiting, not the booking.
   */
  book(slotId: string, holder: Pick<Holder, 'callId' | 'turn' | 'language'>, signal?: AbortSignal): Promise<Booking>
  /** Books the time of a hold that was kept when its line dropped: the number has said yes in writing. */
  bookKept(appointmentId: string, number: string): Promise<Booking>
  /** Books, or moves to, a time chosen in writing of those offered there. */
  bookWritten(slotId: string, chosen: WrittenChoice): Promise<Booking>
  /** Takes an appointment of the number back, or lets go one that is only held. Again, it changes nothing. */
  cancel(appointmentId: string, by: { number: string; because: string }): Promise<Cancellation>
  /** What the number has to come, the soonest first. */
  ofContact(number: string): Promise<AppointmentTold[]>
  /** What the call holds now and has not booked. */
  holdsOfCall(callId: string): Promise<AppointmentTold[]>
  /** The caller wants none of it: lets go what the call holds. */
  letGo(callId: string): Promise<void>
  /**
   * For a call that ended in the middle of a booking: what it still holds is kept longer, and its caller is asked by
   * text whether they want it. False when it holds nothing. Again, it asks nothing new.
   */
  keepHold(callId: string): Promise<boolean>
}

export type Cancellation =
  | { readonly cancelled: true; readonly appointment: AppointmentTold }
  | { readonly cancelled: false; readonly reason: 'not found' | 'too late' }

export function createScheduling(parts: SchedulingParts): Scheduling {
  const { database, clock } = parts
  const tellAll = (appointments: Appointment[]) => Promise.all(appointments.map((one) => tellOf(parts, one)))
  return {
    offer: (wish) => offerTimes(parts, wish),
    hold: (slotId, holder) => holdSlot(parts, slotId, holder),
    book: (slotId, holder, signal) => bookSlot(parts, slotId, { ...holder, signal }),
    bookKept: (appointmentId, number) => bookKept(parts, appointmentId, number),
    bookWritten: (slotId, chosen) => bookWritten(parts, slotId, chosen),
    cancel: (appointmentId, by) => cancel(parts, appointmentId, by),
    ofContact: async (number) => await tellAll(await comingOfNumber(database, number, clock.now())),

    async holdsOfCall(callId) {
      const holds = await appointmentsOfCall(database, callId, ['held'])
      return await tellAll(holds.filter(({ heldUntil = 0 }) => heldUntil > clock.now()))
    },

    async letGo(callId) {
      const now = clock.now()
      const change = { callId, because: 'the caller wants none', now }
      await database.transaction().execute((transaction) => lapseHolds(transaction, change))
    },

    keepHold: (callId) => keepHoldByText(parts, callId),
  }
}

async function tellOf({ officers }: SchedulingParts, appointment: Appointment): Promise<AppointmentTold> {
  const entry = await officers.find(appointment.officerId)
  return tell(appointment, entry?.officer ?? { name: appointment.officerId })
}

async function cancel(
  parts: SchedulingParts,
  appointmentId: string,
  { number, because }: { number: string; because: string },
): Promise<Cancellation> {
  const { database, clock, officers } = parts
  const appointment = await appointmentById(database, appointmentId)
  const entry = appointment && (await officers.find(appointment.officerId))
  if (!appointment || !entry || appointment.number !== number) return { cancelled: false, reason: 'not found' }
  const { officer } = entry
  return await withOfficerLocked(parts, officer, async (transaction): Promise<Cancellation> => {
    const now = clock.now()
    const before = await appointmentById(transaction, appointmentId)
    if (before?.status === 'cancelled') return { cancelled: true, appointment: tell(before, officer) }
    if (before && before.startsAt <= now) return { cancelled: false, reason: 'too late' }
    const to = { status: 'lapsed', because } as const
    const letGo = await changeAppointment(transaction, { id: appointmentId, from: ['held', 'lapsed'], to, now })
    if (letGo) return { cancelled: true, appointment: tell(letGo, officer) }
    const ended = await endAppointment(transaction, parts, { id: appointmentId, because, now })
    if (!ended) return { cancelled: false, reason: 'not found' }
    const text = { key: `cancellation:${appointmentId}`, template: 'cancellation', officer, at: now } as const
    await parts.tell(transaction, textOf(ended, text))
    await parts.brief(transaction, { what: 'cancelled', appointment: ended, at: now })
    return { cancelled: true, appointment: tell(ended, officer) }
  })
}
