import { type KyselyPlugin, type RootOperationNode, sql } from 'kysely'
import { expect, it } from 'vitest'
import { LedgerWriter } from '../../src/business/ledger-writer.ts'
import { HearthlineError } from '../../src/lib/errors.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import type { LedgerRow } from '../../src/storage/tables.ts'
import { silentLog } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const row = (seq: number, callId = 'call_1'): LedgerRow => ({ call_id: callId, seq, at_ms: 0, type: 'x', data: '{}' })

it('writes what all calls append within 50 ms at once', async () => {
  await using desk = await openDesk()
  const appends = Array.from({ length: 300 }, (_, index) => desk.writer.append([row(index, `call_${1 + (index % 2)}`)]))
  expect(desk.inserts).toBe(0)
  desk.clock.advance(50)
  await Promise.all(appends)
  expect(desk.inserts).toBe(1)
  expect(await countRows(desk.database)).toBe(300)
})

it('does not wait when 500 rows have gathered, and puts no more than that into one statement', async () => {
  await using desk = await openDesk()
  const appends = Array.from({ length: 1_000 }, (_, seq) => desk.writer.append([row(seq)]))
  await Promise.all(appends.slice(0, 500))
  await Promise.all(appends.slice(500))
  expect(desk.inserts).toBe(2)
})

it('writes an append that is larger than a group as one', async () => {
  await using desk = await openDesk()
  await desk.writer.append(Array.from({ length: 1_200 }, (_, seq) => row(seq)))
  expect(desk.inserts).toBe(3)
  expect(await countRows(desk.database)).toBe(1_200)
})

it('acknowledges in the order of the appends', async () => {
  await using desk = await openDesk()
  const order: number[] = []
  const appends = [1, 2, 3].map((seq) => desk.writer.append([row(seq)]).then(() => order.push(seq)))
  desk.clock.advance(50)
  await Promise.all(appends)
  expect(order).toEqual([1, 2, 3])
})

it('keeps rows while the database is busy and tries again after a pause', async () => {
  await using desk = await openDesk()
  desk.failWith(new HearthlineError('database_busy', 'locked', { retryable: true }))
  const appending = desk.writer.append([row(1)])
  await desk.writer.flush()
  expect(await countRows(desk.database)).toBe(0)
  desk.failWith(undefined)
  desk.clock.advance(250)
  await appending
  expect(await countRows(desk.database)).toBe(1)
})

it('gives up the oldest beyond 10,000 rows and saves the rest', async () => {
  await using desk = await openDesk()
  desk.failWith(new HearthlineError('database_busy', 'locked', { retryable: true }))
  const hundred = (from: number) => Array.from({ length: 100 }, (_, index) => row(from * 100 + index))
  const oldest = expect(desk.writer.append(hundred(0))).rejects.toMatchObject({ code: 'ledger_overflow' })
  await desk.writer.flush()
  const others = Array.from({ length: 100 }, (_, index) => desk.writer.append(hundred(index + 1)))
  await oldest
  desk.failWith(undefined)
  desk.clock.advance(250)
  await Promise.all(others)
  expect(await countRows(desk.database)).toBe(10_000)
})

it('rejects every append of a call with wrong rows, and only those', async () => {
  await using desk = await openDesk()
  const appends = ['call_1', 'call_none', 'call_2', 'call_none'].map((callId, seq) =>
    desk.writer.append([row(seq, callId)]),
  )
  desk.clock.advance(50)
  const outcomes = await Promise.allSettled(appends)
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected'])
})

it('writes what waits when it is closed, and leaves no timer', async () => {
  await using desk = await openDesk()
  const appending = desk.writer.append([row(1)])
  await desk.writer[Symbol.asyncDispose]()
  await appending
  expect(await countRows(desk.database)).toBe(1)
  expect(desk.clock.timers).toBe(0)
})

it('says that rows are lost when the database stays away until it is closed', async () => {
  await using desk = await openDesk()
  desk.failWith(new HearthlineError('database_gone', 'away', { retryable: true }))
  const appending = expect(desk.writer.append([row(1)])).rejects.toMatchObject({ code: 'ledger_closed' })
  await desk.writer[Symbol.asyncDispose]()
  await appending
  expect(desk.clock.timers).toBe(0)
})

interface Desk extends AsyncDisposable {
  readonly database: Database
  readonly writer: LedgerWriter
  readonly clock: FakeClock
  readonly inserts: number
  failWith(error: Error | undefined): void
}

/** A writer on a real database that has `call_1` and `call_2`; its inserts are counted, and fail when told to. */
async function openDesk(): Promise<Desk> {
  const database = await openDatabase({ file: ':memory:', log: silentLog })
  await sql`insert into calls (id, carrier_call_id, to_number, started_at, agent, engine)
    values ('call_1', 'CA1', '', 0, '', ''), ('call_2', 'CA2', '', 0, '', '')`.execute(database)
  const inserts = new InsertWatch()
  const clock = new FakeClock()
  const writer = new LedgerWriter(database.withPlugin(inserts), { clock, log: silentLog })
  return {
    database,
    writer,
    clock,
    get inserts() {
      return inserts.count
    },
    failWith(error) {
      inserts.error = error
    },
    async [Symbol.asyncDispose]() {
      await writer[Symbol.asyncDispose]()
      await database.destroy()
    },
  }
}

class InsertWatch implements KyselyPlugin {
  count = 0
  error: Error | undefined

  transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
    if (this.error) throw this.error
    if (node.kind === 'InsertQueryNode') this.count += 1
    return node
  }

  async transformResult<Result>({ result }: { result: Result }): Promise<Result> {
    return result
  }
}

async function countRows(database: Database): Promise<number> {
  const counted = database.selectFrom('ledger_entries').select(({ fn }) => fn.countAll<number>().as('count'))
  return (await counted.executeTakeFirstOrThrow()).count
}
