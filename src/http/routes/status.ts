import type { FastifyInstance } from 'fastify'
import { isTerminal, parseCarrierStatus } from '../../telephony/statuses.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { callStatusForm, parseForm } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

/**
 * The carrier reports where a call is: late, twice and out of order (RELIABILITY F19). The stream tells us everything
 * but one thing better, which is that the call is over.
 */
export function statusRoute(scope: FastifyInstance, { switchboard }: WebhookServices): void {
  scope.post(carrierPaths.status, async (request, reply) => {
    const { CallSid: carrierCallId, CallStatus } = parseForm(callStatusForm, request)
    const status = parseCarrierStatus(CallStatus)
    if (status && isTerminal(status)) await switchboard.carrierEnded(carrierCallId)
    return reply.code(204).send()
  })
}
