import type { Clock } from '../lib/clock.ts'
import type { Database, Transaction } from '../storage/database.ts'
import type { OutboxRow, Tables } from '../storage/tables.ts'

/**
 * Owner of the table `outbox`: things to do because of something that was saved. A row is written in the transaction
 * of what it follows from, so neither exists without the other (RELIABILITY I2, 3.1). Handlers may run twice.
 */
export interface Outbox {
  /**
   * Up to `limit` rows whose time has come, oldest first, now nobody else's for `leaseMs`. A row waits until every
   * earlier row of its call is done, so what follows from a call follows in order.
   */
  claim(options: { limit: number; leaseMs: number }): Promise<OutboxItem[]>
  /** The effect has happened. A second time changes nothing. */
  done(id: number): Promise<void>
  /** Gives a claimed row back, to be tried again at `availableAt` (epoch ms). */
  postpone(id: number, availableAt: number): Promise<void>
  /** Everything not done yet, oldest first: what a backlog looks like. */
  pending(options: { limit: number }): Promise<OutboxItem[]>
}

export interface OutboxItem {
  readonly id: number
  readonly topic: string
  /** Names the effect: the same key is the same effect, to look up before trying again. */
  readonly key: string
  /** Ids only; what a caller said or is stays in its own table. */
  readonly payload: Readonly<Record<string, unknown>>
  readonly callId: string | undefined
  readonly createdAt: number
  /** How often it has been claimed, this time included. */
  readonly attempts: number
}

/** Adds a row within the transaction of the state it follows from. The same key again changes nothing. */
export async function addToOutbox(
  transaction: Transaction<Tables>,
  item: { topic: string; key: string; payload: Readonly<Record<string, unknown>>; callId?: string; at: number },
): Promise<void> {
  const at = Math.round(item.at)
  await transaction
    .insertInto('outbox')
    .values({
      topic: item.topic,
      key: item.key,
      payload: JSON.stringify(item.payload),
      call_id: item.callId ?? null,
      created_at: at,
      available_at: at,
      attempts: 0,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

export function createOutbox(database: Database, { clock }: { clock: Clock }): Outbox {
  return {
    claim: ({ limit, leaseMs }) => claim(database, { limit, leaseMs, now: Math.round(clock.now()) }),

    async done(id) {
      const doneAt = Math.round(clock.now())
      await database
        .updateTable('outbox')
        .set({ done_at: doneAt })
        .where('id', '=', id)
        .where('done_at', 'is', null)
        .execute()
    },

    async postpone(id, availableAt) {
      const change = { available_at: Math.round(availableAt), lease_until: null }
      await database.updateTable('outbox').set(change).where('id', '=', id).where('done_at', 'is', null).execute()
    },

    async pending({ limit }) {
      const open = database.selectFrom('outbox').selectAll().where('done_at', 'is', null)
      return (await open.orderBy('id').limit(limit).execute()).map(toItem)
    },
  }
}

async function claim(
  database: Database,
  options: { limit: number; leaseMs: number; now: number },
): Promise<OutboxItem[]> {
  const { limit, leaseMs, now } = options
  const candidates = database
    .selectFrom('outbox as candidate')
    .select('candidate.id')
    .where('candidate.done_at', 'is', null)
    .where('candidate.available_at', '<=', now)
    .where((where) => where.or([where('candidate.lease_until', 'is', null), where('candidate.lease_until', '<=', now)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as earlier')
            .select('earlier.id')
            .whereRef('earlier.call_id', '=', 'candidate.call_id')
            .whereRef('earlier.id', '<', 'candidate.id')
            .where('earlier.done_at', 'is', null),
        ),
      ),
    )
    .orderBy('candidate.id')
    .limit(limit)
  const rows = await database
    .updateTable('outbox')
    .set((set) => ({ lease_until: now + Math.round(leaseMs), attempts: set('attempts', '+', 1) }))
    .where('id', 'in', candidates)
    // PostgreSQL looks at these again after waiting for another claimer's row lock; without them both would get it.
    .where('done_at', 'is', null)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
    .returningAll()
    .execute()
  return rows.sort((a, b) => a.id - b.id).map(toItem)
}

function toItem(row: OutboxRow): OutboxItem {
  return {
    id: row.id,
    topic: row.topic,
    key: row.key,
    payload: JSON.parse(row.payload),
    callId: row.call_id ?? undefined,
    createdAt: row.created_at,
    attempts: row.attempts,
  }
}
