import type { LegOutcome, TransferBook, TransferOutcome } from '../call/transfer/officer-lines.ts'
import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { Database, Transaction } from '../storage/database.ts'
import type { Tables, TransferLegRow, TransferRow } from '../storage/tables.ts'

/**
 * Owner of the tables `transfers` and `transfer_legs`: who was to be connected with whom, which telephones rang, and how
 * long they talked. It is written beside the call, in order, and never holds one up.
 */
export interface Transfers extends TransferBook {
  /** Resolves when all that was told is stored, or could not be. */
  settled(): Promise<void>
  /** What the carrier says of a leg. It only rises: late and repeated news change nothing (I4). */
  legStatus(news: { legId: string; carrierCallId: string; status: string }): Promise<void>
  /** Officer and caller have parted. The first news of it stands. */
  parted(legId: string): Promise<void>
  /** Legs of a call that may still ring, or wait for its caller: of a process that died. */
  openLegs(callId: string): Promise<TransferLegRow[]>
  /** Of one call, in the order they began. */
  ofCall(callId: string): Promise<Transfer[]>
}

/** A caller who was to be connected with an officer. Times are epoch ms, undefined of what has not happened. */
export interface Transfer {
  readonly id: string
  readonly because: string
  readonly startedAt: number
  /** Undefined while it goes on. */
  readonly outcome: TransferOutcome | undefined
  /** With whom they were connected. */
  readonly officerId: string | undefined
  readonly bridgedAt: number | undefined
  readonly endedAt: number | undefined
  readonly talkedMs: number | undefined
  /** In the order they rang. */
  readonly legs: readonly TransferLeg[]
}

/** One telephone that rang. */
export interface TransferLeg {
  readonly id: string
  readonly officerId: string
  /** Undefined until the carrier has said it. */
  readonly carrierCallId: string | undefined
  /** The carrier's word. */
  readonly status: string
  /** Undefined while it rings. */
  readonly outcome: LegOutcome | undefined
  readonly rangAt: number
  readonly endedAt: number | undefined
}

export interface TransfersOptions {
  readonly clock: Clock
  readonly log: Log
  /** What follows from a talk that began, in the same transaction: the brief in writing. */
  readonly onBridged?: (
    transaction: Transaction<Tables>,
    bridged: Parameters<TransferBook['bridged']>[0],
    at: number,
  ) => Promise<void>
}

const RANKS: Readonly<Record<string, number>> = { queued: 0, initiated: 1, ringing: 2, 'in-progress': 3 }
const TERMINAL_RANK = 4

export function createTransfers(database: Database, { clock, log, onBridged }: TransfersOptions): Transfers {
  let last: Promise<void> = Promise.resolve()
  const now = () => Math.round(clock.now())

  /** One after the other, so that a leg never ends before it rang. */
  function write(what: string, work: () => Promise<unknown>): void {
    last = last.then(work).then(
      () => undefined,
      (error: unknown) => log.error({ error: messageOf(error) }, `${what} not kept`),
    )
  }

  return {
    began: (transfer) => write('transfer', () => began(database, transfer, now())),
    rang: (leg) => write('ring of a transfer', () => rang(database, leg, now())),
    legEnded: (legId, outcome) => write('end of a leg', () => legEnded(database, legId, outcome, now())),
    bridged: (bridged) =>
      write('bridge', () =>
        database.transaction().execute(async (transaction) => {
          await bridge(transaction, bridged.transferId, bridged.candidate.officerId, now())
          await onBridged?.(transaction, bridged, now())
        }),
      ),
    ended: (transferId, outcome) => write('end of a transfer', () => ended(database, transferId, outcome, now())),
    settled: () => last,
    legStatus: (news) => legStatus(database, news),
    parted: (legId) => parted(database, legId, now()),
    openLegs: (callId) => openLegs(database, callId),
    ofCall: (callId) => ofCall(database, callId),
  }
}

async function began(
  database: Database,
  { transferId, callId, carrierCallId, because }: Parameters<TransferBook['began']>[0],
  at: number,
): Promise<void> {
  const ids = { id: transferId, call_id: callId, carrier_call_id: carrierCallId }
  const open = { outcome: null, officer_id: null, bridged_at: null, ended_at: null, talked_ms: null }
  await database
    .insertInto('transfers')
    .values({ ...ids, reason: because, started_at: at, ...open })
    .execute()
}

async function rang(
  database: Database,
  { legId, transferId, officerId }: Parameters<TransferBook['rang']>[0],
  at: number,
): Promise<void> {
  const ids = { id: legId, transfer_id: transferId, officer_id: officerId, carrier_call_id: null }
  const open = { status: 'queued', status_rank: 0, outcome: null, ended_at: null }
  await database
    .insertInto('transfer_legs')
    .values({ ...ids, rang_at: at, ...open })
    .execute()
}

/** Somebody who accepted may still be lost; any other outcome is the last. */
async function legEnded(database: Database, legId: string, outcome: LegOutcome, at: number): Promise<void> {
  await database
    .updateTable('transfer_legs')
    .set({ outcome, ended_at: outcome === 'accepted' ? null : at })
    .where('id', '=', legId)
    .where((where) => where.or([where('outcome', 'is', null), where('outcome', '=', 'accepted')]))
    .execute()
}

async function bridge(transaction: Transaction<Tables>, id: string, officerId: string, at: number): Promise<void> {
  await transaction
    .updateTable('transfers')
    .set({ outcome: 'bridged', officer_id: officerId, bridged_at: at })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .execute()
}

async function ended(database: Database, id: string, outcome: TransferOutcome, at: number): Promise<void> {
  await database
    .updateTable('transfers')
    .set({ outcome, ended_at: at })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .execute()
}

async function legStatus(
  database: Database,
  { legId, carrierCallId, status }: Parameters<Transfers['legStatus']>[0],
): Promise<void> {
  const rank = RANKS[status] ?? TERMINAL_RANK
  await database
    .updateTable('transfer_legs')
    .set({ status, status_rank: rank, carrier_call_id: carrierCallId })
    .where('id', '=', legId)
    .where((where) => where.or([where('status_rank', '<', rank), where('carrier_call_id', 'is', null)]))
    .where('status_rank', '<', TERMINAL_RANK)
    .execute()
}

async function parted(database: Database, legId: string, at: number): Promise<void> {
  const leg = database.selectFrom('transfer_legs').select('transfer_id').where('id', '=', legId)
  await database
    .updateTable('transfers')
    .set((set) => ({ ended_at: at, talked_ms: set(set.val(at), '-', set.ref('bridged_at')) }))
    .where('id', '=', leg)
    .where('outcome', '=', 'bridged')
    .where('ended_at', 'is', null)
    .execute()
}

async function openLegs(database: Database, callId: string): Promise<TransferLegRow[]> {
  return await database
    .selectFrom('transfer_legs')
    .innerJoin('transfers', 'transfers.id', 'transfer_legs.transfer_id')
    .selectAll('transfer_legs')
    .where('transfers.call_id', '=', callId)
    .where('transfers.outcome', 'is', null)
    // Somebody who accepted waits for the caller.
    .where((where) =>
      where.or([where('transfer_legs.outcome', 'is', null), where('transfer_legs.outcome', '=', 'accepted')]),
    )
    .execute()
}

async function ofCall(database: Database, callId: string): Promise<Transfer[]> {
  const transfers = database.selectFrom('transfers').selectAll().where('call_id', '=', callId)
  const rows = await transfers.orderBy('started_at').orderBy('id').execute()
  const ids = rows.map(({ id }) => id)
  const legs = ids.length === 0 ? [] : await legsOf(database, ids)
  return rows.map((row) =>
    toTransfer(
      row,
      legs.filter((leg) => leg.transfer_id === row.id),
    ),
  )
}

async function legsOf(database: Database, transferIds: readonly string[]): Promise<TransferLegRow[]> {
  const legs = database.selectFrom('transfer_legs').selectAll().where('transfer_id', 'in', transferIds)
  return await legs.orderBy('rang_at').orderBy('id').execute()
}

function toTransfer(row: TransferRow, legs: readonly TransferLegRow[]): Transfer {
  return {
    id: row.id,
    because: row.reason,
    startedAt: row.started_at,
    // Only the functions above write outcomes.
    outcome: (row.outcome ?? undefined) as Transfer['outcome'],
    officerId: row.officer_id ?? undefined,
    bridgedAt: row.bridged_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    talkedMs: row.talked_ms ?? undefined,
    legs: legs.map(toLeg),
  }
}

function toLeg(row: TransferLegRow): TransferLeg {
  return {
    id: row.id,
    officerId: row.officer_id,
    carrierCallId: row.carrier_call_id ?? undefined,
    status: row.status,
    outcome: (row.outcome ?? undefined) as TransferLeg['outcome'],
    rangAt: row.rang_at,
    endedAt: row.ended_at ?? undefined,
  }
}
