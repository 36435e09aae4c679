import type { FastifyInstance } from 'fastify'
import { signatureOf } from './carrier-signature.ts'
import { acceptForms, formOf } from './form-body.ts'
import { callerAloneRoute } from './routes/caller-alone.ts'
import { challengeRoute } from './routes/challenge.ts'
import { officerLegRoutes, officerLostRoute } from './routes/officer-leg.ts'
import { outboundRoutes } from './routes/outbound.ts'
import { recordingRoute } from './routes/recording.ts'
import { resumeRoute } from './routes/resume.ts'
import { smsRoute } from './routes/sms.ts'
import { smsStatusRoute } from './routes/sms-status.ts'
import { statusRoute } from './routes/status.ts'
import { streamStatusRoute } from './routes/stream-status.ts'
import { transferDoneRoute } from './routes/transfer.ts'
import { voiceRoute } from './routes/voice.ts'
import type { WebhookServices } from './webhook-services.ts'

/** Twilio's webhooks are small; the longest carry a caller's identity token of a few KB. */
const BODY_LIMIT_BYTES = 64 * 1024

/**
 * The carrier's webhooks: signed, form-encoded, measured. Those about the telephone of an officer go to the very process
 * that rang it, so they are signed for its own address.
 */
export async function registerWebhooks(server: FastifyInstance, services: WebhookServices): Promise<void> {
  await server.register(async (scope) => {
    prepare(scope, services, services.signatures)
    voiceRoute(scope, services)
    challengeRoute(scope, services)
    resumeRoute(scope, services)
    statusRoute(scope, services)
    streamStatusRoute(scope, services)
    transferDoneRoute(scope, services)
    officerLostRoute(scope)
    callerAloneRoute(scope, services)
    recordingRoute(scope, services)
    outboundRoutes(scope, services)
    smsRoute(scope, services)
    smsStatusRoute(scope, services)
  })
  await server.register(async (scope) => {
    prepare(scope, services, services.instanceSignatures)
    officerLegRoutes(scope, services)
  })
}

function prepare(
  scope: FastifyInstance,
  { metrics }: WebhookServices,
  signatures: WebhookServices['signatures'],
): void {
  acceptForms(scope, BODY_LIMIT_BYTES)
  scope.addHook('preValidation', async (request, reply) => {
    // No reason is given: a forger learns nothing (RELIABILITY S1).
    const isGenuine = signatures?.form(request.raw.url ?? '', formOf(request), signatureOf(request)) ?? true
    if (!isGenuine) return reply.code(403).send()
  })
  scope.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    metrics.webhookDuration.labels(route).observe(reply.elapsedTime / 1000)
  })
}
