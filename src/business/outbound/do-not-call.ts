import { createId } from '../../lib/ids.ts'
import type { Database } from '../../storage/database.ts'

/** What the national do-not-call list says of a number. */
export interface DoNotCallEntry {
  /** When our copy was loaded, in epoch ms; undefined: there is none. */
  readonly loadedAt: number | undefined
  readonly listed: boolean
}

const ROWS_A_STATEMENT = 500

/** Owner of the tables `dnc_numbers` and `dnc_copies`. */
export async function doNotCallEntry(database: Database, number: string): Promise<DoNotCallEntry> {
  const copy = await database
    .selectFrom('dnc_copies')
    .select('loaded_at')
    .orderBy('loaded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const row = await database.selectFrom('dnc_numbers').select('number').where('number', '=', number).executeTakeFirst()
  return { loadedAt: copy?.loaded_at, listed: row !== undefined }
}

/**
 * Puts a copy of the list in the place of the last one, whole or not at all. `at` is when the copy was fetched, in epoch
 * ms. Gives how many numbers there are.
 */
export async function loadDoNotCallList(
  database: Database,
  { numbers, at }: { numbers: Iterable<string>; at: number },
): Promise<number> {
  const all = [...new Set(numbers)]
  await database.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('dnc_numbers').execute()
    for (let from = 0; from < all.length; from += ROWS_A_STATEMENT) {
      const rows = all.slice(from, from + ROWS_A_STATEMENT).map((number) => ({ number }))
      await transaction.insertInto('dnc_numbers').values(rows).execute()
    }
    const copy = { id: createId('dnc'), loaded_at: Math.round(at), numbers: all.length }
    await transaction.insertInto('dnc_copies').values(copy).execute()
  })
  return all.length
}

/** The number on a line of the list, as the registry (`617,5550123`) or others (`6175550123`) write it. */
export function numberOnLine(line: string): string | undefined {
  const digits = line.replaceAll(/[\s,;"()+.-]/g, '').replace(/^1(?=\d{10}$)/, '')
  return /^[2-9]\d{9}$/.test(digits) ? `+1${digits}` : undefined
}
