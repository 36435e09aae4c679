import { statSync } from 'node:fs'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Database } from '../../src/storage/database.ts'
import { SqliteThread, startSqliteWorker } from '../../src/storage/sqlite-thread.ts'
import { newSqlitePlace, silentLog } from '../fakes/databases.ts'
import { holdWriteLock } from './write-lock.ts'

const TICK_MS = 10

describe('SQLite in its thread', () => {
  it('leaves the event loop free while another process holds the lock (RELIABILITY F9)', async () => {
    await using place = newSqlitePlace()
    await using database = await place.open()
    const lock = await holdWriteLock(place.location.file)
    const ticks = countTicks()
    setTimeout(() => void lock[Symbol.asyncDispose](), 1_500)
    await addContact(database, '+16175550101')
    // A blocked loop gives one or two; a free one about 150, fewer on a machine that is busy.
    expect(ticks.stop()).toBeGreaterThan(50)
    expect(await numbersIn(database)).toEqual(['+16175550101'])
  })

  it('gives up after two seconds with an error that says to try again', async () => {
    await using place = newSqlitePlace()
    await using database = await place.open()
    {
      await using _lock = await holdWriteLock(place.location.file)
      const busy = { code: 'database_busy', retryable: true }
      await expect(addContact(database, '+16175550101')).rejects.toMatchObject(busy)
    }
    await addContact(database, '+16175550102')
    expect(await numbersIn(database)).toEqual(['+16175550102'])
  })

  it('takes the write lock when a transaction begins, not at its first write', async () => {
    await using place = newSqlitePlace()
    await using first = await place.open()
    await using second = await place.open()
    await first.transaction().execute(async () => {
      await expect(addContact(second, '+16175550101')).rejects.toMatchObject({ code: 'database_busy' })
    })
  })

  it('lets 10,000 statements wait and turns the next away', async () => {
    await using place = newSqlitePlace()
    await using database = await place.open()
    const release = Promise.withResolvers<void>()
    const holding = database.transaction().execute(() => release.promise)
    const asked = Array.from({ length: 10_001 }, () => sql`select 1`.execute(database))
    const settled = Promise.allSettled(asked)
    await expect(asked.at(-1)).rejects.toMatchObject({ code: 'database_overloaded', retryable: true })
    release.resolve()
    await holding
    const refused = (await settled).filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(1)
  })

  it('names a full disk, keeps what was there, and goes on when there is room again (RELIABILITY F10)', async () => {
    await using place = newSqlitePlace()
    await using database = await place.open()
    await addContact(database, '+16175550101')
    await sql`pragma max_page_count = 1`.execute(database)
    const filling = database.transaction().execute(async (transaction) => {
      const long = 'x'.repeat(100_000)
      await sql`update contacts set name = ${long}`.execute(transaction)
    })
    await expect(filling).rejects.toMatchObject({ code: 'database_full', retryable: true })
    expect(await numbersIn(database)).toEqual(['+16175550101'])
    await sql`pragma max_page_count = 100000`.execute(database)
    await addContact(database, '+16175550102')
    expect((await sql`pragma integrity_check`.execute(database)).rows).toEqual([{ integrity_check: 'ok' }])
  })

  it('rejects what was asked and what is asked later when the thread dies', async () => {
    const gone = { code: 'database_gone' }
    const worker = startSqliteWorker()
    const thread = new SqliteThread(worker, silentLog)
    await thread.ask({ type: 'open', file: ':memory:' })
    const long = 'with recursive n(i) as (select 1 union all select i + 1 from n limit 3000000) select count(*) from n'
    const pending = expect(thread.ask({ type: 'run', sql: long, parameters: [] })).rejects.toMatchObject(gone)
    await worker.terminate()
    await pending
    await expect(thread.ask({ type: 'close' })).rejects.toMatchObject(gone)
  })

  it('keeps what callers said from other users of the machine', async () => {
    await using place = newSqlitePlace()
    await using database = await place.open()
    await addContact(database, '+16175550101')
    for (const suffix of ['', '-wal', '-shm']) {
      expect(statSync(place.location.file + suffix).mode & 0o077).toBe(0)
    }
  })

  it('syncs every commit, so that acknowledged rows outlive the power', async () => {
    await using place = newSqlitePlace()
    await using database = await place.open()
    const FULL = 2
    expect((await sql`pragma synchronous`.execute(database)).rows).toEqual([{ synchronous: FULL }])
    expect((await sql`pragma journal_mode`.execute(database)).rows).toEqual([{ journal_mode: 'wal' }])
  })
})

async function addContact(database: Database, number: string): Promise<void> {
  await database.insertInto('contacts').values({ number, calls: 1, first_call_at: 1, last_call_at: 1 }).execute()
}

async function numbersIn(database: Database): Promise<string[]> {
  return (await database.selectFrom('contacts').select('number').execute()).map(({ number }) => number)
}

function countTicks(): { stop(): number } {
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, TICK_MS)
  return {
    stop() {
      clearInterval(timer)
      return ticks
    },
  }
}
