import parsePhoneNumber from 'libphonenumber-js/max'
import { isPremium } from '../../lib/premium-number.ts'

export type NumberRefusal = 'not a number' | 'country not allowed' | 'premium number' | 'nobody has this number'

/** Kinds of numbers behind which no person is to be expected. */
const NOBODYS: ReadonlySet<string> = new Set(['TOLL_FREE', 'UAN', 'VOICEMAIL', 'PAGER'])

/**
 * Why a number is not called, whoever it belongs to (RELIABILITY S8, S9); undefined: it may be. The Caribbean's +1 codes
 * are countries of their own.
 */
export function numberRefusalOf(number: string, countries: readonly string[]): NumberRefusal | undefined {
  const parsed = parsePhoneNumber(number)
  if (!parsed || parsed.number !== number) return 'not a number'
  if (isPremium(parsed)) return 'premium number'
  if (!parsed.isValid()) return 'not a number'
  if (!parsed.country || !countries.includes(parsed.country)) return 'country not allowed'
  const kind = parsed.getType()
  return kind && NOBODYS.has(kind) ? 'nobody has this number' : undefined
}
