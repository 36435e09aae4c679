import { z } from 'zod'
import { type BookingMade, type TextReach, tellBooking } from './booking-told.ts'
import type { Tool } from './tool.ts'

/** What the tool needs of scheduling. */
export interface TimeBooker {
  /**
   * Books the time this call holds when the caller has spoken since it was read back: in a later turn than the hold's.
   * The same again gives what the first time has come to. `signal` ends the waiting only.
   */
  book(
    slotId: string,
    holder: { callId: string; turn: number; language: string },
    signal: AbortSignal,
  ): Promise<BookingMade>
}

export interface BookTimeOptions {
  readonly times: TimeBooker
  readonly texts: TextReach
}

const bookTimeArguments = z.strictObject({
  slot_id: z.string().min(1).max(200).describe('The time that is held and was read back.'),
})

/** Books what was held, once the caller has answered the read-back. The agent may say so only when this says so. */
export function createBookTime({ times, texts }: BookTimeOptions): Tool<z.output<typeof bookTimeArguments>> {
  return {
    name: 'book_time',
    description:
      'Books the time that is held, after the caller said yes to it being read back. Say that it is booked only if the result says booked: true; otherwise say what it tells you to.',
    arguments: bookTimeArguments,
    effect: 'writes',
    changes: true,
    // The calendar has 8 s (RELIABILITY F12); what it has not answered by then is being confirmed.
    timeoutMs: 10_000,
    async run({ slot_id }, { callId, callerNumber, turn, language, signal }) {
      const made = await times.book(slot_id, { callId, turn, language }, signal)
      const textReaches = callerNumber !== undefined && (await texts.reaches(callerNumber))
      return { reply: tellBooking(made, { done: 'booked', textReaches }) }
    },
  }
}
