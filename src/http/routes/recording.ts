import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { messageOf } from '../../lib/errors.ts'
import { thanksTwiml } from '../../telephony/twiml.ts'
import { sendTwiml } from '../answer-caller.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { callSid, parseForm } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

const wholeSeconds = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'expected whole seconds' })
  .transform(Number)

/** A message was recorded without us: note where the carrier keeps it. */
export function recordingRoute(scope: FastifyInstance, { messageLeft, carrierBaseUrl }: WebhookServices): void {
  const recordingUrl = z
    .string()
    .max(2048)
    .refine((url) => isCarrierAddress(url, carrierBaseUrl), { error: 'expected an address at the carrier' })
  const params = z.object({ CallSid: callSid, RecordingUrl: recordingUrl, RecordingDuration: wholeSeconds })

  scope.post(carrierPaths.recording, async (request, reply) => {
    const { CallSid: callSid, RecordingUrl: recordingUrl, RecordingDuration } = parseForm(params, request)
    try {
      await messageLeft(callSid, { recordingUrl, durationSeconds: RecordingDuration })
    } catch (error) {
      // The caller has said what they had to say. The address in the log is how the message is still found.
      request.log.error({ callSid, recordingUrl, error: messageOf(error) }, 'message not noted')
    }
    return sendTwiml(reply, thanksTwiml())
  })
}

/** The address is fetched later, so nothing may be there that the carrier does not own (RELIABILITY S19). */
function isCarrierAddress(value: string, carrierBaseUrl: string): boolean {
  const url = URL.parse(value)
  if (url?.username !== '' || url.password !== '') return false
  if (url.origin === new URL(carrierBaseUrl).origin) return true
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.twilio.com')
}
