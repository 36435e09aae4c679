import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ChallengeReply } from '../../call/ring-answer.ts'
import { answerCaller } from '../answer-caller.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { incomingCallForm, parseForm } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'
import { toIncomingCall } from './voice.ts'

const form = incomingCallForm.extend({
  Digits: z.string().max(32).optional(),
  /** What Twilio understood of the caller's words. */
  SpeechResult: z.string().max(4096).optional(),
})

const query = z.object({ asked: z.coerce.number().int().min(1).max(9).catch(1) })

/** A caller was asked for a key or a few words, and pressed, spoke, or was silent. */
export function challengeRoute(scope: FastifyInstance, services: WebhookServices): void {
  scope.post(carrierPaths.challenge, async (request, reply) => {
    const { Digits, SpeechResult, ...call } = parseForm(form, request)
    const { asked } = query.parse(request.query)
    const given: ChallengeReply = { asked, key: Digits || undefined, words: SpeechResult?.trim() || undefined }
    return answerCaller(request, reply, services, () => services.switchboard.challenged(toIncomingCall(call), given))
  })
}
