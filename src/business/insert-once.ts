import type { Transaction } from '../storage/database.ts'
import type { Tables } from '../storage/tables.ts'

/** Tables whose rows are named by the intent they follow from. */
type KeyedTable = 'messages' | 'outbound_calls' | 'tasks'
type Keyed = Record<KeyedTable, { idempotency_key: string }>

/**
 * Writes a row unless one of its `idempotency_key` is there, and gives the row that stands then. `added` is false of
 * one that stood before, which is left as it was (RELIABILITY I2).
 */
export async function insertOnce<Table extends KeyedTable>(
  transaction: Transaction<Tables>,
  table: Table,
  row: Tables[Table],
): Promise<{ readonly row: Tables[Table]; readonly added: boolean }> {
  // Kysely cannot tell the columns of a table it gets as a parameter; the key is all that is asked for by name.
  const keyed = transaction as unknown as Transaction<Keyed>
  const written = await keyed
    .insertInto<KeyedTable>(table)
    .values(row)
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (written) return { row: written as Tables[Table], added: true }
  const byKey = keyed.selectFrom<KeyedTable>(table).selectAll().where('idempotency_key', '=', row.idempotency_key)
  return { row: (await byKey.executeTakeFirstOrThrow()) as Tables[Table], added: false }
}
