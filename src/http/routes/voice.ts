import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { IncomingCall } from '../../call/ring-answer.ts'
import { answerCaller } from '../answer-caller.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { incomingCallForm, parseForm } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

/** A call rings: what is to become of it. */
export function voiceRoute(scope: FastifyInstance, services: WebhookServices): void {
  scope.post(carrierPaths.voice, async (request, reply) => {
    const call = toIncomingCall(parseForm(incomingCallForm, request))
    return answerCaller(request, reply, services, () => services.switchboard.ring(call))
  })
}

export function toIncomingCall(form: z.output<typeof incomingCallForm>): IncomingCall {
  const { CallSid: carrierCallId, From: from, To: to, StirVerstat: stirVerdict } = form
  return { carrierCallId, from, to, ...(stirVerdict === undefined ? {} : { stirVerdict }) }
}
