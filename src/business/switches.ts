import type { Database, Transaction } from '../storage/database.ts'
import type { Tables } from '../storage/tables.ts'

/** Switches the office can throw while the server runs. */
export type SwitchName = 'outbound'

/** Owner of the table `switches`. A switch that was never thrown is on. Read each time: it counts at once (S9). */
export async function isSwitchedOn(database: Database, name: SwitchName): Promise<boolean> {
  const row = await database.selectFrom('switches').select('is_on').where('name', '=', name).executeTakeFirst()
  return row?.is_on !== 0
}

/** `at` is now, in epoch ms. */
export async function throwSwitch(
  database: Database,
  { name, on, at }: { name: SwitchName; on: boolean; at: number },
): Promise<void> {
  const state = { is_on: on ? 1 : 0, changed_at: Math.round(at) }
  await database
    .insertInto('switches')
    .values({ name, ...state })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(state))
    .execute()
}

/**
 * Whoever does the thing the switch is for writes here first, within their transaction: two processes wait for each other,
 * and the second sees what the first did. The switch itself stays as it is.
 */
export async function takeTurn(transaction: Transaction<Tables>, name: SwitchName, at: number): Promise<void> {
  const taken = { changed_at: Math.round(at) }
  await transaction
    .insertInto('switches')
    .values({ name: `turn: ${name}`, is_on: 1, ...taken })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(taken))
    .execute()
}
