import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { CallerVerdictRow, Tables } from '../../storage/tables.ts'

/** What is said of who calls from a number. Of several, those of a person count more; among those, the last. */
export interface CallerVerdict {
  /** E.164. */
  readonly number: string
  readonly verdict: 'robocall' | 'not spam'
  readonly by: 'call' | 'person'
  readonly callId: string | undefined
  /** Epoch ms. */
  readonly at: number
}

/** Owner of the table `caller_verdicts`. Nothing is ever changed or taken back there: a correction is a new verdict. */
export interface CallerVerdicts {
  /** The newest first, 100 at most. */
  of(number: string): Promise<CallerVerdict[]>
  /** Somebody of the office knows better. Used by the next ring. */
  correct(correction: Pick<CallerVerdict, 'number' | 'verdict' | 'callId'>): Promise<void>
  /** A call showed itself to be a robocall; told twice it counts once. */
  noteRobocall(seen: { readonly number: string; readonly callId: string }): Promise<void>
  recent(options: { limit: number }): Promise<CallerVerdict[]>
}

const MOST_VERDICTS = 100

export function createCallerVerdicts(database: Database, { clock }: { clock: Clock }): CallerVerdicts {
  const newestFirst = database.selectFrom('caller_verdicts').selectAll().orderBy('given_at', 'desc').orderBy('id')
  return {
    async of(number) {
      return (await newestFirst.where('number', '=', number).limit(MOST_VERDICTS).execute()).map(toVerdict)
    },

    async correct({ number, verdict, callId }) {
      const given = { given_by: 'person', call_id: callId ?? null, given_at: Math.round(clock.now()) }
      await database
        .insertInto('caller_verdicts')
        .values({ id: createId('verdict'), number, verdict, ...given })
        .execute()
    },

    noteRobocall: ({ number, callId }) => noteRobocall(database, { number, callId, at: clock.now() }),

    async recent({ limit }) {
      return (await newestFirst.limit(limit).execute()).map(toVerdict)
    },
  }
}

/** The same within a transaction, such as the one that ends the call. `number` is E.164, `at` in epoch ms. */
export async function noteRobocall(
  database: Database | Transaction<Tables>,
  { number, callId, at }: { readonly number: string; readonly callId: string; readonly at: number },
): Promise<void> {
  const seen = { given_by: 'call', call_id: callId, given_at: Math.round(at) }
  await database
    .insertInto('caller_verdicts')
    .values({ id: `verdict_of_${callId}`, number, verdict: 'robocall', ...seen })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

function toVerdict(row: CallerVerdictRow): CallerVerdict {
  return {
    number: row.number,
    verdict: row.verdict === 'robocall' ? 'robocall' : 'not spam',
    by: row.given_by === 'person' ? 'person' : 'call',
    callId: row.call_id ?? undefined,
    at: row.given_at,
  }
}
