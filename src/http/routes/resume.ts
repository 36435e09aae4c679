import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { answerCaller } from '../answer-caller.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { callSid, parseForm } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

const params = z.object({ CallSid: callSid })

/** A media stream ended and the call is still there: ended on purpose, or to be taken up again (RELIABILITY F6, F7). */
export function resumeRoute(scope: FastifyInstance, services: WebhookServices): void {
  scope.post(carrierPaths.resume, async (request, reply) => {
    const { CallSid: carrierCallId } = parseForm(params, request)
    return answerCaller(request, reply, services, () => services.switchboard.resume(carrierCallId))
  })
}
