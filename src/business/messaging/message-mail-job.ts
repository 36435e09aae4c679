import { z } from 'zod'
import type { Job } from '../../jobs/job.ts'
import { workingTimeOf } from '../officers/officer-hours.ts'
import type { MessageParts } from './message-parts.ts'
import { mailOf } from './message-words.ts'

export const MESSAGE_MAIL_TOPIC = 'message.mail'

const messageMailPayload = z.object({ messageId: z.string(), officerId: z.string(), dueAt: z.number() })

/** A mail server may be slow to greet and slow to take it. */
const DEADLINE_MS = 90_000

/**
 * Mails a message to its officer. When the answer of the server is lost it is mailed again, under the same Message-ID,
 * by which mailboxes tell that it is the same.
 */
export function createMessageMailJob(
  parts: MessageParts & { readonly company: string },
): Job<z.output<typeof messageMailPayload>> {
  const { messages, officers, calls, readTranscript, office, company } = parts
  return {
    topic: MESSAGE_MAIL_TOPIC,
    payload: messageMailPayload,
    deadlineMs: DEADLINE_MS,
    async run({ messageId, officerId, dueAt }, { key, signal }) {
      const message = await messages.find(messageId)
      const officer = (await officers.find(officerId))?.officer
      // The mail server was taken out of the settings since, or the officer's address.
      if (!message || !parts.mailer || officer?.email === undefined) return 'done'
      const transcript = readTranscript((await calls.get(message.callId))?.entries ?? [])
      const { timeZone } = workingTimeOf(officer, office)
      const mail = mailOf({ message, transcript, dueAt, timeZone, company })
      await parts.mailer.send({ key, to: officer.email, ...mail }, signal)
      return 'done'
    },
  }
}
