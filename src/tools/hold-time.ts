import { z } from 'zod'
import { said } from './said.ts'
import { type TimeRefused, tellRefusal } from './times-told.ts'
import type { Tool } from './tool.ts'

/** What the tool needs of scheduling. */
export interface TimeKeeper {
  /** Keeps a time for this call. A call has one hold: a new one lets the last go; the same again stays as it is. */
  hold(
    slotId: string,
    holder: {
      callId: string
      number: string
      turn: number
      language: string
      name: string | undefined
      subject: string | undefined
      /** Id of the appointment that is to be moved there. */
      replaces: string | undefined
    },
  ): Promise<
    | { readonly held: true; readonly appointment: { readonly words: string; readonly officerName: string } }
    | ({ readonly held: false } & TimeRefused)
  >
}

const holdTimeArguments = z.strictObject({
  slot_id: z.string().min(1).max(200).describe('A time the caller chose, by the id find_times gave.'),
  name: said(120).optional().describe("The caller's name, as they said it."),
  about: said(200).optional().describe('What the appointment is about, in a few words.'),
  appointment_id: z
    .string()
    .max(60)
    .optional()
    .describe('Only to move an appointment: its id, as my_appointments gave it.'),
})

/** Keeps a time while it is read back to the caller. Only their yes to that may book it. */
export function createHoldTime(times: TimeKeeper): Tool<z.output<typeof holdTimeArguments>> {
  return {
    name: 'hold_time',
    description:
      'Keeps a time the caller chose for a few minutes. Then read it back and ask whether it is right; only after their yes call book_time, or change_appointment to move one. It books nothing.',
    arguments: holdTimeArguments,
    effect: 'writes',
    changes: true,
    timeoutMs: 8_000,
    async run({ slot_id, name, about, appointment_id }, { callId, callerNumber, language, turn, turnGiven }) {
      if (callerNumber === undefined) return { reply: { held: false, reason: 'no number', say: NO_NUMBER } }
      if (turnGiven(slot_id) === undefined) return { reply: { held: false, ...UNKNOWN } }
      const holder = { callId, number: callerNumber, turn, language, name, subject: about, replaces: appointment_id }
      const held = await times.hold(slot_id, holder)
      if (!held.held) return { reply: { held: false, ...tellRefusal(held) } }
      const { words, officerName } = held.appointment
      return { reply: { held: true, slot_id, read_back: `${words} with ${officerName}`, say: READ_BACK } }
    },
  }
}

const READ_BACK = 'Read it back and ask whether it is right. It is not booked: do not say so.'
const NO_NUMBER = 'That you cannot book for a number that is withheld. Offer a message with a number to call back.'
const UNKNOWN = { reason: 'no such time', say: 'Nothing: take the slot_id as find_times gave it in this call.' }
