import type { Clock } from '../lib/clock.ts'
import type { Database, Transaction } from '../storage/database.ts'
import type { OutboxRow, Tables } from '../storage/tables.ts'
import { claimRows, type RowChoice, takeableRows } from './outbox-claim.ts'

/**
 * Owner of the table `outbox`: things to do because of something that was saved. A row is written in the transaction
 * of what it follows from, so neither exists without the other (RELIABILITY I2, 3.1). Handlers may run twice.
 *
 * An item is a claim: while another has the row by now, `postpone`, `fail` and `giveUp` change nothing.
 */
export interface Outbox {
  /**
   * Up to `limit` rows whose time has come, oldest first, now nobody else's for `leaseMs`. A row waits until every
   * earlier row of its call is done, given up or cancelled, so what follows from a call follows in order.
   */
  claim(options: RowChoice & { limit: number; leaseMs: number }): Promise<OutboxItem[]>
  /** What `claim` would take now, left to whoever takes it. */
  takeable(options: RowChoice & { limit: number }): Promise<OutboxItem[]>
  /** The effect has happened, whoever says so and whatever was thought of it since. A second time changes nothing. */
  done(item: Pick<OutboxItem, 'id'>): Promise<void>
  /** Gives a row back whose time has not come: due at `availableAt` (epoch ms). The try does not count. */
  postpone(item: OutboxItem, availableAt: number): Promise<void>
  /** The try failed: nobody takes the row before `retryAt` (epoch ms). It stays due, and old. */
  fail(item: OutboxItem, failure: { error: string; retryAt: number }): Promise<void>
  /** It is not tried again: a dead letter, for somebody to look at. Later rows of its call go on. */
  giveUp(item: OutboxItem, error: string): Promise<void>
  /** Everything not done yet, oldest first: what a backlog looks like. */
  pending(options: { limit: number }): Promise<OutboxItem[]>
  find(key: string): Promise<{ readonly id: number; readonly state: OutboxState } | undefined>
  /** The latest first. */
  deadLetters(options: { limit: number }): Promise<DeadLetter[]>
  /** Opens a dead letter again, with all its tries before it. False when there is none of this id. */
  retryDead(id: number): Promise<boolean>
  /** How long the oldest open row has been due, in ms; 0 when none is. */
  oldestDueMs(): Promise<number>
}

export interface OutboxItem {
  readonly id: number
  readonly topic: string
  /** Names the effect: the same key is the same effect, to look up before trying again. */
  readonly key: string
  /** Ids only; what a caller said or is stays in its own table. Undefined where the row holds no JSON: no job takes it. */
  readonly payload: Readonly<Record<string, unknown>> | undefined
  readonly callId: string | undefined
  readonly createdAt: number
  /** Due since then; failures do not move it. Epoch ms. */
  readonly availableAt: number
  /** How often it has been tried, this time included. Tries whose time had not come do not count. */
  readonly attempts: number
  /** Why the try before failed. */
  readonly lastError: string | undefined
}

export interface DeadLetter extends OutboxItem {
  readonly diedAt: number
}

export type OutboxState = 'open' | 'done' | 'dead' | 'cancelled'

/** Adds a row within the transaction of the state it follows from. The same key again changes nothing. */
export async function addToOutbox(
  transaction: Transaction<Tables>,
  item: {
    topic: string
    key: string
    payload: Readonly<Record<string, unknown>>
    /** Rows of one call are carried out in their order. */
    callId?: string
    /** Now, in epoch ms. */
    at: number
    /** Not before this. Such a row must not name a call: what follows in it would wait as well. */
    notBefore?: number
  },
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
      available_at: Math.max(at, Math.round(item.notBefore ?? at)),
      attempts: 0,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

/**
 * Calls off the open rows of these keys, within the transaction of what makes them unwanted. One that is being carried
 * out at this moment is not tried again, but this try may still succeed: its job looks before it acts.
 *
 * `at` is now, in epoch ms. Gives the keys that were open.
 */
export async function cancelInOutbox(
  transaction: Transaction<Tables>,
  keys: readonly string[],
  at: number,
): Promise<string[]> {
  if (keys.length === 0) return []
  const cancelled = await transaction
    .updateTable('outbox')
    .set({ done_at: Math.round(at), outcome: 'cancelled' })
    .where('key', 'in', keys)
    .where('done_at', 'is', null)
    .returning('key')
    .execute()
  return cancelled.map(({ key }) => key)
}

export function createOutbox(database: Database, { clock }: { clock: Clock }): Outbox {
  const now = () => Math.round(clock.now())
  /** The row, while the claim is the latest one: every claim counts the row's tries up. */
  const held = (item: OutboxItem) =>
    database
      .updateTable('outbox')
      .where('id', '=', item.id)
      .where('attempts', '=', item.attempts)
      // A try that did not count gives its number back; the row has no lease then, until somebody counts it up again.
      .where('lease_until', 'is not', null)
      .where('done_at', 'is', null)

  return {
    async claim(options) {
      const rows = await claimRows(database, { ...options, now: now() })
      return rows.map(toItem)
    },

    async takeable(options) {
      const rows = takeableRows(database, { ...options, now: now() })
      return (await rows.selectAll().limit(options.limit).execute()).map(toItem)
    },

    async done({ id }) {
      await database
        .updateTable('outbox')
        .set({ done_at: now(), outcome: 'done' })
        .where('id', '=', id)
        .where((where) => where.or([where('done_at', 'is', null), where('outcome', 'in', ['dead', 'cancelled'])]))
        .execute()
    },

    async postpone(item, availableAt) {
      const change = { available_at: Math.round(availableAt), lease_until: null, attempts: item.attempts - 1 }
      await held(item).set(change).execute()
    },

    async fail(item, { error, retryAt }) {
      await held(item)
        .set({ lease_until: Math.round(retryAt), last_error: error })
        .execute()
    },

    async giveUp(item, error) {
      await held(item).set({ done_at: now(), outcome: 'dead', last_error: error }).execute()
    },

    async pending({ limit }) {
      const open = database.selectFrom('outbox').selectAll().where('done_at', 'is', null)
      return (await open.orderBy('id').limit(limit).execute()).map(toItem)
    },

    async find(key) {
      const row = await database.selectFrom('outbox').selectAll().where('key', '=', key).executeTakeFirst()
      return row && { id: row.id, state: stateOf(row) }
    },

    async deadLetters({ limit }) {
      const dead = database.selectFrom('outbox').selectAll().where('outcome', '=', 'dead')
      const rows = await dead.orderBy('done_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
      return rows.map((row) => ({ ...toItem(row), diedAt: row.done_at ?? 0 }))
    },

    async retryDead(id) {
      const opened = await database
        .updateTable('outbox')
        .set({ done_at: null, outcome: null, attempts: 0, lease_until: null, available_at: now() })
        .where('id', '=', id)
        .where('outcome', '=', 'dead')
        .executeTakeFirst()
      return opened.numUpdatedRows > 0n
    },

    async oldestDueMs() {
      const at = now()
      const { oldest } = await database
        .selectFrom('outbox')
        .select((select) => select.fn.min('available_at').as('oldest'))
        .where('done_at', 'is', null)
        .where('available_at', '<=', at)
        .executeTakeFirstOrThrow()
      return oldest === null ? 0 : at - oldest
    },
  }
}

function toItem(row: OutboxRow): OutboxItem {
  return {
    id: row.id,
    topic: row.topic,
    key: row.key,
    payload: payloadIn(row),
    callId: row.call_id ?? undefined,
    createdAt: row.created_at,
    availableAt: row.available_at,
    attempts: row.attempts,
    lastError: row.last_error ?? undefined,
  }
}

/** One row that somebody has damaged must not keep the others from whoever asks for many. */
function payloadIn({ payload }: OutboxRow): OutboxItem['payload'] {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

/** Rows from before outcomes were kept were all done. */
function stateOf({ done_at, outcome }: OutboxRow): OutboxState {
  if (done_at === null) return 'open'
  return outcome === 'dead' || outcome === 'cancelled' ? outcome : 'done'
}
