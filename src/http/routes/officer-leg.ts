import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { LegAnswer, LegEnd } from '../../call/transfer/officer-legs.ts'
import { isTerminal, parseCarrierStatus } from '../../telephony/statuses.ts'
import { briefTwiml, farewellTwiml, officerJoinsTwiml, ofLeg } from '../../telephony/transfer-twiml.ts'
import { sendTwiml } from '../answer-caller.ts'
import { carrierPaths } from '../carrier-terms.ts'
import { callStatusForm, legQuery, parseForm, parseQuery } from '../form-body.ts'
import type { WebhookServices } from '../webhook-services.ts'

const keyForm = z.object({ Digits: z.string().max(16).optional() })
const newsForm = z.object({ StatusCallbackEvent: z.string().max(64) })

const ENDS: Readonly<Record<string, LegEnd>> = {
  busy: 'busy',
  'no-answer': 'no answer',
  failed: 'failed',
  canceled: 'failed',
}

/** The telephone of an officer who is rung for a caller: what it is told, and what becomes of it (RELIABILITY F15-F17). */
export function officerLegRoutes(scope: FastifyInstance, services: WebhookServices): void {
  const { officerLegs, transferNews, terms } = services
  const answer = (reply: FastifyReply, id: string, told: LegAnswer) => sendTwiml(reply, legTwiml(told, id, terms))

  scope.post(carrierPaths.officerBrief, async (request, reply) => {
    const { leg } = parseQuery(legQuery, request)
    return answer(reply, leg, officerLegs.tell(leg, { type: 'picked up' }))
  })

  scope.post(carrierPaths.officerKey, async (request, reply) => {
    const { leg } = parseQuery(legQuery, request)
    const { Digits: digits } = parseForm(keyForm, request)
    return answer(reply, leg, officerLegs.tell(leg, { type: 'pressed', key: digits?.[0] }))
  })

  scope.post(carrierPaths.officerStatus, async (request, reply) => {
    const { leg } = parseQuery(legQuery, request)
    const { CallSid: carrierCallId, CallStatus } = parseForm(callStatusForm, request)
    const status = parseCarrierStatus(CallStatus)
    if (status !== undefined && isTerminal(status)) {
      officerLegs.tell(leg, { type: 'ended', how: ENDS[status] ?? 'completed' })
      await transferNews.parted(leg)
    }
    await transferNews.legStatus({ legId: leg, carrierCallId, status: CallStatus })
    return reply.code(204).send()
  })

  scope.post(carrierPaths.officerNews, async (request, reply) => {
    const { leg } = parseQuery(legQuery, request)
    const { StatusCallbackEvent: event } = parseForm(newsForm, request)
    // That the caller joins says nothing of the officer, who may just have left; two start a conference.
    if (event === 'conference-start') officerLegs.tell(leg, { type: 'caller joined' })
    if (event === 'conference-end') await transferNews.parted(leg)
    return reply.code(204).send()
  })
}

/** The process that rang is gone. */
export function officerLostRoute(scope: FastifyInstance): void {
  scope.post(carrierPaths.officerLost, async (_request, reply) =>
    sendTwiml(reply, farewellTwiml('The caller could not be connected. Goodbye.')),
  )
}

function legTwiml(told: LegAnswer, leg: string, terms: WebhookServices['terms']): string {
  switch (told.do) {
    case 'brief':
      return briefTwiml({ words: told.words, keyUrl: ofLeg(terms.keyUrl, leg) })
    case 'join':
      return officerJoinsTwiml({ ...terms, conference: told.conference, newsUrl: ofLeg(terms.newsUrl, leg) })
    case 'hang up':
      return farewellTwiml(told.words)
    default:
      return told satisfies never
  }
}
