import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RingAnswer } from '../call/ring-answer.ts'
import type { Clock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import { LATE, orLate } from '../lib/patience.ts'
import { handOverTwiml } from '../telephony/twiml.ts'
import { answerTwiml } from './carrier-terms.ts'
import type { WebhookServices } from './webhook-services.ts'

/** Twilio waits 5 s for a resume (see the address it is given), so we must have answered before. */
const LIVE_DEADLINE_MS = 4_000

/**
 * Answers a webhook on which a caller waits. If the decision fails or takes too long, the caller is rescued: an error
 * here would end the call with the carrier's own announcement.
 */
export async function answerCaller(
  request: FastifyRequest,
  reply: FastifyReply,
  { terms, rescue, clock }: WebhookServices,
  decide: () => Promise<RingAnswer>,
): Promise<FastifyReply> {
  try {
    return sendTwiml(reply, answerTwiml(await within(LIVE_DEADLINE_MS, clock, decide()), terms))
  } catch (error) {
    const to = rescue()
    request.log.error({ route: request.routeOptions.url, error: messageOf(error), to: to.to }, 'caller rescued')
    return sendTwiml(reply, handOverTwiml(to, terms))
  }
}

export function sendTwiml(reply: FastifyReply, twiml: string): FastifyReply {
  return reply.type('text/xml; charset=utf-8').send(twiml)
}

/** The outcome of `work`, or `too_slow` when it takes longer; the work itself goes on. */
async function within<T>(ms: number, clock: Clock, work: Promise<T>): Promise<T> {
  const outcome = await orLate(work, { clock, ms })
  if (outcome !== LATE) return outcome
  throw new HearthlineError('too_slow', `No decision about a call within ${ms} ms. Look for a blocked database.`)
}
