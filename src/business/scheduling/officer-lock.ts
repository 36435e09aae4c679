import { retry } from '../../lib/backoff.ts'
import { HearthlineError } from '../../lib/errors.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import type { Officer } from '../officers/officer.ts'
import { lockOfficer } from '../officers/officers.ts'
import type { SchedulingParts } from './scheduling-parts.ts'

/**
 * Does something in one transaction that has the officer's time to itself. `change` may run several times and must
 * touch nothing but the transaction. Throws what the database throws when that goes on: nothing was changed then.
 */
export async function withOfficerLocked<Result>(
  { database, clock }: SchedulingParts,
  officer: Pick<Officer, 'id'>,
  change: (transaction: Transaction<Tables>, isActive: boolean) => Promise<Result>,
): Promise<Result> {
  const attempt = () =>
    database
      .transaction()
      .execute(async (transaction) => await change(transaction, await lockOfficer(transaction, officer.id)))
  return await retry(attempt, { ...TRIES, clock, isRetryable })
}

/** Bookings of one officer wait for each other; in a rush the database gives up on some, which is no answer to a caller. */
const TRIES = { tries: 5, firstDelayMs: 100, factor: 2, capMs: 1_000, jitter: 0.5 }

function isRetryable(thrown: unknown): boolean {
  return thrown instanceof HearthlineError && thrown.retryable
}
