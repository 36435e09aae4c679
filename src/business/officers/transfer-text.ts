import type { TextBook } from '../texting/text-book.ts'
import { queueText } from '../texting/texts.ts'
import type { TransfersOptions } from '../transfers.ts'

/** An officer who has taken a caller has in writing what they were told. */
export function briefByText(book: Pick<TextBook, 'say'>): NonNullable<TransfersOptions['onBridged']> {
  return async (transaction, { transferId, candidate, brief, callerNumber }, at) => {
    const body = book.say('transfer-brief', 'en', { number: callerNumber ?? 'number withheld', note: brief })
    const key = `transfer brief:${transferId}`
    await queueText(transaction, { key, number: candidate.phone, purpose: 'officer brief', language: 'en', body, at })
  }
}
