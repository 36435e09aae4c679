import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { PlacedCall } from '../../call/outbound/placed-call.ts'
import type { RingAnswer } from '../../call/ring-answer.ts'
import { messageOf } from '../../lib/errors.ts'
import { LATE, orLate } from '../../lib/patience.ts'
import { isTerminal, parseCarrierStatus } from '../../telephony/statuses.ts'
import { hangUpTwiml } from '../../telephony/twiml.ts'
import { sendTwiml } from '../answer-caller.ts'
import { answerTwiml, carrierPaths } from '../carrier-terms.ts'
import { callSid, callStatusForm, incomingCallForm, parseForm } from '../form-body.ts'
import type { AnsweredCall, WebhookOutbound, WebhookServices } from '../webhook-services.ts'

const query = z.object({ call: z.string().regex(/^[\w-]{1,64}$/) })
const amdForm = z.object({ CallSid: callSid, AnsweredBy: z.string().max(32) })

/** Whoever picked up does not listen to silence longer than this; they are let go. */
const DECIDE_MS = 4_000

const OPINIONS: Readonly<Record<string, 'human' | 'machine' | 'fax'>> = {
  human: 'human',
  machine_start: 'machine',
  machine_end_beep: 'machine',
  machine_end_silence: 'machine',
  machine_end_other: 'machine',
  fax: 'fax',
}

/** The carrier asks and tells about calls we placed; which of them stands in the address. */
export function outboundRoutes(scope: FastifyInstance, services: WebhookServices): void {
  const { outbound, switchboard, clock } = services
  // Whom we called is asked for no message (OC5).
  const terms = { ...services.terms, insteadOfMessage: hangUpTwiml() }

  scope.post(carrierPaths.outboundAnswer, async (request, reply) => {
    const { CallSid: carrierCallId, From: ours } = parseForm(incomingCallForm, request)
    const outboundId = callOf(request)
    if (!outboundId) return sendTwiml(reply, hangUpTwiml())
    try {
      const decision = decide({ outboundId, carrierCallId, ours }, { outbound, switchboard })
      const answer = await orLate(decision, { clock, ms: DECIDE_MS })
      if (answer !== LATE) return sendTwiml(reply, answerTwiml(answer, terms))
      request.log.error({ outboundId, carrierCallId }, 'outbound call let go: it took too long to decide')
    } catch (error) {
      request.log.error({ outboundId, carrierCallId, error: messageOf(error) }, 'outbound call let go')
    }
    // Without a yes nobody is spoken to (F26): a person of ours would be a stranger to them.
    return sendTwiml(reply, hangUpTwiml())
  })

  scope.post(carrierPaths.outboundAmd, async (request, reply) => {
    const { CallSid: carrierCallId, AnsweredBy: answeredBy } = parseForm(amdForm, request)
    const opinion = OPINIONS[answeredBy]
    if (opinion) switchboard.pickedUpBy(carrierCallId, opinion)
    const outboundId = callOf(request)
    if (outboundId) await outbound.answeredBy(outboundId, answeredBy)
    return reply.code(204).send()
  })

  scope.post(carrierPaths.outboundStatus, async (request, reply) => {
    const { CallSid: carrierSid, CallStatus } = parseForm(callStatusForm, request)
    const status = parseCarrierStatus(CallStatus)
    const outboundId = callOf(request)
    if (status && isTerminal(status)) await switchboard.carrierEnded(carrierSid)
    if (status && outboundId) await outbound.report(outboundId, { carrierSid, status })
    return reply.code(204).send()
  })
}

async function decide(
  { outboundId, carrierCallId, ours }: { outboundId: string; carrierCallId: string; ours: string },
  { outbound, switchboard }: { outbound: WebhookOutbound; switchboard: WebhookServices['switchboard'] },
): Promise<RingAnswer> {
  const answered = await outbound.answered(outboundId, carrierCallId)
  if (!answered) return { do: 'hang up' }
  const { call, isRepeat } = answered
  const answer = await switchboard.placed({ carrierCallId, from: call.number, to: ours }, placedOf(call))
  // No line, no engine, no database: they are called again.
  if (answer.do === 'hang up' && !isRepeat) await outbound.abandoned(outboundId)
  return answer
}

function placedOf({ id: outboundId, kind, subject, contactName, language }: AnsweredCall): PlacedCall {
  return { outboundId, kind, subject, contactName, language }
}

function callOf(request: FastifyRequest): string | undefined {
  return query.safeParse(request.query).data?.call
}
