import type { OutboundKind } from '../../call/outbound/placed-call.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { OutboundCallRow, Tables } from '../../storage/tables.ts'
import { insertOnce } from '../insert-once.ts'
import type { RefusalCode } from './judge-outbound.ts'

/** Where a call we place is; it only rises (RELIABILITY I4), and of the last three the first stands. */
export type OutboundState = 'waiting' | 'placing' | 'placed' | 'answered' | 'done' | 'refused' | 'failed'

export interface OutboundCall {
  readonly id: string
  /** Same intent, same key: dial = campaign + lead + attempt. */
  readonly key: string
  /** E.164. */
  readonly number: string
  readonly contactName: string | undefined
  readonly kind: OutboundKind
  readonly purpose: 'informational' | 'marketing'
  /** What it is about, for the agent. */
  readonly subject: string
  readonly language: string
  readonly campaign: string | undefined
  readonly appointmentId: string | undefined
  readonly taskId: string | undefined
  /** Epoch ms, as every time here. */
  readonly notBefore: number
  readonly requestedAt: number
  readonly state: OutboundState
  /** Why it was refused, or what it waits for. */
  readonly refusal: RefusalCode | undefined
  readonly carrierSid: string | undefined
  /** The carrier's opinion: `human`, `machine_start`, `fax` ... */
  readonly answeredBy: string | undefined
  /** When the carrier was last asked to place it. */
  readonly placedAt: number | undefined
  readonly answeredAt: number | undefined
  readonly endedAt: number | undefined
  /** The carrier's last status, or `abandoned`: somebody answered and was not spoken to. */
  readonly outcome: string | undefined
  /** How often it was dialled, those calls included which it takes the place of. */
  readonly attempts: number
}

const RANKS: Readonly<Record<OutboundState, number>> = {
  waiting: 0,
  placing: 1,
  placed: 2,
  answered: 3,
  done: 4,
  refused: 4,
  failed: 4,
}

/** Owner of the table `outbound_calls`. The same key again gives the first call and changes nothing. */
export async function addOutboundCall(
  transaction: Transaction<Tables>,
  call: OutboundCall,
): Promise<{ readonly call: OutboundCall; readonly added: boolean }> {
  const { row, added } = await insertOnce(transaction, 'outbound_calls', toRow(call))
  return { call: toCall(row), added }
}

export async function findOutboundCall(database: Database, id: string): Promise<OutboundCall | undefined> {
  const row = await database.selectFrom('outbound_calls').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toCall(row)
}

/** The newest first. */
export async function listOutboundCalls(database: Database, { limit }: { limit: number }): Promise<OutboundCall[]> {
  const newest = database.selectFrom('outbound_calls').selectAll().orderBy('requested_at', 'desc').orderBy('id')
  return (await newest.limit(limit).execute()).map(toCall)
}

/** Brings a call further. False, and nothing is changed, when it is there or further already. */
export async function advanceOutboundCall(
  database: Database,
  id: string,
  state: Exclude<OutboundState, 'waiting'>,
  facts: Pick<Partial<OutboundCallRow>, 'refusal' | 'carrier_sid' | 'answered_at' | 'ended_at' | 'outcome'> = {},
): Promise<boolean> {
  const changed = await database
    .updateTable('outbound_calls')
    .set({ ...facts, state, state_rank: RANKS[state] })
    .where('id', '=', id)
    .where('state_rank', '<', RANKS[state])
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/**
 * Within the transaction of the gate that allowed it: the carrier is about to be asked. False when it is somebody else's
 * by now: dialled by another since `call` was read, answered, or refused.
 */
export async function beginDialling(
  transaction: Transaction<Tables>,
  call: Pick<OutboundCall, 'id' | 'attempts'>,
  at: number,
): Promise<boolean> {
  const dialling = { state: 'placing', state_rank: RANKS.placing, placed_at: Math.round(at), refusal: null }
  const begun = await transaction
    .updateTable('outbound_calls')
    .set({ ...dialling, attempts: call.attempts + 1 })
    .where('id', '=', call.id)
    .where('attempts', '=', call.attempts)
    .where('state_rank', '<=', RANKS.placing)
    .returning('id')
    .executeTakeFirst()
  return begun !== undefined
}

/** What it waits for, for whoever looks. */
export async function noteWaiting(
  database: Database,
  id: string,
  refusal: RefusalCode,
  notBefore: number,
): Promise<void> {
  const change = { refusal, not_before: Math.round(notBefore) }
  await database.updateTable('outbound_calls').set(change).where('id', '=', id).where('state', '=', 'waiting').execute()
}

/** The carrier's id, whoever tells it first: the answer to our request, or a webhook of the call. */
export async function learnCarrierSid(database: Database, id: string, sid: string): Promise<void> {
  const change = { carrier_sid: sid }
  await database
    .updateTable('outbound_calls')
    .set(change)
    .where('id', '=', id)
    .where('carrier_sid', 'is', null)
    .execute()
}

export async function noteAnsweredBy(database: Database, id: string, answeredBy: string): Promise<void> {
  await database.updateTable('outbound_calls').set({ answered_by: answeredBy }).where('id', '=', id).execute()
}

/** Refuses what waits for a number that opted out, within the transaction of the opt-out (I7). Gives their ids. */
export async function refuseWaitingCalls(transaction: Transaction<Tables>, number: string): Promise<string[]> {
  const refused = await transaction
    .updateTable('outbound_calls')
    .set({ state: 'refused', state_rank: RANKS.refused, refusal: 'opted out' satisfies RefusalCode })
    .where('number', '=', number)
    .where('state', '=', 'waiting')
    .returning('id')
    .execute()
  return refused.map(({ id }) => id)
}

/** Key of the outbox row that places a call; the opt-out of its number cancels it. */
export function placingKeyOf(id: string): string {
  return `outbound.place:${id}`
}

function toRow(call: OutboundCall): OutboundCallRow {
  return {
    id: call.id,
    idempotency_key: call.key,
    number: call.number,
    contact_name: call.contactName ?? null,
    kind: call.kind,
    purpose: call.purpose,
    subject: call.subject,
    language: call.language,
    campaign: call.campaign ?? null,
    appointment_id: call.appointmentId ?? null,
    task_id: call.taskId ?? null,
    not_before: Math.round(call.notBefore),
    requested_at: Math.round(call.requestedAt),
    state: call.state,
    state_rank: RANKS[call.state],
    refusal: call.refusal ?? null,
    carrier_sid: call.carrierSid ?? null,
    answered_by: call.answeredBy ?? null,
    placed_at: call.placedAt ?? null,
    answered_at: call.answeredAt ?? null,
    ended_at: call.endedAt ?? null,
    outcome: call.outcome ?? null,
    attempts: call.attempts,
  }
}

function toCall(row: OutboundCallRow): OutboundCall {
  return {
    id: row.id,
    key: row.idempotency_key,
    number: row.number,
    contactName: row.contact_name ?? undefined,
    // Only `toRow` and the functions above write these.
    kind: row.kind as OutboundKind,
    purpose: row.purpose as OutboundCall['purpose'],
    subject: row.subject,
    language: row.language,
    campaign: row.campaign ?? undefined,
    appointmentId: row.appointment_id ?? undefined,
    taskId: row.task_id ?? undefined,
    notBefore: row.not_before,
    requestedAt: row.requested_at,
    state: row.state as OutboundState,
    refusal: (row.refusal ?? undefined) as RefusalCode | undefined,
    carrierSid: row.carrier_sid ?? undefined,
    answeredBy: row.answered_by ?? undefined,
    placedAt: row.placed_at ?? undefined,
    answeredAt: row.answered_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    outcome: row.outcome ?? undefined,
    attempts: row.attempts,
  }
}
