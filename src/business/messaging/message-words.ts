import type { SpokenLine } from '../call-outcome/call-outcome.ts'
import { readable } from '../call-outcome/summariser.ts'
import type { Message } from '../messages.ts'
import { slotWords } from '../scheduling/slot-words.ts'

/** Who left it, and where to call: a person of the office reads it. */
export function callerOf({ name, callbackNumber, callerNumber }: Message): { caller: string; number: string } {
  return { caller: name ?? 'a caller', number: callbackNumber ?? callerNumber ?? 'no number' }
}

/** What a task says of a message. */
export function noteOf(message: Message): string {
  const { caller, number } = callerOf(message)
  return `Message of ${caller}, ${number}: ${message.text}`
}

export interface MessageTold {
  readonly message: Message
  readonly transcript: readonly SpokenLine[]
  /** Epoch ms. */
  readonly dueAt: number
  /** The officer's. */
  readonly timeZone: string
  readonly company: string
}

/** The message with all of its call. The subject names nobody: it travels in the open. */
export function mailOf({ message, transcript, dueAt, timeZone, company }: MessageTold): {
  subject: string
  text: string
} {
  const due = slotWords(dueAt, { timeZone, language: 'en-US' })
  const { caller, number } = callerOf(message)
  const urgent = message.urgency === 'urgent'
  const text = [
    `From: ${caller}, ${number}`,
    `Urgency: ${message.urgency}`,
    `Call back by: ${due}`,
    '',
    message.text,
    '',
    'The call, as it was heard:',
    transcript.length === 0 ? '(nothing was said)' : readable(transcript),
    '',
    `Call ${message.callId}, message ${message.id}`,
  ]
  return { subject: `${company}: ${urgent ? 'URGENT message' : 'message'}, call back by ${due}`, text: text.join('\n') }
}
