import type { Insertable, Updateable } from 'kysely'
import type { CallRecord, NewCall, StoredCall } from '../call/call-store.ts'
import type { CallFact, EndReason, LedgerEntry } from '../call/facts.ts'
import type { CallRow, CallsTable, LedgerRow } from '../storage/tables.ts'

/** A call in a list: how it began and, once it has ended, how. */
export interface CallOverview extends NewCall {
  /** Undefined while the call has not ended. */
  readonly outcome: Omit<CallRecord, 'callId'> | undefined
}

export function toCallRow(call: NewCall): Insertable<CallsTable> {
  return {
    id: call.callId,
    carrier_call_id: call.carrierCallId,
    from_number: call.from ?? null,
    to_number: call.to,
    started_at: Math.round(call.startedAt),
    agent: call.agent,
    engine: call.engine,
  }
}

export function toEndColumns(record: CallRecord): Updateable<CallsTable> {
  return {
    ended_at: Math.round(record.endedAt),
    end_reason: record.endReason,
    talked_ms: Math.round(record.talkedMs),
    turns: record.turns,
    interruptions: record.interruptions,
    dead_air_ms: Math.round(record.deadAirMs),
    cost_usd: record.costUsd,
    price_version: record.priceVersion,
    cost_avoided_usd: record.costAvoidedUsd ?? null,
    recording_file: record.recordingFile ?? null,
    summary: record.summary,
  }
}

export function toLedgerRow(callId: string, { seq, atMs, fact }: LedgerEntry): LedgerRow {
  return { call_id: callId, seq, at_ms: Math.round(atMs), type: fact.type, data: JSON.stringify(fact) }
}

export function toEntry(row: LedgerRow): LedgerEntry {
  return { seq: row.seq, atMs: row.at_ms, fact: JSON.parse(row.data) as CallFact }
}

export function toNewCall(row: CallRow): NewCall {
  return {
    callId: row.id,
    carrierCallId: row.carrier_call_id,
    from: row.from_number ?? undefined,
    to: row.to_number,
    startedAt: row.started_at,
    agent: row.agent,
    engine: row.engine,
  }
}

export function toStoredCall(row: CallRow): Omit<StoredCall, 'entries'> {
  const endReason = (row.end_reason ?? undefined) as EndReason | undefined
  return { ...toNewCall(row), endedAt: row.ended_at ?? undefined, endReason }
}

export function toOverview(row: CallRow): CallOverview {
  return { ...toNewCall(row), outcome: row.ended_at === null ? undefined : toOutcome(row, row.ended_at) }
}

/** The columns of an end are written together, so the defaults here are never seen. */
function toOutcome(row: CallRow, endedAt: number): CallOverview['outcome'] {
  return {
    endedAt,
    endReason: row.end_reason as EndReason,
    talkedMs: row.talked_ms ?? 0,
    turns: row.turns ?? 0,
    interruptions: row.interruptions ?? 0,
    deadAirMs: row.dead_air_ms ?? 0,
    costUsd: row.cost_usd ?? 0,
    priceVersion: row.price_version ?? '',
    ...(row.cost_avoided_usd === null ? {} : { costAvoidedUsd: row.cost_avoided_usd }),
    recordingFile: row.recording_file ?? undefined,
    summary: row.summary ?? '',
  }
}
