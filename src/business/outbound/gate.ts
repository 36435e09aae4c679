import { createId } from '../../lib/ids.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { addToOutbox } from '../outbox.ts'
import { takeTurn } from '../switches.ts'
import { gatherFacts, type OutboundTerms } from './gate-facts.ts'
import { judgeOutbound, type OutboundJudgement, type OutboundRefusal } from './judge-outbound.ts'
import { addOutboundCall, beginDialling, type OutboundCall, placingKeyOf } from './outbound-calls.ts'

/** A call somebody wants placed. */
export interface OutboundRequest
  extends Pick<OutboundCall, 'key' | 'number' | 'kind' | 'purpose' | 'subject' | 'language'>,
    Partial<Pick<OutboundCall, 'contactName' | 'campaign' | 'appointmentId' | 'taskId' | 'notBefore'>> {
  /** Calls this one takes the place of. */
  readonly attempts?: number
}

/** What came of a request. `waitsFor`: it is placed later, and why. */
export type GateAnswer =
  | { readonly accepted: true; readonly call: OutboundCall; readonly waitsFor: OutboundRefusal | undefined }
  | { readonly accepted: false; readonly call: OutboundCall; readonly refused: OutboundRefusal }

/** Whoever finds a call in other hands looks again then. */
const LOOK_AGAIN_MS = 5_000

/**
 * The one way to a call of ours (RELIABILITY 5.1): steps 1 to 8, and then the intent and its outbox row, in the caller's
 * transaction. What is refused is stored with its reason; what only has to wait is accepted, and judged again when it
 * is dialled. The same key again gives what it gave first.
 */
export async function passGate(
  transaction: Transaction<Tables>,
  request: OutboundRequest,
  terms: OutboundTerms,
  at: number,
): Promise<GateAnswer> {
  const judgement = judgeOutbound(await gatherFacts(transaction, request, terms, at))
  const passing = judgement.allowed || judgement.until !== undefined
  const notBefore = Math.max(request.notBefore ?? at, judgement.allowed ? at : (judgement.until ?? at))
  const intent = intentOf(request, { at, notBefore, judgement, passing })
  const { call, added } = await addOutboundCall(transaction, intent)
  if (!added) return answerAgain(call)
  if (!judgement.allowed && !passing) return { accepted: false, call, refused: judgement }
  const key = placingKeyOf(call.id)
  await addToOutbox(transaction, { topic: 'outbound.place', key, payload: { outboundId: call.id }, at, notBefore })
  return { accepted: true, call, waitsFor: judgement.allowed ? undefined : judgement }
}

/**
 * The gate at the moment of dialling: judged anew, and marked as being dialled in the same transaction, in which no
 * other process counts. What follows may ask the carrier, once.
 */
export function passToDial(
  database: Database,
  call: OutboundCall,
  terms: OutboundTerms,
  at: number,
): Promise<OutboundJudgement> {
  return database.transaction().execute(async (transaction) => {
    await takeTurn(transaction, 'outbound', at)
    const judgement = judgeOutbound(await gatherFacts(transaction, call, terms, at))
    if (!judgement.allowed || (await beginDialling(transaction, call, at))) return judgement
    return { allowed: false, step: 9, reason: 'another call to them goes on', until: at + LOOK_AGAIN_MS }
  })
}

/** Steps 4 to 8 once more when somebody answers (F26). */
export async function recheckAtAnswer(
  database: Database,
  call: OutboundCall,
  terms: OutboundTerms,
  at: number,
): Promise<OutboundJudgement> {
  const facts = await gatherFacts(database, call, terms, at)
  // The pace is a matter of dialling.
  return judgeOutbound({ ...facts, counts: { ...facts.counts, lastSecond: 0 } }, 'at answer')
}

function intentOf(
  request: OutboundRequest,
  {
    at,
    notBefore,
    judgement,
    passing,
  }: { at: number; notBefore: number; judgement: OutboundJudgement; passing: boolean },
): OutboundCall {
  return {
    id: createId('outbound'),
    contactName: undefined,
    campaign: undefined,
    appointmentId: undefined,
    taskId: undefined,
    ...request,
    notBefore,
    requestedAt: at,
    state: passing ? 'waiting' : 'refused',
    refusal: judgement.allowed ? undefined : judgement.reason,
    carrierSid: undefined,
    answeredBy: undefined,
    placedAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    outcome: undefined,
    attempts: request.attempts ?? 0,
  }
}

function answerAgain(call: OutboundCall): GateAnswer {
  if (call.state !== 'refused' || call.refusal === undefined) return { accepted: true, call, waitsFor: undefined }
  return { accepted: false, call, refused: { allowed: false, step: 9, reason: call.refusal } }
}
