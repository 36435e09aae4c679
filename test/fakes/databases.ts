import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'

export const silentLog = createLog({ level: 'silent' })

/** An empty place for a database: as `openDatabase` wants it named. Disposing it removes what was written there. */
export interface DatabasePlace extends AsyncDisposable {
  readonly location: { readonly file: string } | { readonly url: string }
  /** Opens it, again if need be. Close each before the place. */
  open(): Promise<Database>
}

/** Runs the suite over SQLite and over PostgreSQL: both must keep every promise of the storage. */
export function describeOnEachDatabase(name: string, suite: (newPlace: () => Promise<DatabasePlace>) => void): void {
  describe(`${name} on SQLite`, () => suite(async () => newSqlitePlace()))
  describe(`${name} on PostgreSQL`, () => {
    let server: PostgresServer
    beforeAll(async () => {
      server = await startPostgres()
    })
    afterAll(async () => await server?.stop())
    suite(() => newPostgresPlace(server.url))
  })
}

/** A SQLite file in a folder of its own. */
export function newSqlitePlace(): DatabasePlace & { readonly location: { readonly file: string } } {
  const folder = mkdtempSync(join(tmpdir(), 'hearthline-sqlite-'))
  const location = { file: join(folder, 'calls.db') }
  return {
    location,
    open: () => openDatabase({ ...location, log: silentLog }),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function newPostgresPlace(serverUrl: string): Promise<DatabasePlace> {
  const name = `hearthline_test_${randomBytes(6).toString('hex')}`
  await tellServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const location = { url: url.href }
  return {
    location,
    open: () => openDatabase({ ...location, log: silentLog }),
    [Symbol.asyncDispose]: () => tellServer(serverUrl, `drop database ${name} with (force)`),
  }
}

async function tellServer(url: string, command: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(command)
  } finally {
    await client.end()
  }
}
