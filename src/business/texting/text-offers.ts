import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'

/** What a short answer by text would mean: "1" keeps the held time, takes the first of two, confirms. */
export interface TextOffer {
  /** E.164. */
  readonly number: string
  readonly kind: 'keep hold' | 'choose time' | 'confirm appointment'
  /** What 1, 2 ... stand for. */
  readonly options: readonly TextOption[]
  readonly language: string
  /** Epoch ms. */
  readonly expiresAt: number
}

export interface TextOption {
  /** Of the slot or the appointment; never shown. */
  readonly id: string
  /** As it was texted: "Thursday, November 26 at 10 AM Eastern". */
  readonly told: string
}

/** Owner of the table `text_offers`. One number has one offer: a new one takes the place of the last. */
export async function offerByText(transaction: Transaction<Tables>, offer: TextOffer & { at: number }): Promise<void> {
  const { number, kind, language } = offer
  const open = {
    kind,
    options: JSON.stringify(offer.options),
    language,
    created_at: Math.round(offer.at),
    expires_at: Math.round(offer.expiresAt),
  }
  await transaction
    .insertInto('text_offers')
    .values({ number, ...open })
    .onConflict((conflict) => conflict.column('number').doUpdateSet(open))
    .execute()
}

/** The offer that stands at `at` (epoch ms). */
export async function offerOf(database: Database, number: string, at: number): Promise<TextOffer | undefined> {
  const open = database.selectFrom('text_offers').selectAll().where('number', '=', number)
  const row = await open.where('expires_at', '>', Math.round(at)).executeTakeFirst()
  if (!row) return undefined
  const { kind, options, language, expires_at: expiresAt } = row
  // Only `offerByText` writes these two.
  return { number, kind: kind as TextOffer['kind'], options: JSON.parse(options), language, expiresAt }
}

/** Takes an offer back: what it was about is settled. */
export async function withdrawOffer(transaction: Transaction<Tables>, number: string): Promise<void> {
  await transaction.deleteFrom('text_offers').where('number', '=', number).execute()
}
