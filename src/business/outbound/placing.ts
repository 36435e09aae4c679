import type { Clock } from '../../lib/clock.ts'
import { HearthlineError, messageOf } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'
import type { Database } from '../../storage/database.ts'
import { addToOutbox } from '../outbox.ts'
import { passToDial } from './gate.ts'
import type { OutboundTerms } from './gate-facts.ts'
import {
  advanceOutboundCall,
  findOutboundCall,
  learnCarrierSid,
  noteWaiting,
  type OutboundCall,
} from './outbound-calls.ts'

/** What placing calls asks of the carrier. */
export interface OutboundCarrier {
  /**
   * Asks for one call, once. Rejects with `carrier.refused` (it would again), `carrier.busy` (nothing was placed, later
   * it may be) or `carrier.unreachable`: whether it was placed is not known.
   */
  place(call: { outboundId: string; to: string; from: string }): Promise<{ carrierSid: string }>
  /** The latest call from `from` to `to` that was asked for since then (epoch ms); undefined: there is none. */
  find(call: { to: string; from: string; since: number }): Promise<{ carrierSid: string } | undefined>
}

export interface PlacingOptions {
  readonly database: Database
  readonly carrier: OutboundCarrier
  readonly terms: OutboundTerms
  /** Whether what processes share can be reached; they would call too many at once without it (RELIABILITY F11). */
  readonly canShare: () => Promise<boolean>
  readonly clock: Clock
  readonly log: Log
}

/** The carrier's clock may be so far behind ours. */
const SKEW_MS = 5_000
/** How long dialling pauses when Redis is gone, or the carrier takes no more. */
const PAUSE_MS = 5_000
/** By then the end of a call has been reported, or the carrier is asked (F19). */
const SETTLE_MS = 120_000

/**
 * Places a call whose time has come, at most once (I2): the gate is passed at this very moment, and a try whose outcome
 * is not known is looked up at the carrier before the next. `later` is when to come back, in epoch ms.
 */
export async function placeCall(outboundId: string, options: PlacingOptions): Promise<'done' | { later: number }> {
  const { database, canShare, clock, log } = options
  const call = await findOutboundCall(database, outboundId)
  if (!call) return 'done'
  if (!isDue(call)) {
    // The carrier's news of it came before its answer to us: its end is asked for all the same (F19).
    if (call.carrierSid !== undefined) await notePlaced(database, outboundId, call.carrierSid, clock.now())
    return 'done'
  }
  if (!(await canShare())) {
    log.warn({ outboundId }, 'outbound call waits: redis cannot be reached')
    return { later: clock.now() + PAUSE_MS }
  }
  if (call.state === 'placing' && (await wasPlaced(call, options))) return 'done'
  const judgement = await passToDial(database, call, options.terms, clock.now())
  if (judgement.allowed) return await dial(call, options)
  const { reason, until } = judgement
  log.info({ outboundId, reason, until }, until === undefined ? 'outbound call refused' : 'outbound call waits')
  if (until === undefined) {
    await advanceOutboundCall(database, outboundId, 'refused', { refusal: reason })
    return 'done'
  }
  await noteWaiting(database, outboundId, reason, until)
  return { later: until }
}

/** As far as we know the carrier has not got it yet. */
function isDue({ state }: OutboundCall): boolean {
  return state === 'waiting' || state === 'placing'
}

/** An earlier try may have reached the carrier without its answer reaching us. */
async function wasPlaced(call: OutboundCall, { database, carrier, terms, log }: PlacingOptions): Promise<boolean> {
  const { id: outboundId, number: to, placedAt } = call
  const from = terms.callerId
  if (call.carrierSid === undefined && (placedAt === undefined || from === undefined)) return false
  const found = call.carrierSid
    ? { carrierSid: call.carrierSid }
    : await carrier.find({ to, from: from ?? '', since: (placedAt ?? 0) - SKEW_MS })
  if (!found) return false
  log.info({ outboundId, ...found }, 'outbound call had been placed')
  await notePlaced(database, outboundId, found.carrierSid, placedAt ?? 0)
  return true
}

async function dial(call: OutboundCall, { database, carrier, terms, clock, log }: PlacingOptions) {
  const { id: outboundId, number: to } = call
  try {
    // The gate lets no call pass without a number of ours.
    const { carrierSid } = await carrier.place({ outboundId, to, from: terms.callerId ?? '' })
    await notePlaced(database, outboundId, carrierSid, clock.now())
    log.info({ outboundId, carrierSid }, 'outbound call placed')
    return 'done' as const
  } catch (error) {
    if (!(error instanceof HearthlineError)) throw error
    if (error.code === 'carrier.busy') return { later: clock.now() + PAUSE_MS }
    if (error.code !== 'carrier.refused') throw error
    log.warn({ outboundId, detail: messageOf(error) }, 'carrier refused an outbound call')
    await advanceOutboundCall(database, outboundId, 'failed', { outcome: 'refused by the carrier' })
    return 'done' as const
  }
}

function notePlaced(database: Database, outboundId: string, carrierSid: string, at: number): Promise<void> {
  return database.transaction().execute(async (transaction) => {
    await learnCarrierSid(transaction, outboundId, carrierSid)
    await advanceOutboundCall(transaction, outboundId, 'placed')
    const key = `outbound.settle:${outboundId}`
    const payload = { outboundId }
    await addToOutbox(transaction, { topic: 'outbound.settle', key, payload, at, notBefore: at + SETTLE_MS })
  })
}
