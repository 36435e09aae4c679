import { matchesIn } from '../matches-in.ts'

/** A word or a written number of a text, with its place. */
export interface Token {
  /** UTF-16 offsets in the text, the end exclusive. */
  readonly start: number
  readonly end: number
  /** Small letters without accents; of a written number its digits, whatever the script. */
  readonly word: string
  readonly isDigits: boolean
}

/** Words end at an apostrophe ("social's" is two tokens); languages written without spaces give a token a character. */
const TOKENS = /\p{Nd}+|[\p{Script=Han}\p{Script=Hangul}]|(?:(?![\p{Script=Han}\p{Script=Hangul}])[\p{L}\p{M}])+/gu

export function tokensOf(text: string): Token[] {
  return matchesIn(text, TOKENS).map(({ 0: found, index: start }) => {
    const isDigits = /^\p{Nd}/u.test(found)
    return { start, end: start + found.length, word: isDigits ? asciiDigits(found) : plainWord(found), isDigits }
  })
}

/** The word as the word lists have it: small letters, accents of Latin and Cyrillic letters taken away. */
export function plainWord(word: string): string {
  const small = word.toLowerCase()
  if (/^[a-z]*$/.test(small)) return small
  return small
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
}

/** What stands between two tokens, for example `, ` or `-`. */
export function between(text: string, before: Token | undefined, after: Token | undefined): string {
  return text.slice(before?.end ?? 0, after?.start ?? text.length)
}

function asciiDigits(digits: string): string {
  if (/^\d+$/.test(digits)) return digits
  return Array.from(digits, (digit) => String(valueOfDigit(digit.codePointAt(0)!))).join('')
}

/** Unicode keeps the ten digits of a script side by side, zero first. */
function valueOfDigit(codePoint: number): number {
  let zero = codePoint
  while (codePoint - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return codePoint - zero
}
