import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RingAnswer } from '../call/ring-answer.ts'
import type { Clock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import { LATE, orLate } from '../lib/patience.ts'
import { handOverTwiml, hangUpTwiml } from '../telephony/twiml.ts'
import { answerTwiml, type CarrierTerms } from './carrier-terms.ts'
import { isPlaced } from './form-body.ts'
import type { WebhookServices } from './webhook-services.ts'

/** Twilio waits 5 s for a resume (see the address it is given), so we must have answered before. */
const LIVE_DEADLINE_MS = 4_000

/**
 * Answers a webhook on which a caller waits. If the decision fails or takes too long, the caller is rescued: an error
 * here would end the call with the carrier's own announcement. Whom we called is asked for no message (OC5).
 */
export async function answerCaller(
  request: FastifyRequest,
  reply: FastifyReply,
  services: WebhookServices,
  decide: () => Promise<RingAnswer>,
): Promise<FastifyReply> {
  const { rescue, clock } = services
  // Whom we called may not have been greeted yet, and then hears nothing.
  const terms = termsFor(request, services.terms, hangUpTwiml())
  try {
    return sendTwiml(reply, answerTwiml(await within(LIVE_DEADLINE_MS, clock, decide()), terms))
  } catch (error) {
    const to = rescue()
    request.log.error({ route: request.routeOptions.url, error: messageOf(error), to: to.to }, 'caller rescued')
    return sendTwiml(reply, handOverTwiml(to, terms))
  }
}

/** The terms of the call a request is about; `insteadOfMessage` is for whom we called. */
export function termsFor(request: FastifyRequest, terms: CarrierTerms, insteadOfMessage: string): CarrierTerms {
  return isPlaced(request) ? { ...terms, insteadOfMessage } : terms
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
