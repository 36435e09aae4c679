import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { carrierPaths } from '../carrier-terms.ts'
import { callSid, parseForm } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

const params = z.object({
  CallSid: callSid,
  StreamSid: z.string().max(64).optional(),
  StreamEvent: z.string().max(32),
  /** The carrier's words, beginning with its error code. */
  StreamError: z.string().max(1024).optional(),
})

/** The carrier reports on a media stream. Only its errors tell what our own end of the stream does not. */
export function streamStatusRoute(scope: FastifyInstance, { metrics }: WebhookServices): void {
  scope.post(carrierPaths.streamStatus, async (request, reply) => {
    const {
      CallSid: callSid,
      StreamSid: streamSid,
      StreamEvent: event,
      StreamError: error,
    } = parseForm(params, request)
    if (event === 'stream-error') {
      metrics.streamDisconnects.labels('carrier', 'stream error').inc()
      request.log.warn({ callSid, streamSid, error }, 'carrier reports a stream error')
    }
    return reply.code(204).send()
  })
}
