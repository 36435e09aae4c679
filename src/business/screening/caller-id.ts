import parsePhoneNumber from 'libphonenumber-js'
import type { ScreeningEvidence } from '../../call/screener.ts'
import { isWithheld, normaliseNumber } from '../contacts.ts'

/**
 * What the caller id itself gives away. A withheld number is no reason to doubt anybody much, and where in the world a
 * number belongs is none at all: it stands too near to where people come from (RELIABILITY C14).
 */
export function callerIdEvidence({ from, to }: { from: string; to: string }): ScreeningEvidence[] {
  if (from === '' || isWithheld(from)) return [carrier('the number is withheld', 0.15)]
  if (/^(sip|sips|client):/i.test(from)) return [carrier('the caller id is an internet address', 0.2)]
  if (/[a-z]/i.test(from)) return [carrier('the caller id is a name and no number', 0.4)]
  const number = normaliseNumber(from)
  if (number === undefined) return [carrier('the caller id is no possible number', 0.45)]
  if (number === normaliseNumber(to)) return [carrier('the caller id is our own number', 0.6)]
  return [...unassignedEvidence(number), ...neighbourEvidence(number, to)]
}

/** An area code and an office code begin with 2 to 9; N11 are services, N9X, 37X and 96X are kept for later. */
const NORTH_AMERICAN = /^\+1([2-9]\d\d)([2-9]\d\d)\d{4}$/
const NO_AREA = /^(.11|.9.|37.|96.|555)$/
const SERVICE_CODE = /^.11$/

function unassignedEvidence(number: string): ScreeningEvidence[] {
  const parsed = parsePhoneNumber(number)
  if (number.startsWith('+1')) {
    const [, area = '', office = ''] = NORTH_AMERICAN.exec(number) ?? []
    const isPossible = area !== '' && !NO_AREA.test(area) && !SERVICE_CODE.test(office)
    if (!isPossible) return [carrier('the caller id breaks the North American numbering rules', 0.55)]
    if (area === '900') return [carrier('the caller id is a premium number, from which nobody calls', 0.55)]
    // A toll-free number is where a company is called; it shows it as its own when it calls many.
    if (parsed?.getType() === 'TOLL_FREE') return [carrier('the caller id is a toll-free number', 0.15)]
  }
  // Area codes are added faster than tables of them.
  return parsed?.isValid() ? [] : [carrier('no such range of numbers is known', 0.3)]
}

/** All but the last four digits: what looks like the neighbour of who is called is often made up to. */
function neighbourEvidence(number: string, to: string): ScreeningEvidence[] {
  const looksAlike = beginningOf(number) === beginningOf(normaliseNumber(to) ?? '')
  return looksAlike ? [carrier('the caller id looks like a neighbour of our number', 0.1)] : []
}

/** What numbers of one block share. */
export function beginningOf(number: string): string {
  return number.slice(0, -4)
}

function carrier(says: string, weight: number): ScreeningEvidence {
  return { layer: 'carrier', says, weight }
}
