import parsePhoneNumber, { type PhoneNumber } from 'libphonenumber-js/max'

/** Kinds of numbers that cost whoever calls them. */
const PREMIUM: ReadonlySet<string> = new Set(['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER'])
/** Each area code has its own premium exchange. */
const PREMIUM_EXCHANGE = /^\+1\d{3}976/
/** Where +1 is no call abroad: the Caribbean's codes look the same and are. */
const HOME: ReadonlySet<string> = new Set(['US', 'CA', 'PR', 'VI', 'GU', 'AS', 'MP'])

/** Whether a call to the number is billed beyond an ordinary one. */
export function isPremium(number: PhoneNumber): boolean {
  const kind = number.getType()
  return (kind !== undefined && PREMIUM.has(kind)) || PREMIUM_EXCHANGE.test(number.number)
}

/**
 * Whether somebody may be asked to call what a stranger gave as their number: a whole one, in figures and of any country,
 * that is no trap (RELIABILITY S8, S9).
 */
export function mayBeCalledBack(said: string): boolean {
  const number = parsePhoneNumber(said, 'US')
  if (!number?.isPossible() || isPremium(number)) return false
  return number.countryCallingCode !== '1' || number.country === undefined || HOME.has(number.country)
}
