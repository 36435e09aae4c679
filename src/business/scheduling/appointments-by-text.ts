import type { Clock } from '../../lib/clock.ts'
import { zonesOfNumber } from '../../lib/us-time-zones.ts'
import type { OfferedByText, TextAppointments, TextOutcome } from '../texting/text-appointments.ts'
import type { AppointmentTold } from './appointment-told.ts'
import type { Booking } from './booking.ts'
import type { OfferedSlot } from './offers.ts'
import type { Scheduling } from './scheduling.ts'

export interface AppointmentsByTextOptions {
  readonly scheduling: Scheduling
  /** IANA; of a number whose area code tells none. */
  readonly timeZone: string
  readonly clock: Pick<Clock, 'now'>
}

/** How long two times that were offered in writing may be answered. */
const OFFER_MS = 24 * 60 * 60_000

/** Makes, moves and cancels appointments by short answers. Whoever has one to come and asks for a time moves it. */
export function createAppointmentsByText({ scheduling, timeZone, clock }: AppointmentsByTextOptions): TextAppointments {
  const offered = (slots: readonly OfferedSlot[]): OfferedByText => ({
    options: slots.map(({ id, words }) => ({ id, told: words })),
    expiresAt: clock.now() + OFFER_MS,
  })
  const outcomeOf = (booking: Booking): TextOutcome => {
    // What is booked, or waits for the calendar, is told by a text of its own.
    if ('appointment' in booking) return { done: true, told: booking.appointment.words, isTexted: true }
    return { done: false, ...offered(booking.next) }
  }
  const toMove = async (number: string) => onlyOne(await scheduling.ofContact(number))

  return {
    keepHold: async ({ number, option }) => outcomeOf(await scheduling.bookKept(option.id, number)),

    async choose({ number, option, language, key }) {
      const replaces = (await toMove(number))?.id
      return outcomeOf(await scheduling.bookWritten(option.id, { number, language, key, replaces }))
    },

    async confirm({ number, option }) {
      const stands = (await scheduling.ofContact(number)).find(({ id }) => id === option.id)
      return stands ? { done: true, told: stands.words, isTexted: false } : { done: false, ...offered([]) }
    },

    async cancel({ number, option }) {
      const ended = await scheduling.cancel(option.id, { number, because: 'cancelled by text' })
      if (!ended.cancelled) return { done: false, ...offered([]) }
      return { done: true, told: ended.appointment.words, isTexted: ended.appointment.status === 'cancelled' }
    },

    async offer({ number, wish, language }) {
      const known = await toMove(number)
      const found = await scheduling.offer({
        callerNumber: number,
        language,
        timeZone: known?.timeZone ?? zonesOfNumber(number)[0] ?? timeZone,
        officerId: known?.officerId,
        ...wish,
      })
      return offered('slots' in found ? found.slots : [])
    },
  }
}

function onlyOne(coming: readonly AppointmentTold[]): AppointmentTold | undefined {
  return coming.length === 1 ? coming[0] : undefined
}
