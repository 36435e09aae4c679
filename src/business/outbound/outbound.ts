import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { addConsentEvent } from '../consent/consents.ts'
import { optOut } from '../consent/opt-outs.ts'
import { type GateAnswer, type OutboundRequest, passGate, recheckAtAnswer } from './gate.ts'
import type { OutboundTerms } from './gate-facts.ts'
import type { OutboundRefusal } from './judge-outbound.ts'
import {
  advanceOutboundCall,
  findOutboundCall,
  learnCarrierSid,
  noteAnsweredBy,
  type OutboundCall,
  type OutboundState,
} from './outbound-calls.ts'
import { type OutboundCarrier, type PlacingOptions, placeCall } from './placing.ts'

/** The calls we place, from the wish to the end. */
export interface Outbound {
  /** In the transaction of what it follows from. */
  request(transaction: Transaction<Tables>, request: OutboundRequest): Promise<GateAnswer>
  /**
   * Somebody who called asks for a call back: their asking is the consent to that one, and the call they asked in its
   * evidence (RELIABILITY C2).
   */
  requestCallBack(
    transaction: Transaction<Tables>,
    request: Omit<OutboundRequest, 'kind' | 'purpose'>,
    asked: { readonly callId: string; readonly words?: string },
  ): Promise<GateAnswer>
  /** The job `outbound.place`. */
  place(outboundId: string): Promise<'done' | { later: number }>
  /** The job `outbound.settle`: asks the carrier about a call whose end nobody reported (F19). */
  settle(outboundId: string): Promise<'done' | { later: number }>
  /** Somebody or something answered: whether we may speak. The same again gives the same (F18). */
  answered(
    outboundId: string,
    carrierSid: string,
  ): Promise<{ readonly call: OutboundCall; readonly isRepeat: boolean } | undefined>
  /** They answered, and nobody spoke to them: it is tried again, if it may be. */
  abandoned(outboundId: string): Promise<void>
  /** The carrier's opinion of who answered. */
  answeredBy(outboundId: string, answeredBy: string): Promise<void>
  /** The carrier's status of a call, in any order and any number of times (I4). */
  report(outboundId: string, report: { readonly carrierSid: string; readonly status: string }): Promise<void>
  /** Who is called wants no more of it: at once, and on all channels (C5). */
  optOut(request: { outboundId: string; callId: string; source: 'spoken' | 'key'; evidence: string }): Promise<void>
}

export interface OutboundOptions extends Omit<PlacingOptions, 'carrier'> {
  readonly carrier: OutboundCarrier & {
    /** The carrier's word for where a call is. */
    statusOf(carrierSid: string): Promise<string>
  }
}

/** A person is rung for the same matter no more often, whatever went wrong. */
const MOST_ATTEMPTS = 3
const SETTLE_AGAIN_MS = 5 * 60_000

const ENDS: Readonly<Record<string, OutboundState>> = {
  completed: 'done',
  busy: 'done',
  'no-answer': 'done',
  canceled: 'done',
  failed: 'failed',
}

export function createOutbound(options: OutboundOptions): Outbound {
  const { database, carrier, terms, clock, log } = options
  const now = () => Math.round(clock.now())
  const report: Outbound['report'] = async (id, { carrierSid, status }) => {
    const call = await findOutboundCall(database, id)
    if (!call || isOfAnother(call, carrierSid)) return
    await learnCarrierSid(database, id, carrierSid)
    const end = ENDS[status]
    if (end === 'done' || end === 'failed') {
      await advanceOutboundCall(database, id, end, { ended_at: now(), outcome: status })
    } else await advanceOutboundCall(database, id, 'placed')
  }

  return {
    request: (transaction, request) => passGate(transaction, request, terms, now()),

    async requestCallBack(transaction, request, asked) {
      await consentToCallBack(transaction, request.number, { ...asked, seller: terms.seller, at: now() })
      return await passGate(transaction, { ...request, kind: 'call back', purpose: 'informational' }, terms, now())
    },

    place: (outboundId) => placeCall(outboundId, options),

    async settle(outboundId) {
      const call = await findOutboundCall(database, outboundId)
      if (!call || isOver(call) || call.carrierSid === undefined) return 'done'
      const status = await carrier.statusOf(call.carrierSid)
      await report(outboundId, { carrierSid: call.carrierSid, status })
      return ENDS[status] ? 'done' : { later: clock.now() + SETTLE_AGAIN_MS }
    },

    answered: (outboundId, carrierSid) => answered(outboundId, carrierSid, { database, terms, clock, log }),

    async abandoned(outboundId) {
      const call = await findOutboundCall(database, outboundId)
      if (!call || isOver(call)) return
      await database.transaction().execute(async (transaction) => {
        const outcome = { ended_at: now(), outcome: 'abandoned' }
        if (await advanceOutboundCall(transaction, outboundId, 'done', outcome))
          await again(transaction, call, terms, now())
      })
    },

    answeredBy: (outboundId, answeredBy) => noteAnsweredBy(database, outboundId, answeredBy),

    report,

    async optOut({ outboundId, callId, source, evidence }) {
      const call = await findOutboundCall(database, outboundId)
      if (!call) return
      const request = { number: call.number, source, evidence, callId, at: now() }
      await database.transaction().execute(async (transaction) => void (await optOut(transaction, request)))
    },
  }
}

async function answered(
  outboundId: string,
  carrierSid: string,
  { database, terms, clock, log }: Pick<OutboundOptions, 'database' | 'terms' | 'clock' | 'log'>,
): ReturnType<Outbound['answered']> {
  const call = await findOutboundCall(database, outboundId)
  if (!call || isOver(call) || isOfAnother(call, carrierSid)) return undefined
  if (call.state === 'answered') return { call, isRepeat: true }
  const at = Math.round(clock.now())
  await learnCarrierSid(database, outboundId, carrierSid)
  const judgement = await recheckAtAnswer(database, call, terms, at)
  if (judgement.allowed) {
    await advanceOutboundCall(database, outboundId, 'answered', { answered_at: at })
    return { call, isRepeat: false }
  }
  log.warn({ outboundId, carrierSid, step: judgement.step, reason: judgement.reason }, 'outbound call not spoken to')
  await refuseAtAnswer(database, { call, judgement, terms, at })
  return undefined
}

/** Who picked up hears nothing of what it was about; what time alone forbids is tried again (F26). */
function refuseAtAnswer(
  database: Database,
  { call, judgement, terms, at }: { call: OutboundCall; judgement: OutboundRefusal; terms: OutboundTerms; at: number },
): Promise<void> {
  const facts = { refusal: judgement.reason, answered_at: at, ended_at: at, outcome: 'abandoned' }
  return database.transaction().execute(async (transaction) => {
    const refused = await advanceOutboundCall(transaction, call.id, 'refused', facts)
    if (refused && judgement.until !== undefined) await again(transaction, call, terms, at)
  })
}

/** A call in the place of one that reached nobody, through the same gate, and under a key of its own. */
async function again(
  transaction: Transaction<Tables>,
  call: OutboundCall,
  terms: OutboundTerms,
  at: number,
): Promise<void> {
  const { attempts, number, contactName, kind, purpose, subject, language, campaign, appointmentId, taskId } = call
  if (attempts >= MOST_ATTEMPTS) return
  const key = `${call.key.replace(/ again \d+$/, '')} again ${attempts}`
  const same = { number, contactName, kind, purpose, subject, language, campaign, appointmentId, taskId }
  await passGate(transaction, { ...same, key, attempts }, terms, at)
}

function consentToCallBack(
  transaction: Transaction<Tables>,
  number: string,
  { callId, words, seller, at }: { callId: string; words?: string; seller: string; at: number },
): Promise<void> {
  return addConsentEvent(transaction, {
    number,
    event: 'given',
    channel: 'call',
    scope: 'informational',
    written: false,
    seller,
    source: 'asked for a call back',
    evidence: words ?? `They asked for it in call ${callId}.`,
    callId,
    at,
  })
}

function isOver({ state }: OutboundCall): boolean {
  return state === 'done' || state === 'refused' || state === 'failed'
}

/** A carrier call that is not this intent's: nothing it says counts. */
function isOfAnother({ carrierSid }: OutboundCall, sid: string): boolean {
  return carrierSid !== undefined && carrierSid !== sid
}
