import type { Database, Transaction } from '../storage/database.ts'
import type { ContactFactRow, Tables } from '../storage/tables.ts'

/** Something a contact said of themselves or their matter. */
export interface ContactFact {
  /** `name`, `property state` and so on, as they are collected in calls, and `call-back number` in E.164. */
  readonly key: string
  readonly value: string
  /** It was read back to them and they agreed. */
  readonly confirmed: boolean
  readonly callId: string | undefined
  /** When the call rang it was said in, in epoch ms. */
  readonly at: number
}

/** What holds for one call and no longer: the last word counts, confirmed or not. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(['time wish', 'urgency'])

/**
 * Owner of the table `contact_facts`. Merges what was said in a call: a confirmed fact gives way to a newer confirmed one
 * only, of others the newer stands. So calls may be merged in any order, and again. Gives the keys that have changed.
 */
export async function mergeFacts(
  transaction: Transaction<Tables>,
  number: string,
  facts: readonly ContactFact[],
): Promise<string[]> {
  const known = new Map((await factsOfContact(transaction, number)).map((fact) => [fact.key, fact]))
  const changed: string[] = []
  for (const fact of facts) {
    const before = known.get(fact.key)
    if (before && !replaces(fact, before)) continue
    known.set(fact.key, fact)
    changed.push(fact.key)
    await save(transaction, number, fact)
  }
  return changed
}

/** By key. */
export async function factsOfContact(database: Database, number: string): Promise<ContactFact[]> {
  const facts = database.selectFrom('contact_facts').selectAll().where('number', '=', number)
  return (await facts.orderBy('key').execute()).map(toFact)
}

/** Numbers whose callers asked to be called back on this one. Both in E.164. */
export async function callersToCallOn(database: Database, callBackNumber: string): Promise<string[]> {
  const gave = database.selectFrom('contact_facts').select('number').where('key', '=', CALL_BACK_NUMBER)
  const rows = await gave.where('value', '=', callBackNumber).orderBy('number').execute()
  return rows.map(({ number }) => number)
}

export const CALL_BACK_NUMBER = 'call-back number'

function replaces(fact: ContactFact, before: ContactFact): boolean {
  if (fact.value === before.value && fact.confirmed === before.confirmed) return false
  const isNewer = fact.at >= before.at
  if (OF_THE_MOMENT.has(fact.key)) return isNewer
  return fact.confirmed === before.confirmed ? isNewer : fact.confirmed
}

async function save(transaction: Transaction<Tables>, number: string, fact: ContactFact): Promise<void> {
  const { key, value } = fact
  const said = { value, confirmed: fact.confirmed ? 1 : 0, call_id: fact.callId ?? null, at: Math.round(fact.at) }
  await transaction
    .insertInto('contact_facts')
    .values({ number, key, ...said })
    .onConflict((conflict) => conflict.columns(['number', 'key']).doUpdateSet(said))
    .execute()
}

function toFact(row: ContactFactRow): ContactFact {
  const { key, value, at } = row
  return { key, value, confirmed: row.confirmed === 1, callId: row.call_id ?? undefined, at }
}
