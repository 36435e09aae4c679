import { PostgresDialect, type PostgresPool, type PostgresPoolClient, type PostgresQueryResult } from 'kysely'
import pg from 'pg'
import type { Log } from '../lib/log.ts'
import { nameDatabaseError } from './database-errors.ts'

/** Kysely's PostgreSQL over a pool whose waits are bounded and whose failures have our names. */
export function createPostgresDialect(options: { url: string; log: Log }): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: 10,
    connectionTimeoutMillis: 2_000,
    // As long as SQLite waits for its lock (RELIABILITY F9).
    lock_timeout: 2_000,
    types: numbersForBigints(),
  })
  // Without a listener a lost connection, idle or in use, would end the process.
  pool.on('connect', (client) => client.on('error', (err) => options.log.warn({ err }, 'database connection lost')))
  pool.on('error', (err) => options.log.warn({ err }, 'database connection lost'))
  return new PostgresDialect({ pool: withNamedErrors(pool) })
}

/** `pg` gives int8 as text. Ours are epoch ms, counts and ids, all far below 2^53. */
function numbersForBigints(): pg.TypeOverrides {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  return types
}

function withNamedErrors(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => new NamedErrorsClient(await pool.connect().catch(rethrowNamed)),
    end: () => pool.end(),
  }
}

class NamedErrorsClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query(): never
  async query(sql?: string, parameters: readonly unknown[] = []): Promise<unknown> {
    if (typeof sql !== 'string') throw new Error('Streaming is not supported: ask for pages')
    return await this.#client.query(sql, parameters.map(withoutNul)).catch(rethrowNamed)
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy)
  }
}

/** PostgreSQL cannot hold NUL in text; one stray character from a model must not cost a call its record. */
function withoutNul(parameter: unknown): unknown {
  return typeof parameter === 'string' ? parameter.replaceAll('\0', '') : parameter
}

function rethrowNamed(thrown: unknown): never {
  throw nameDatabaseError(thrown)
}
