import { sql } from 'kysely'
import parsePhoneNumber from 'libphonenumber-js'
import type { Database, Transaction } from '../storage/database.ts'
import type { ContactRow, Tables } from '../storage/tables.ts'

/** Owner of the table `contacts`: who has called, by number. Only numbers that can be called back are kept. */
export interface Contacts {
  /** The contact of a number in any spelling, or undefined when it never called or is withheld. */
  find(number: string | undefined): Promise<Contact | undefined>
  /** Remembers what the person calls themselves. A number that never called is left alone. */
  rename(number: string, name: string): Promise<void>
  /** Whether they come first from now on. False: the number never called, and nothing is kept. */
  setVip(number: string, vip: boolean): Promise<boolean>
  /** Undefined: none is known any more. False as for `setVip`. */
  setEmail(number: string, email: string | undefined): Promise<boolean>
}

export interface Contact {
  /** E.164. */
  readonly number: string
  readonly name: string | undefined
  /** Calls that have ended. */
  readonly calls: number
  /** Epoch ms of the ring. */
  readonly firstCallAt: number
  readonly lastCallAt: number
  /** The officer they know: who last talked with them, or has an appointment with them. */
  readonly officerId: string | undefined
  /** They come first. */
  readonly vip: boolean
  readonly email: string | undefined
  /** BCP 47 tag they were last spoken to in. */
  readonly language: string | undefined
  /** What the office should do next for them, as of their last call. */
  readonly nextAction: string | undefined
}

/** What a call taught us of its contact. What is undefined stays as it was. */
export interface ContactNews {
  /** E.164. */
  readonly number: string
  readonly name?: string | undefined
  readonly language?: string | undefined
  readonly officerId?: string | undefined
  readonly nextAction?: string | undefined
}

export function createContacts(database: Database): Contacts {
  async function change(given: string, to: Partial<Pick<ContactRow, 'name' | 'vip' | 'email'>>): Promise<boolean> {
    const number = normaliseNumber(given)
    if (number === undefined) return false
    const changed = database.updateTable('contacts').set(to).where('number', '=', number).returning('number')
    return (await changed.executeTakeFirst()) !== undefined
  }

  return {
    async find(given) {
      const number = normaliseNumber(given)
      if (number === undefined) return undefined
      const row = await database.selectFrom('contacts').selectAll().where('number', '=', number).executeTakeFirst()
      return row && toContact(row)
    },

    async rename(number, name) {
      await change(number, { name })
    },

    setVip: (number, vip) => change(number, { vip: vip ? 1 : 0 }),

    setEmail: (number, email) => change(number, { email: email ?? null }),
  }
}

/**
 * The E.164 form of a number as the carrier or a person gives it; undefined for whatever cannot be called back:
 * `anonymous`, `client:...`, `sip:...`, short codes. Numbers without a country code are US numbers.
 *
 * It asks whether a number has a possible form, not whether it was ever assigned: new area codes and the fictional
 * 555 numbers of rehearsals pass.
 */
export function normaliseNumber(given: string | undefined): string | undefined {
  if (given === undefined || isWithheld(given)) return undefined
  const parsed = parsePhoneNumber(given, { defaultCountry: 'US', extract: false })
  return parsed?.isPossible() ? parsed.number : undefined
}

/** Counts one call for its number, within the transaction that ends the call. `at` is the ring in epoch ms. */
export async function countCall(
  transaction: Transaction<Tables>,
  given: string | undefined,
  at: number,
): Promise<void> {
  const number = normaliseNumber(given)
  if (number === undefined) return
  const row = { number, name: null, calls: 1, first_call_at: Math.round(at), last_call_at: Math.round(at) }
  await transaction
    .insertInto('contacts')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('number').doUpdateSet((set) => ({
        calls: set('contacts.calls', '+', 1),
        // Calls of one number may end in another order than they began.
        first_call_at: sql`case when excluded.first_call_at < contacts.first_call_at then excluded.first_call_at else contacts.first_call_at end`,
        last_call_at: sql`case when excluded.last_call_at > contacts.last_call_at then excluded.last_call_at else contacts.last_call_at end`,
      })),
    )
    .execute()
}

/** Keeps what was learned of somebody who has called; of a number that never did, nothing. */
export async function noteContact(transaction: Transaction<Tables>, news: ContactNews): Promise<void> {
  const { number, name, language, officerId, nextAction } = news
  const change = {
    ...(name !== undefined && { name }),
    ...(language !== undefined && { language }),
    ...(officerId !== undefined && { officer_id: officerId }),
    ...(nextAction !== undefined && { next_action: nextAction }),
  }
  if (Object.keys(change).length === 0) return
  await transaction.updateTable('contacts').set(change).where('number', '=', number).execute()
}

function toContact(row: ContactRow): Contact {
  return {
    number: row.number,
    name: row.name ?? undefined,
    calls: row.calls,
    firstCallAt: row.first_call_at,
    lastCallAt: row.last_call_at,
    officerId: row.officer_id ?? undefined,
    vip: row.vip === 1,
    email: row.email ?? undefined,
    language: row.language ?? undefined,
    nextAction: row.next_action ?? undefined,
  }
}

/** Whether what the carrier gives stands for a number it may not show. */
export function isWithheld(given: string): boolean {
  return WITHHELD.has(given.toUpperCase())
}

const WITHHELD_WORDS = ['ANONYMOUS', 'RESTRICTED', 'BLOCKED', 'UNKNOWN', 'UNAVAILABLE', 'PRIVATE']

/** As a word, or as some carriers spell it on a telephone keypad with a plus before it. */
const WITHHELD: ReadonlySet<string> = new Set(WITHHELD_WORDS.flatMap((word) => [word, `+${onKeypad(word)}`]))

function onKeypad(word: string): string {
  return [...word].map((letter) => '22233344455566677778889999'[letter.charCodeAt(0) - 65]).join('')
}
