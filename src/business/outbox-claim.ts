import type { Database } from '../storage/database.ts'
import type { OutboxRow } from '../storage/tables.ts'

/** Which rows are meant; undefined: any. */
export interface RowChoice {
  readonly topics?: readonly string[]
  readonly ids?: readonly number[]
  /** None of these, whatever their lease says: a wall clock that was set forward ends every lease at once. */
  readonly except?: readonly number[]
}

/** Makes rows the claimer's until `now + leaseMs`: each goes to one of those who ask at the same moment. */
export async function claimRows(
  database: Database,
  options: RowChoice & { limit: number; leaseMs: number; now: number },
): Promise<OutboxRow[]> {
  const { limit, leaseMs, now } = options
  const rows = await database
    .updateTable('outbox')
    .set((set) => ({ lease_until: now + Math.round(leaseMs), attempts: set('attempts', '+', 1) }))
    .where('id', 'in', takeableRows(database, options).select('candidate.id').limit(limit))
    // PostgreSQL looks at these again after waiting for another's row lock; without them both would get the row.
    .where('done_at', 'is', null)
    .where('available_at', '<=', now)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
    .returningAll()
    .execute()
  return rows.sort((a, b) => a.id - b.id)
}

/** Rows that are due and free, and of their call the first that is open; the oldest first. */
export function takeableRows(database: Database, { topics, ids, except = [], now }: RowChoice & { now: number }) {
  return database
    .selectFrom('outbox as candidate')
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
    .$if(topics !== undefined, (query) => query.where('candidate.topic', 'in', topics ?? []))
    .$if(except.length > 0, (query) => query.where('candidate.id', 'not in', except))
    .$if(ids !== undefined, (query) => query.where('candidate.id', 'in', ids ?? []))
    .orderBy('candidate.id')
}
