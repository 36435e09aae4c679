import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Kysely, sql } from 'kysely'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { migrate } from './migrations.ts'
import { createPostgresDialect } from './postgres-dialect.ts'
import { SqliteThreadDialect } from './sqlite-dialect.ts'
import type { Tables } from './tables.ts'

/** Typed access to every table. Dispose it to close: `await using database = await openDatabase(...)`. */
export type Database = Kysely<Tables>

/** A Kysely transaction over our tables: what is written in it happens together or not at all. */
export type { Transaction } from 'kysely'

/**
 * Opens the database and brings it to the newest shape. `url` (`postgres://...`) wins over `file` (a SQLite file, made
 * with its folder when missing, or `:memory:`). Throws `database_not_opened` or `database_migration_failed`.
 *
 * Statements reject with the errors of `nameDatabaseError`, and with `database_overloaded` when 10,000 already wait.
 */
export async function openDatabase(options: { url?: string; file?: string; log: Log }): Promise<Database> {
  const { url, file, log } = options
  await using unfinished = new AsyncDisposableStack()
  const dialect = url ? createPostgresDialect({ url, log }) : new SqliteThreadDialect({ file: file ?? ':memory:', log })
  const database = unfinished.use(new Kysely<Tables>({ dialect }))
  await reach(database, file, url)
  await migrate(database, url ? 'postgres' : 'sqlite')
  unfinished.move()
  return database
}

/** The database a configuration means: PostgreSQL by its address, else a SQLite file in the data folder. */
export function whereIs(storage: {
  databaseUrl: string | undefined
  dataDir: string
}): { url: string } | { file: string } {
  return storage.databaseUrl ? { url: storage.databaseUrl } : { file: join(storage.dataDir, 'hearthline.sqlite') }
}

/** Whether something can be saved now: a full disk or a lock of seconds lets reads through (RELIABILITY F10). */
export async function isWritable(database: Database): Promise<boolean> {
  const count = database.updateTable('readiness').set((set) => ({ checks: set('checks', '+', 1) }))
  return await count.execute().then(
    () => true,
    () => false,
  )
}

async function reach(database: Database, file: string | undefined, url: string | undefined): Promise<void> {
  try {
    if (!url && file && file !== ':memory:') await createPrivateFile(file)
    await sql`select 1`.execute(database)
  } catch (cause) {
    const what = url ? 'reach the database of DATABASE_URL' : `open or create the database file ${file}`
    const advice = url
      ? 'See that it runs and that the address, user and password are right.'
      : 'See that its folder is writable.'
    throw new HearthlineError('database_not_opened', `Could not ${what}. ${advice} (${messageOf(cause)})`, { cause })
  }
}

/** Callers' words and numbers lie in this file: only our own user may read it. SQLite gives its WAL the same mode. */
async function createPrivateFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await (await open(file, 'a', 0o600)).close()
}
