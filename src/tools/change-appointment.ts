import { z } from 'zod'
import type { TimeBooker } from './book-time.ts'
import { type TextReach, tellBooking } from './booking-told.ts'
import type { Tool } from './tool.ts'

/** What the tool needs of scheduling. */
export interface AppointmentMover extends TimeBooker {
  /** What the call holds now and has not booked. */
  holdsOfCall(callId: string): Promise<readonly { readonly replaces: string | undefined }[]>
}

export interface ChangeAppointmentOptions {
  readonly times: AppointmentMover
  readonly texts: TextReach
}

const changeAppointmentArguments = z.strictObject({
  appointment_id: z.string().min(1).max(60).describe('The appointment to move, as my_appointments gave it.'),
  slot_id: z.string().min(1).max(200).describe('The new time: held with this appointment_id, and read back.'),
})

/** Moves an appointment to a time that is held for it. The old one stands until the new one is booked. */
export function createChangeAppointment({
  times,
  texts,
}: ChangeAppointmentOptions): Tool<z.output<typeof changeAppointmentArguments>> {
  return {
    name: 'change_appointment',
    description:
      'Moves an appointment: first find_times, then hold_time with slot_id and appointment_id, read the new time back, and after their yes call this. Say that it was moved only if the result says moved: true.',
    arguments: changeAppointmentArguments,
    effect: 'writes',
    changes: true,
    timeoutMs: 10_000,
    async run({ appointment_id, slot_id }, { callId, callerNumber, turn, language, signal }) {
      const holds = await times.holdsOfCall(callId)
      // A hold of its own would be a second appointment. None: it was booked before, which `book` tells again.
      if (holds.some(({ replaces }) => replaces !== appointment_id)) return { reply: NOT_FOR_IT }
      const made = await times.book(slot_id, { callId, turn, language }, signal)
      const textReaches = callerNumber !== undefined && (await texts.reaches(callerNumber))
      return { reply: tellBooking(made, { done: 'moved', textReaches }) }
    },
  }
}

const NOT_FOR_IT = {
  moved: false,
  reason: 'no hold',
  say: 'Nothing yet: call hold_time with this slot_id and this appointment_id, read it back, and wait for their yes.',
}
