import type { Database } from '../../storage/database.ts'
import type { TextPurpose } from './texts.ts'

/** How many texts of that purpose went to a number since then (epoch ms). */
export async function countSince(
  database: Database,
  { number, purpose, since }: { number: string; purpose: TextPurpose; since: number },
): Promise<number> {
  const texts = database
    .selectFrom('texts')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('number', '=', number)
    .where('direction', '=', 'out')
    .where('purpose', '=', purpose)
    .where('created_at', '>', Math.round(since))
  return Number((await texts.executeTakeFirstOrThrow()).count)
}

/** The language we last texted a number in, or the given one. */
export async function languageFor(database: Database, number: string, otherwise: string): Promise<string> {
  const texts = database.selectFrom('texts').select('language').where('number', '=', number)
  const last = texts.where('direction', '=', 'out').orderBy('created_at', 'desc').limit(1)
  return (await last.executeTakeFirst())?.language ?? otherwise
}
