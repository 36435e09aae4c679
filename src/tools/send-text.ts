import { z } from 'zod'
import type { Tool } from './tool.ts'

/** What the tool needs of texting. */
export interface TextSender {
  /** Queues a prepared text to that number; the same key again is the same text. Durable when it resolves. */
  send(text: {
    callId: string
    idempotencyKey: string
    /** E.164: the caller's own. */
    number: string
    what: string
    language: string
  }): Promise<'queued' | 'opted out' | 'not possible'>
}

export interface SendTextOptions {
  readonly texts: TextSender
  /** Ids of the texts the company has prepared: `documents to bring`. */
  readonly prepared: readonly string[]
}

const sendTextArguments = z.strictObject({ what: z.string().min(1).max(60).describe('A text from the list.') })

/** Texts the caller something the company has prepared, to the number they call from and no other (S8). */
export function createSendText({ texts, prepared }: SendTextOptions): Tool<z.output<typeof sendTextArguments>> {
  const known = prepared.map((id) => `"${id}"`).join(', ') || 'there is none'
  return {
    name: 'send_text',
    description: `Sends the caller a prepared text, to the number they call from, when they say that they want it: ${known}. Say that it will be sent only if the result says so.`,
    arguments: sendTextArguments,
    effect: 'writes',
    timeoutMs: 5_000,
    async run({ what }, { callId, idempotencyKey, callerNumber, language }) {
      if (!prepared.includes(what)) return { reply: { will_be_sent: false, reason: 'no such text', known: prepared } }
      if (callerNumber === undefined) return { reply: REFUSALS['not possible'] }
      const outcome = await texts.send({ callId, idempotencyKey, number: callerNumber, what, language })
      return { reply: outcome === 'queued' ? { will_be_sent: true } : REFUSALS[outcome] }
    },
  }
}

const REFUSALS = {
  'opted out': {
    will_be_sent: false,
    reason: 'opted out',
    say: 'That they asked for no texts. They can text START to this number to get them again.',
  },
  'not possible': { will_be_sent: false, reason: 'not possible', say: 'That you cannot text them; tell it instead.' },
} as const
