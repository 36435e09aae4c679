import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { HearthlineError } from '../lib/errors.ts'
import { createOffice } from './office-migration.ts'
import { createReach } from './reach-migration.ts'
import type { Tables } from './tables.ts'

export type DatabaseKind = 'sqlite' | 'postgres'

/**
 * Brings the database to the newest shape; does nothing when it is there already. All steps run in one transaction,
 * so two processes that start at once wait for each other. Throws `database_migration_failed`, or what the database
 * itself rejects with (`database_busy`, `database_full`, ...).
 */
export async function migrate(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(kind) } })
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return
  if (error instanceof HearthlineError) throw error
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'none'
  throw new HearthlineError(
    'database_migration_failed',
    `Could not bring the database to the newest shape (failed step: ${failed}). Nothing was changed. If a newer version of Hearthline has used this database, start that version.`,
    { cause: error },
  )
}

/** Steps run in the order of their names and never change once released: a new shape is a new step. */
function migrationsFor(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001-calls': { up: createCalls },
    '0002-contacts-and-messages': { up: createContactsAndMessages },
    '0003-outbox': { up: (db) => createOutbox(db, kind) },
    '0004-readiness': { up: createReadiness },
    '0005-screening': { up: createScreening },
    '0006-office': { up: createOffice },
    '0007-reach': { up: createReach },
  }
}

async function createCalls(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('calls')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('carrier_call_id', 'text', (column) => column.notNull().unique())
    .addColumn('from_number', 'text')
    .addColumn('to_number', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('engine', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('end_reason', 'text')
    .addColumn('talked_ms', 'bigint')
    .addColumn('turns', 'integer')
    .addColumn('interruptions', 'integer')
    .addColumn('dead_air_ms', 'bigint')
    .addColumn('cost_usd', 'double precision')
    .addColumn('price_version', 'text')
    .addColumn('recording_file', 'text')
    .addColumn('summary', 'text')
    .execute()
  await db.schema.createIndex('calls_by_start').on('calls').column('started_at').execute()
  // Few calls are unfinished at any time; after a crash they must be found among millions.
  await db.schema
    .createIndex('calls_unfinished')
    .on('calls')
    .column('started_at')
    .where(sql.ref('ended_at'), 'is', null)
    .execute()
  await db.schema
    .createTable('ledger_entries')
    .addColumn('call_id', 'text', (column) => column.notNull().references('calls.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_entries_key', ['call_id', 'seq'])
    .execute()
}

async function createContactsAndMessages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('contacts')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text')
    .addColumn('calls', 'integer', (column) => column.notNull())
    .addColumn('first_call_at', 'bigint', (column) => column.notNull())
    .addColumn('last_call_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('messages')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('idempotency_key', 'text', (column) => column.notNull().unique())
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('caller_number', 'text')
    .addColumn('name', 'text')
    .addColumn('callback_number', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('urgency', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('messages_by_time').on('messages').column('created_at').execute()
}

async function createOutbox(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('outbox')
    // Both give a growing number to a row that names none; they only spell it differently.
    .addColumn('id', kind === 'postgres' ? 'bigserial' : 'integer', (column) => column.primaryKey())
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('available_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('done_at', 'bigint')
    .execute()
  await db.schema
    .createIndex('outbox_open')
    .on('outbox')
    .columns(['call_id', 'id'])
    .where(sql.ref('done_at'), 'is', null)
    .execute()
}

async function createReadiness(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('readiness')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('checks', 'bigint', (column) => column.notNull())
    .execute()
  await sql`insert into readiness (id, checks) values (1, 0)`.execute(db)
}

async function createScreening(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('calls').addColumn('cost_avoided_usd', 'double precision').execute()
  // At each ring: what the number did before.
  await db.schema.createIndex('calls_by_caller').on('calls').columns(['from_number', 'started_at']).execute()
  await db.schema
    .createTable('caller_lists')
    .addColumn('beginning', 'text', (column) => column.primaryKey())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('added_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('caller_verdicts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('given_by', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text')
    .addColumn('given_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('caller_verdicts_by_number')
    .on('caller_verdicts')
    .columns(['number', 'given_at'])
    .execute()
  await db.schema
    .createTable('number_facts')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .execute()
}
