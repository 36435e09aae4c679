import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { answerCaller } from '../answer-caller.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { callSid, parseForm } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

/** `From` may be `anonymous` or a SIP address, so its form is not checked. */
const params = z.object({ CallSid: callSid, From: z.string().max(256), To: z.string().max(256) })

/** A call rings: what is to become of it. */
export function voiceRoute(scope: FastifyInstance, services: WebhookServices): void {
  scope.post(carrierPaths.voice, async (request, reply) => {
    const { CallSid: carrierCallId, From: from, To: to } = parseForm(params, request)
    return answerCaller(request, reply, services, () => services.switchboard.ring({ carrierCallId, from, to }))
  })
}
