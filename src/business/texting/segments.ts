import { SegmentedMessage } from 'sms-segments-calculator'

/** The longest body the carrier takes, in characters (21617 beyond it). */
export const LONGEST_BODY = 1600

/**
 * Each of these makes a text of plain letters one of 70 characters a segment instead of 160 (GSM-7 against UCS-2), and
 * says nothing its plain form does not.
 */
const PLAIN_FORMS: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
  '−': '-',
  '…': '...',
  '•': '*',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': '',
  '\u2060': '',
  '\ufeff': '',
  '\t': ' ',
}

const TYPOGRAPHIC = new RegExp(`[${Object.keys(PLAIN_FORMS).join('')}]`, 'g')

/** How many parts the carrier makes of a text, each of which is billed. */
export function segmentsOf(body: string): number {
  return new SegmentedMessage(body).segmentsCount
}

/**
 * The text with plain quotes, dashes and spaces where that makes it cheaper. One that needs UCS-2 anyway, as Chinese
 * does, keeps its own.
 */
export function plainTypography(body: string): string {
  const plain = body.replace(TYPOGRAPHIC, (character) => PLAIN_FORMS[character] ?? character)
  return new SegmentedMessage(plain).encodingName === 'GSM-7' ? plain : body
}
