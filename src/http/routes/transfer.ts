import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { nobodyFreeTwiml } from '../../telephony/transfer-twiml.ts'
import { sendTwiml, termsFor } from '../answer-caller.ts'
import { answerTwiml, carrierPaths } from '../carrier-terms.ts'
import { callSid, parseForm } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

const params = z.object({ CallSid: callSid, DialCallStatus: z.string().min(1).max(32) })

/** `answered` is said of conferences, `completed` of telephones. */
const TALKED: ReadonlySet<string> = new Set(['completed', 'answered'])

/**
 * The telephone of a person has rung: they talked, or the caller still wants somebody and leaves a message. Whom we
 * called is let go with an apology instead (OC5).
 */
export function transferDoneRoute(scope: FastifyInstance, { terms }: WebhookServices): void {
  scope.post(carrierPaths.transferDone, async (request, reply) => {
    const { CallSid: callSid, DialCallStatus: status } = parseForm(params, request)
    request.log.info({ callSid, status }, 'hand-over ended')
    const answer = { do: TALKED.has(status) ? 'hang up' : 'take a message' } as const
    return sendTwiml(reply, answerTwiml(answer, termsFor(request, terms, nobodyFreeTwiml())))
  })
}
