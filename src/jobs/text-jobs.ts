import { z } from 'zod'
import type { AnswerText } from '../business/texting/replies.ts'
import type { SendText } from '../business/texting/send-text.ts'
import type { Job } from './job.ts'

const sendPayload = z.object({ textId: z.string() })
const answerPayload = z.object({ textId: z.string(), isSilent: z.boolean() })

/** Sends texts whose time has come. */
export function createTextSendJob(send: SendText): Job<z.output<typeof sendPayload>> {
  return { topic: 'text.send', payload: sendPayload, run: ({ textId }) => send(textId) }
}

/** Answers texts that came. */
export function createTextAnswerJob(answer: AnswerText): Job<z.output<typeof answerPayload>> {
  return { topic: 'text.answer', payload: answerPayload, run: ({ textId, ...rest }) => answer(textId, rest) }
}
