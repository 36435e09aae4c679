import { z } from 'zod'
import { said, saidNumber } from './said.ts'
import type { Tool } from './tool.ts'

/** What the tool needs of the messages room. Resolves once the message is durable. */
export interface MessageTaker {
  take(message: {
    callId: string
    /** The same key again gives the first message. */
    idempotencyKey: string
    callerNumber: string | undefined
    name: string
    callbackNumber: string | undefined
    text: string
    urgency: 'normal' | 'urgent'
    /** For whom, as the model has it: one nobody knows is no reason to lose a message. */
    officerId: string | undefined
  }): Promise<{ readonly id: string }>
}

const takeMessageArguments = z.strictObject({
  name: said(120).describe("The caller's name, as they said it."),
  callback_number: saidNumber()
    .optional()
    .describe('Number to call back. Leave out to use the number they are calling from.'),
  message: said(2_000).describe("What it is about, in the caller's own words as far as possible."),
  urgency: z.enum(['normal', 'urgent']).default('normal'),
  officer_id: z.string().max(60).optional().describe('The loan officer it is for, by the id you were given.'),
})

/** Notes a message for a loan officer. The agent may say that it was noted only after this has answered. */
export function createTakeMessage(messages: MessageTaker): Tool<z.output<typeof takeMessageArguments>> {
  return {
    name: 'take_message',
    description:
      'Notes a message for a person at the company who will call back. Ask for the name, the number and the matter first, and read the number back.',
    arguments: takeMessageArguments,
    effect: 'writes',
    timeoutMs: 8_000,
    async run({ name, callback_number, message, urgency, officer_id }, { callId, callerNumber, idempotencyKey }) {
      if (!callback_number && !callerNumber) {
        return { reply: { noted: false, reason: 'The caller withholds their number. Ask for a number to call back.' } }
      }
      await messages.take({
        callId,
        idempotencyKey,
        callerNumber,
        name,
        callbackNumber: callback_number,
        text: message,
        urgency,
        officerId: officer_id,
      })
      return { reply: { noted: true, say: 'Their message was noted; someone will call back.' } }
    },
  }
}
