import { z } from 'zod'
import type { Tool } from './tool.ts'

/** What the tool needs of scheduling. */
export interface AppointmentCanceller {
  /** Takes an appointment of the number back. Again, it changes nothing. */
  cancel(
    appointmentId: string,
    by: { number: string; because: string },
  ): Promise<
    | { readonly cancelled: true; readonly appointment: { readonly words: string; readonly officerName: string } }
    | { readonly cancelled: false; readonly reason: 'not found' | 'too late' }
  >
}

const cancelAppointmentArguments = z.strictObject({
  appointment_id: z.string().min(1).max(60).describe('As my_appointments gave it.'),
})

/** Takes back an appointment of the caller's own number, once they have heard which one and answered (S12). */
export function createCancelAppointment(
  appointments: AppointmentCanceller,
): Tool<z.output<typeof cancelAppointmentArguments>> {
  return {
    name: 'cancel_appointment',
    description:
      'Cancels an appointment. First call my_appointments, say which one it is and ask whether to cancel it; call this after their yes. Say that it is cancelled only if the result says so.',
    arguments: cancelAppointmentArguments,
    effect: 'writes',
    changes: true,
    timeoutMs: 8_000,
    async run({ appointment_id }, { callerNumber, turn, turnGiven }) {
      const givenIn = turnGiven(appointment_id)
      if (callerNumber === undefined || givenIn === undefined) return { reply: NOT_FOUND }
      if (givenIn >= turn) return { reply: NOT_CONFIRMED }
      const done = await appointments.cancel(appointment_id, {
        number: callerNumber,
        because: 'the caller asked for it',
      })
      if (!done.cancelled) return { reply: done.reason === 'too late' ? TOO_LATE : NOT_FOUND }
      const { words, officerName } = done.appointment
      return { reply: { cancelled: true, when: words, officer: officerName } }
    },
  }
}

const NOT_FOUND = {
  cancelled: false,
  reason: 'not found',
  say: 'Nothing was cancelled. Look with my_appointments which they have, and take the id from there.',
}
const NOT_CONFIRMED = {
  cancelled: false,
  reason: 'not confirmed',
  say: 'Nothing was cancelled. Say which appointment it is, ask whether to cancel it, and wait for what they say.',
}
const TOO_LATE = {
  cancelled: false,
  reason: 'too late',
  say: 'That its time has come, so it cannot be cancelled any more. Offer a message.',
}
