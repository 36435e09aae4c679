import SqliteDatabase from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from '../../src/storage/database.ts'
import { nameDatabaseError } from '../../src/storage/database-errors.ts'
import { migrate } from '../../src/storage/migrations.ts'
import type { Tables } from '../../src/storage/tables.ts'
import { Chance } from './chance.ts'
import type { History, Row } from './history.ts'
import { Life } from './life.ts'
import { never, Turns } from './turns.ts'

/** What is written into the history of each committed change. */
const WATCHED: Readonly<Record<string, readonly string[]>> = {
  texts: [
    ...['id', 'idempotency_key', 'direction', 'number', 'purpose', 'status', 'status_rank', 'carrier_sid'],
    ...['appointment_id', 'sent_at', 'failure'],
  ],
  outbound_calls: ['id', 'number', 'state', 'state_rank', 'carrier_sid', 'refusal', 'placed_at', 'outcome'],
  appointments: [
    ...['id', 'officer_id', 'contact_number', 'starts_at', 'ends_at', 'status', 'held_until', 'replaces'],
    ...['event_id', 'ended_because', 'idempotency_key', 'call_id'],
  ],
  transfer_legs: ['id', 'status', 'status_rank'],
  calls: ['id', 'ended_at'],
  outbox: ['id', 'topic', 'key', 'done_at', 'outcome', 'last_error'],
}
const WATCHED_WHOLE = { opt_outs: ['number', 'source'] }

/**
 * One SQLite database in memory with the tables of the house, to which any number of processes connect. It runs in this
 * thread rather than in the storage room's own, so that the order of statements is the seed's. A process that dies
 * leaves what it has committed; its open transaction is rolled back, as SQLite does with the journal of a dead one.
 */
export class SimDatabase implements Disposable {
  readonly #sqlite: SqliteDatabase.Database
  readonly #history: History | undefined
  readonly #turns: Turns
  readonly #statements = new Map<string, SqliteDatabase.Statement<unknown[]>>()
  readonly #waiting: { readonly life: Life; readonly resolve: () => void }[] = []
  #holder: Life | undefined
  #seen = 0
  /** What the open transaction has written so far: names its crash points. */
  #path = ''

  constructor(sqlite: SqliteDatabase.Database, { history, turns }: { history?: History; turns: Turns }) {
    this.#sqlite = sqlite
    this.#history = history
    this.#turns = turns
  }

  static async open(options: { history: History; turns: Turns }): Promise<SimDatabase> {
    template ??= await makeTemplate()
    return new SimDatabase(new SqliteDatabase(template), options)
  }

  connect(life: Life): Database {
    return new Kysely<Tables>({ dialect: new SimDialect(this, life) })
  }

  /** Looks at what is committed, beside everybody. */
  all<T>(sql: string, ...parameters: unknown[]): T[] {
    return this.#prepared(sql).all(...parameters) as T[]
  }

  async acquire(life: Life): Promise<void> {
    if (!life.isAlive) return await never()
    if (this.#holder) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#waiting.push({ life, resolve })
      return await promise
    }
    this.#holder = life
  }

  release(life: Life): void {
    if (this.#holder !== life) return
    this.#holder = undefined
    this.#path = ''
    const next = this.#waiting.shift()
    if (!next) return
    this.#holder = next.life
    next.resolve()
  }

  /** What it has begun is undone, and it waits for nothing any more. */
  bury(life: Life): void {
    for (const waiting of this.#waiting.filter((one) => one.life === life))
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
    if (this.#holder !== life) return
    if (this.#sqlite.inTransaction) this.#sqlite.exec('rollback')
    this.release(life)
  }

  async run(life: Life, { sql, parameters }: CompiledQuery): Promise<QueryResult<unknown>> {
    await this.#turns.turn()
    if (!life.isAlive) return await never()
    const step = stepOf(sql)
    if (step === undefined) return this.#perform(sql, parameters)
    await life.point(`before ${this.#path}${step}`)
    const result = this.#perform(sql, parameters)
    this.#path = step === 'commit' || step === 'rollback' ? '' : `${this.#path}${step}, `
    if (!this.#sqlite.inTransaction) this.#remember()
    if (step === 'commit' || !this.#sqlite.inTransaction) await life.point(`after ${step}`)
    return result
  }

  [Symbol.dispose](): void {
    this.#sqlite.close()
  }

  export(): Buffer {
    return this.#sqlite.serialize()
  }

  #perform(sql: string, parameters: readonly unknown[]): QueryResult<unknown> {
    try {
      const statement = this.#prepared(sql)
      if (statement.reader) return { rows: statement.all(...parameters) }
      return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
    } catch (error) {
      throw nameDatabaseError(error)
    }
  }

  #prepared(sql: string): SqliteDatabase.Statement<unknown[]> {
    const statement = this.#statements.get(sql) ?? this.#sqlite.prepare<unknown[]>(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #remember(): void {
    if (!this.#history) return
    const rows = this.all<{ id: number; what: string; before: string | null; after: string | null }>(
      'select * from history where id > ? order by id',
      this.#seen,
    )
    for (const { id, what, before, after } of rows) {
      this.#seen = id
      this.#history.add({ type: 'committed', table: what, before: toRow(before), after: toRow(after) })
    }
  }
}

let template: Buffer | undefined

async function makeTemplate(): Promise<Buffer> {
  const sqlite = new SqliteDatabase(':memory:')
  const turns = new Turns(new Chance(0))
  const life = new Life({ name: 'maker', endsAt: () => false, onPoint: () => {}, onDeath: () => {} })
  const database = new SimDatabase(sqlite, { turns })
  let isMade = false
  const made = migrate(database.connect(life), 'sqlite').finally(() => {
    isMade = true
  })
  while (!isMade) await turns.drain()
  await made
  sqlite.exec('create table history (id integer primary key, what text, before text, after text)')
  for (const [table, columns] of Object.entries(WATCHED)) watch(sqlite, table, columns, columns)
  for (const [table, columns] of Object.entries(WATCHED_WHOLE)) watch(sqlite, table, columns, columns)
  return database.export()
}

function watch(sqlite: SqliteDatabase.Database, table: string, columns: readonly string[], of: readonly string[]) {
  const json = (row: 'old' | 'new') => `json_object(${columns.map((name) => `'${name}', ${row}.${name}`).join(', ')})`
  const note = (before: string, after: string) =>
    `insert into history (what, before, after) values ('${table}', ${before}, ${after});`
  sqlite.exec(`
    create trigger see_new_${table} after insert on ${table} begin ${note('null', json('new'))} end;
    create trigger see_change_${table} after update of ${of.join(', ')} on ${table} begin ${note(json('old'), json('new'))} end;
    create trigger see_end_${table} after delete on ${table} begin ${note(json('old'), 'null')} end;`)
}

function toRow(json: string | null): Row | null {
  return json === null ? null : (JSON.parse(json) as Row)
}

/** `update texts`; undefined for what only looks. */
function stepOf(sql: string): string | undefined {
  const [, verb = '', table = ''] =
    /^(begin|commit|rollback|insert into|update|delete from)\b(?:\s+"(\w+)")?/i.exec(sql) ?? []
  return verb === '' ? undefined : `${verb.toLowerCase()} ${table}`.trim()
}

class SimDialect implements Dialect {
  readonly #database: SimDatabase
  readonly #life: Life

  constructor(database: SimDatabase, life: Life) {
    this.#database = database
    this.#life = life
  }

  createDriver(): Driver {
    return new SimDriver(this.#database, this.#life)
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): SqliteAdapter {
    return new SimAdapter()
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db)
  }
}

/** As that of the storage room. */
class SimAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }

  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class SimDriver implements Driver {
  readonly #database: SimDatabase
  readonly #life: Life
  readonly #connection: DatabaseConnection

  constructor(database: SimDatabase, life: Life) {
    this.#database = database
    this.#life = life
    this.#connection = {
      executeQuery: <Row>(query: CompiledQuery) => database.run(life, query) as Promise<QueryResult<Row>>,
      // biome-ignore lint/correctness/useYield: a face of Kysely's that nothing here uses
      async *streamQuery() {
        throw new Error('not supported')
      },
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#database.acquire(this.#life)
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#database.release(this.#life)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {}
}
