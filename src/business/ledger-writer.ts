import type { Clock } from '../lib/clock.ts'
import { HearthlineError } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { Database } from '../storage/database.ts'
import type { LedgerRow } from '../storage/tables.ts'

/** How long rows of all calls gather before they are written together: a commit costs the same for one or hundreds. */
const GATHER_MS = 50
/** As many rows go into one transaction, and into one statement (SQLite takes 32,766 parameters). */
const GROUP_ROWS = 500
/** How long to stay away after a write failed that may succeed later. The database itself has waited 2 s by then. */
const PAUSE_MS = 250
/** What may wait in memory while the database cannot be written (RELIABILITY F9). */
const MAX_ROWS = 10_000

interface Append extends PromiseWithResolvers<void> {
  readonly rows: readonly LedgerRow[]
}

/**
 * Writes ledger rows of all calls in groups, in the order they came. A row that is there already is left alone, so
 * a group whose outcome is unknown may simply be written again.
 *
 * While the database is busy or away the rows wait here. Beyond 10,000 the oldest appends reject with
 * `ledger_overflow`; a call whose own rows are wrong fails alone.
 */
export class LedgerWriter implements AsyncDisposable {
  readonly #database: Database
  readonly #clock: Clock
  readonly #log: Log
  /** Oldest first; the first `#inFlight` of them are being written. */
  readonly #appends: Append[] = []
  #rows = 0
  #inFlight = 0
  /** So many appends go one by one, to find the one that spoils its group. */
  #singly = 0
  #writing: Promise<boolean> | undefined
  #gathering: Disposable | undefined
  #pause: Disposable | undefined

  constructor(database: Database, { clock, log }: { clock: Clock; log: Log }) {
    this.#database = database
    this.#clock = clock
    this.#log = log
  }

  /** Resolves when the rows are durable. */
  append(rows: readonly LedgerRow[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve()
    const append: Append = { rows, ...Promise.withResolvers<void>() }
    this.#appends.push(append)
    this.#rows += rows.length
    this.#makeRoom()
    this.#schedule()
    return append.promise
  }

  /** Writes now what waits now, trying once. Never rejects: whoever appended hears of failures. */
  async flush(): Promise<void> {
    const last = this.#appends.at(-1)
    while (last && this.#appends.includes(last)) if (!(await this.#write())) return
  }

  /** Flushes; what could not be written rejects with `ledger_closed`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush()
    const message = 'The process ended before these ledger entries could be written. They are lost.'
    for (const append of this.#appends.splice(0)) append.reject(new HearthlineError('ledger_closed', message))
    this.#rows = 0
    this.#stopWaiting()
  }

  #schedule(): void {
    if (this.#writing || this.#pause || this.#rows === 0) return
    if (this.#rows >= GROUP_ROWS || this.#singly > 0) void this.#write()
    else this.#gathering ??= this.#clock.after(GATHER_MS, () => void this.#write())
  }

  /** Writes one group; gives whether it is worth going on. Whoever asks meanwhile waits for the same group. */
  #write(): Promise<boolean> {
    this.#writing ??= this.#writeGroup().finally(() => {
      this.#writing = undefined
      this.#inFlight = 0
      this.#schedule()
    })
    return this.#writing
  }

  async #writeGroup(): Promise<boolean> {
    this.#stopWaiting()
    const group = this.#nextGroup()
    this.#inFlight = group.length
    try {
      await insert(
        this.#database,
        group.flatMap((append) => append.rows),
      )
    } catch (error) {
      return this.#onFailure(error, group)
    }
    for (const append of this.#take(0, group.length)) append.resolve()
    return true
  }

  #nextGroup(): readonly Append[] {
    if (this.#singly > 0) {
      this.#singly -= 1
      return this.#appends.slice(0, 1)
    }
    const group: Append[] = []
    let rows = 0
    for (const append of this.#appends) {
      rows += append.rows.length
      if (rows > GROUP_ROWS && group.length > 0) break
      group.push(append)
    }
    return group
  }

  #onFailure(error: unknown, group: readonly Append[]): boolean {
    if (error instanceof HearthlineError && error.retryable) {
      this.#log.warn({ code: error.code, rows: this.#rows }, 'ledger waits for the database')
      this.#pause = this.#clock.after(PAUSE_MS, () => void this.#write())
      return false
    }
    if (group.length > 1) this.#singly = group.length
    else for (const append of this.#take(0, 1)) append.reject(error)
    return true
  }

  #makeRoom(): void {
    while (this.#rows > MAX_ROWS && this.#appends.length > this.#inFlight) {
      const message = `More than ${MAX_ROWS} ledger rows wait for the database. The oldest were given up; see why it cannot be written.`
      for (const oldest of this.#take(this.#inFlight, 1)) oldest.reject(new HearthlineError('ledger_overflow', message))
    }
  }

  #take(from: number, count: number): readonly Append[] {
    const taken = this.#appends.splice(from, count)
    for (const append of taken) this.#rows -= append.rows.length
    return taken
  }

  #stopWaiting(): void {
    this.#gathering?.[Symbol.dispose]()
    this.#pause?.[Symbol.dispose]()
    this.#gathering = undefined
    this.#pause = undefined
  }
}

async function insert(database: Database, rows: readonly LedgerRow[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (let start = 0; start < rows.length; start += GROUP_ROWS) {
      await transaction
        .insertInto('ledger_entries')
        .values(rows.slice(start, start + GROUP_ROWS))
        .onConflict((conflict) => conflict.columns(['call_id', 'seq']).doNothing())
        .execute()
    }
  })
}
