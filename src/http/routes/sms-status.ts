import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { meaningOf } from '../../telephony/message-failures.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { messageSid, parseForm } from '../form-body.ts'
import type { TextServices } from '../text-services.ts'

const form = z.object({
  MessageSid: messageSid,
  MessageStatus: z.string().min(1).max(32),
  ErrorCode: z.string().max(16).optional(),
})

const query = z.object({ text: z.string().max(64).optional().catch(undefined) })

/** The carrier reports where a text is: late, twice and out of order (RELIABILITY F19). */
export function smsStatusRoute(scope: FastifyInstance, { texts }: { readonly texts: TextServices }): void {
  scope.post(carrierPaths.smsStatus, async (request, reply) => {
    const { MessageSid: carrierSid, MessageStatus: status, ErrorCode } = parseForm(form, request)
    const { text: textId } = query.parse(request.query)
    // Twilio sends 0, or nothing, where nothing failed.
    const failure = ErrorCode === '0' || ErrorCode === '' ? undefined : ErrorCode
    if (failure !== undefined) {
      request.log.warn({ textId, carrierSid, status, failure, meaning: meaningOf(Number(failure)) }, 'text failed')
    }
    await texts.statusReported({ textId, carrierSid, status, failure })
    return reply.code(204).send()
  })
}
