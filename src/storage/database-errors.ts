import { HearthlineError, messageOf } from '../lib/errors.ts'

/**
 * Gives the failures someone can act on their names, the same for both databases:
 * `database_busy` (locked, deadlocked), `database_overloaded` (too many at once), `database_full` (no space: somebody may
 * make room), `database_broken` (a disk that fails) and `database_gone` (connection lost: look up what a commit under
 * way did). All may be tried again. Anything else, such as a broken constraint, comes back as it was.
 */
export function nameDatabaseError(thrown: unknown): unknown {
  const failure = FAILURES.find((candidate) => candidate.matches(codeOf(thrown), messageOf(thrown)))
  if (!failure) return thrown
  return new HearthlineError(failure.code, failure.message, { cause: thrown, retryable: failure.retryable })
}

interface Failure {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
  matches(code: string, message: string): boolean
}

/** SQLite's names are its own; five characters are PostgreSQL's SQLSTATE; the `E` codes are the system's. */
const FAILURES: readonly Failure[] = [
  {
    code: 'database_busy',
    message: 'The database is locked by someone else and stayed so. Nothing was written; try again.',
    retryable: true,
    matches: (code) => /^SQLITE_(BUSY|LOCKED)|^(55P03|40001|40P01)$/.test(code),
  },
  {
    code: 'database_overloaded',
    message: 'The database takes no more connections. Nothing was written; try again, or raise its limit.',
    retryable: true,
    matches: (code) => code === '53300',
  },
  {
    code: 'database_full',
    message: 'The disk under the database is full. Nothing was written; free some space.',
    retryable: true,
    matches: (code) => /^(SQLITE_FULL|ENOSPC|53100)$/.test(code),
  },
  {
    code: 'database_broken',
    message: 'The disk under the database could not be read or written. See that it is there and whole.',
    retryable: true,
    matches: (code) => /^(SQLITE_(IOERR|CANTOPEN|READONLY)\w*|EIO|EROFS|58030)$/.test(code),
  },
  {
    code: 'database_gone',
    message: 'The connection to the database was lost or could not be made. See that it runs and can be reached.',
    retryable: true,
    // `pg` gives no code when the connection ends under a query or the pool waits too long for one.
    matches: (code, message) =>
      /^(08...|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/.test(code) ||
      /^Connection terminated|timeout exceeded when trying to connect/.test(message),
  },
]

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}
