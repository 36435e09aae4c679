import { z } from 'zod'
import type { Tool } from './tool.ts'

/** What the tool needs of consents. */
export interface ContactStopper {
  /** No text and no call of ours to this number from now on; durable when it resolves. Again, it changes nothing. */
  optOut(request: { number: string; callId: string; source: 'spoken'; evidence: string }): Promise<void>
}

const stopContactingArguments = z.strictObject({})

/** RELIABILITY 5.3: not the model's own words. */
const STOPPED = 'You will not get calls or texts from us any more.'

/** Takes a caller off all our lists at once (RELIABILITY I7, C5). */
export function createStopContacting(contacts: ContactStopper): Tool<z.output<typeof stopContactingArguments>> {
  return {
    name: 'stop_contacting',
    description:
      'The caller wants no more calls or texts from the company: call it at once, without asking why or whether they are sure. Then say exactly the sentence it gives.',
    arguments: stopContactingArguments,
    effect: 'writes',
    timeoutMs: 5_000,
    async run(_args, { callId, callerNumber }) {
      if (callerNumber === undefined) return { reply: { stopped: false, reason: 'no number', say: NO_NUMBER } }
      const evidence = `They asked for it in call ${callId}.`
      await contacts.optOut({ number: callerNumber, callId, source: 'spoken', evidence })
      return { reply: { stopped: true, say_exactly: STOPPED } }
    },
  }
}

const NO_NUMBER = 'That their number is withheld, so take the number and their wish with take_message.'
