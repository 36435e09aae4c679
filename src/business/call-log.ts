import type { CallRecord, CallStore, NewCall, StoredCall } from '../call/call-store.ts'
import type { EndReason, LedgerEntry } from '../call/facts.ts'
import { type Clock, sleep } from '../lib/clock.ts'
import { HearthlineError } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { Database, Transaction } from '../storage/database.ts'
import type { CallRow, Tables } from '../storage/tables.ts'
import {
  type CallOverview,
  toCallRow,
  toEndColumns,
  toEntry,
  toLedgerRow,
  toNewCall,
  toOverview,
  toStoredCall,
} from './call-rows.ts'
import { countCall } from './contacts.ts'
import { LedgerWriter } from './ledger-writer.ts'
import { addToOutbox } from './outbox.ts'
import { noteRobocall } from './screening/caller-verdicts.ts'

/**
 * Owner of the tables `calls` and `ledger_entries`: every call and what happened in it.
 *
 * It implements the face the call room asks for, so this one file of `business/` knows the *types* of `call/`, which
 * stands above it; nothing of that room runs here. Dispose it before the database: it writes what still waits.
 */
export interface CallLog extends CallStore, AsyncDisposable {
  /** The newest calls first, without their ledgers; only those that rang before `before` (epoch ms) when given. */
  recent(options: { limit: number; before?: number }): Promise<CallOverview[]>
  /**
   * A call by our id, the carrier's, or the beginning of either. Undefined when there is none; throws
   * `call_id_ambiguous` when several begin so.
   */
  get(id: string): Promise<(CallOverview & { readonly entries: readonly LedgerEntry[] }) | undefined>
  /** How the newest 50 ended calls of a number went, the newest first. `number` is E.164. */
  pastCalls(number: string): Promise<PastCall[]>
  /** US dollars a served call costs, by the mean of the last 200; 0 before the first. */
  usualCostUsd(): Promise<number>
  /** What all calls that were kept from the voice engine would have cost, and how many those are. */
  costAvoided(): Promise<{ readonly calls: number; readonly usd: number }>
}

export interface PastCall {
  readonly callId: string
  /** Epoch ms. */
  readonly startedAt: number
  readonly endReason: EndReason
  /** Turns of the caller that were answered. */
  readonly turns: number
}

/** How long, and how far apart, a call's beginning and end are tried while the database cannot be written (I1). */
const PATIENCE_MS = 60_000
const PAUSE_MS = 500

/** As many of a caller's calls as anybody looks at, and as many of all as make a mean. */
const PAST_CALLS = 50
const USUAL_CALLS = 200

export function openCallLog(database: Database, { clock, log }: { clock: Clock; log: Log }): CallLog {
  const writer = new LedgerWriter(database, { clock, log })

  /** A locked database must not lose a call's beginning, without which nothing of it is kept, nor its end. */
  async function patiently(callId: string, write: () => Promise<unknown>): Promise<void> {
    const givingUpAtMs = clock.monotonicMs() + PATIENCE_MS
    for (;;) {
      try {
        await write()
        return
      } catch (error) {
        const retryable = error instanceof HearthlineError && error.retryable
        if (!retryable || clock.monotonicMs() >= givingUpAtMs) throw error
        log.warn({ callId, code: error.code }, 'call waits for the database')
        await sleep(clock, PAUSE_MS)
      }
    }
  }

  return {
    async begin(call) {
      await patiently(call.callId, () => begin(database, call))
    },

    append: (callId, entries) => writer.append(entries.map((entry) => toLedgerRow(callId, entry))),

    end: (record) =>
      patiently(record.callId, async () => {
        await writer.flush()
        await database.transaction().execute((transaction) => end(transaction, record, clock.now()))
      }),

    async find(carrierCallId) {
      await writer.flush()
      return await findDurable(database, carrierCallId)
    },

    findDurable: (carrierCallId) => findDurable(database, carrierCallId),

    async unfinished() {
      const unended = database.selectFrom('calls').selectAll().where('ended_at', 'is', null)
      return (await unended.orderBy('started_at').execute()).map(toNewCall)
    },

    async recent({ limit, before = Number.MAX_SAFE_INTEGER }) {
      const earlier = database.selectFrom('calls').selectAll().where('started_at', '<', Math.round(before))
      const rows = await earlier.orderBy('started_at', 'desc').orderBy('id').limit(limit).execute()
      return rows.map(toOverview)
    },

    async get(id) {
      await writer.flush()
      const row = await findByBeginning(database, id)
      return row && (await withEntries(database, [row], toOverview))[0]
    },

    pastCalls: (number) => pastCalls(database, number),
    usualCostUsd: () => usualCostUsd(database),
    costAvoided: () => costAvoided(database),

    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  }
}

/** A conflict is either our own write, made before, or a call we would lose every fact of. */
async function begin(database: Database, call: NewCall): Promise<void> {
  const row = database.insertInto('calls').values(toCallRow(call))
  const begun = await row
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (begun) return
  const { callId, carrierCallId } = call
  const kept = database.selectFrom('calls').select('id').where('carrier_call_id', '=', carrierCallId)
  const keptId = (await kept.executeTakeFirst())?.id
  if (keptId === callId) return
  throw new HearthlineError(
    'carrier_call_taken',
    `Cannot begin call ${callId}: ${carrierCallId} is kept as ${keptId ?? 'another call'}. Take that one up instead.`,
  )
}

async function findDurable(database: Database, carrierCallId: string): Promise<StoredCall | undefined> {
  const rows = await database.selectFrom('calls').selectAll().where('carrier_call_id', '=', carrierCallId).execute()
  return (await withEntries(database, rows, toStoredCall))[0]
}

/** The state, the contact and the outbox row are one: whoever finds the call ended has all that follows from it. */
async function end(transaction: Transaction<Tables>, record: CallRecord, now: number): Promise<void> {
  const { callId } = record
  const ended = await transaction
    .updateTable('calls')
    .set(toEndColumns(record))
    .where('id', '=', callId)
    .where('ended_at', 'is', null)
    .returning(['from_number', 'started_at'])
    .executeTakeFirst()
  if (!ended) return await assertKnown(transaction, callId)
  const number = ended.from_number ?? undefined
  // Who never got to us, and what was nobody, is nobody we know.
  if (record.robocall && number) await noteRobocall(transaction, { number, callId, at: now })
  else if (record.endReason !== 'screened out') await countCall(transaction, number, ended.started_at)
  const payload = { callId, endReason: record.endReason, ...(record.robocall && { robocall: true }) }
  await addToOutbox(transaction, { topic: 'call.ended', key: `call.ended:${callId}`, payload, callId, at: now })
}

async function assertKnown(transaction: Transaction<Tables>, callId: string): Promise<void> {
  const known = await transaction.selectFrom('calls').select('id').where('id', '=', callId).executeTakeFirst()
  if (known) return
  throw new HearthlineError('call_unknown', `Cannot end call ${callId}: it was never begun in this database.`)
}

async function findByBeginning(database: Database, id: string): Promise<CallRow | undefined> {
  const exact = database
    .selectFrom('calls')
    .selectAll()
    .where(({ or, eb }) => or([eb('id', '=', id), eb('carrier_call_id', '=', id)]))
  const found = await exact.executeTakeFirst()
  if (found || id === '') return found
  // `like` would take the underscore of our ids for any character.
  const candidates = await database
    .selectFrom('calls')
    .selectAll()
    .where(({ or, eb, fn, val }) =>
      or(
        (['id', 'carrier_call_id'] as const).map((column) =>
          eb(fn<string>('substr', [column, val(1), val(id.length)]), '=', id),
        ),
      ),
    )
    .limit(2)
    .execute()
  if (candidates.length < 2) return candidates[0]
  throw new HearthlineError('call_id_ambiguous', `Several calls have ids that begin with "${id}". Give more of it.`)
}

async function pastCalls(database: Database, number: string): Promise<PastCall[]> {
  const rows = await database
    .selectFrom('calls')
    .select(['id', 'started_at', 'end_reason', 'turns'])
    .where('from_number', '=', number)
    .where('ended_at', 'is not', null)
    .orderBy('started_at', 'desc')
    .limit(PAST_CALLS)
    .execute()
  return rows.map((row) => ({
    callId: row.id,
    startedAt: row.started_at,
    endReason: row.end_reason as EndReason,
    turns: row.turns ?? 0,
  }))
}

async function usualCostUsd(database: Database): Promise<number> {
  const served = database
    .selectFrom('calls')
    .select('cost_usd')
    .where('ended_at', 'is not', null)
    .where('cost_avoided_usd', 'is', null)
    .where('talked_ms', '>', 0)
    .orderBy('started_at', 'desc')
    .limit(USUAL_CALLS)
  const mean = await database
    .selectFrom(served.as('served'))
    .select(({ fn }) => fn.avg<number | null>('cost_usd').as('usd'))
    .executeTakeFirst()
  return Number(mean?.usd ?? 0)
}

async function costAvoided(database: Database): Promise<{ calls: number; usd: number }> {
  const sum = await database
    .selectFrom('calls')
    .select(({ fn }) => [
      fn.count<number>('cost_avoided_usd').as('calls'),
      fn.sum<number | null>('cost_avoided_usd').as('usd'),
    ])
    .executeTakeFirst()
  return { calls: Number(sum?.calls ?? 0), usd: Number(sum?.usd ?? 0) }
}

async function withEntries<Call extends NewCall>(
  database: Database,
  rows: readonly CallRow[],
  toCall: (row: CallRow) => Call,
): Promise<(Call & { readonly entries: readonly LedgerEntry[] })[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const entries = await database
    .selectFrom('ledger_entries')
    .selectAll()
    .where('call_id', 'in', ids)
    .orderBy('call_id')
    .orderBy('seq')
    .execute()
  const byCall = Map.groupBy(entries, (entry) => entry.call_id)
  return rows.map((row) => ({ ...toCall(row), entries: (byCall.get(row.id) ?? []).map(toEntry) }))
}
