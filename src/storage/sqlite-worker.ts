/**
 * The thread that holds SQLite. Waiting for a lock stops a thread, and the main one carries the audio of every call:
 * a second of waiting there is fifty lost frames per caller (RELIABILITY 2.2).
 */
import { parentPort } from 'node:worker_threads'
import SqliteDatabase from 'better-sqlite3'
import { messageOf } from '../lib/errors.ts'
import type { SqliteReply, SqliteRequest, SqliteResult } from './sqlite-protocol.ts'

/** One wait of SQLite's own, and how many of them make the two seconds of RELIABILITY F9. */
const BUSY_TIMEOUT_MS = 100
const BUSY_ATTEMPTS = 20

const NOTHING: SqliteResult = { rows: [], changes: undefined }

let database: SqliteDatabase.Database | undefined

parentPort?.on('message', (request: SqliteRequest) => {
  parentPort?.postMessage(answer(request))
  if (request.type === 'close') parentPort?.close()
})

function answer(request: SqliteRequest): SqliteReply {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { ok: true, result: perform(request), lockWaitMs: (attempt - 1) * BUSY_TIMEOUT_MS }
    } catch (error) {
      const code = error instanceof SqliteDatabase.SqliteError ? error.code : ''
      if (code.startsWith('SQLITE_BUSY') && attempt < BUSY_ATTEMPTS) continue
      return { ok: false, code, message: messageOf(error), lockWaitMs: (attempt - 1) * BUSY_TIMEOUT_MS }
    }
  }
}

function perform(request: SqliteRequest): SqliteResult {
  switch (request.type) {
    case 'open':
      return open(request.file)
    case 'run':
      return run(request.sql, request.parameters)
    case 'rollback':
      if (database?.inTransaction) database.exec('rollback')
      return NOTHING
    case 'close':
      database?.close()
      return NOTHING
  }
}

function open(file: string): SqliteResult {
  database ??= new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS })
  database.pragma('journal_mode = WAL')
  // NORMAL can lose the last commits with the power; FULL costs 0.1 ms a commit (RELIABILITY I3, 2.2).
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  return NOTHING
}

function run(sql: string, parameters: readonly unknown[]): SqliteResult {
  if (!database) throw new Error('a statement came before the database was opened')
  const statement = database.prepare(sql)
  if (statement.reader) return { rows: statement.all(parameters), changes: undefined }
  return { rows: [], changes: statement.run(parameters).changes }
}
