import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Log } from '../lib/log.ts'
import { ConnectionQueue } from './connection-queue.ts'
import { SqliteThread, startSqliteWorker } from './sqlite-thread.ts'

/**
 * Kysely's SQLite with the database in a thread of its own. One connection: statements and whole transactions take
 * turns, and of those waiting there are at most 10,000 (RELIABILITY F9).
 *
 * `kysely-sqlite-worker` does the same without BEGIN IMMEDIATE, waiting for locks, or a bound.
 */
export class SqliteThreadDialect implements Dialect {
  readonly #file: string
  readonly #log: Log

  constructor(options: { file: string; log: Log }) {
    this.#file = options.file
    this.#log = options.log
  }

  createDriver(): Driver {
    return new SqliteThreadDriver(this.#file, this.#log)
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): SqliteAdapter {
    return new SqliteThreadAdapter()
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db)
  }
}

const MAX_WAITING = 10_000

class SqliteThreadAdapter extends SqliteAdapter {
  /** Kysely would queue for the one connection without a bound; the driver's own queue has one. */
  override get supportsMultipleConnections(): boolean {
    return true
  }

  /** SQLite can; Kysely says no for those who switch foreign keys off while migrating, which we do not. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class SqliteThreadDriver implements Driver {
  readonly #file: string
  readonly #log: Log
  readonly #queue = new ConnectionQueue(MAX_WAITING)
  #connection: SqliteConnection | undefined

  constructor(file: string, log: Log) {
    this.#file = file
    this.#log = log
  }

  async init(): Promise<void> {
    const thread = new SqliteThread(startSqliteWorker(), this.#log)
    try {
      await thread.ask({ type: 'open', file: this.#file })
    } catch (error) {
      await thread[Symbol.asyncDispose]()
      throw error
    }
    this.#connection = new SqliteConnection(thread)
  }

  async acquireConnection(): Promise<SqliteConnection> {
    await this.#queue.acquire()
    if (!this.#connection) throw new Error('a connection was asked for before the database was opened')
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#queue.release()
  }

  /** IMMEDIATE takes the write lock here, where waiting works; upgrading a read later fails at once (RELIABILITY 2.2). */
  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    await connection.rollback()
  }

  async destroy(): Promise<void> {
    await this.#connection?.close()
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #thread: SqliteThread

  constructor(thread: SqliteThread) {
    this.#thread = thread
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = await this.#thread.ask({ type: 'run', sql: query.sql, parameters: query.parameters })
    return { rows: rows as Row[], ...(changes === undefined ? {} : { numAffectedRows: BigInt(changes) }) }
  }

  // biome-ignore lint/correctness/useYield: a face of Kysely's that nothing here uses
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Streaming is not supported: ask for pages')
  }

  async rollback(): Promise<void> {
    await this.#thread.ask({ type: 'rollback' })
  }

  async close(): Promise<void> {
    await this.#thread[Symbol.asyncDispose]()
  }
}
