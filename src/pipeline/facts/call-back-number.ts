import parsePhoneNumber from 'libphonenumber-js'
import { digitsAtEnd } from '../../lib/spoken-numbers.ts'
import { wordsOf } from '../../lib/spoken-words.ts'
import { plainText } from '../plain-text.ts'

const ASKS_NUMBER =
  /\b(?:phone|telephone|cell|mobile|call[ -]?back number|(?<!(?:loan|account|file) )number\b[^?]*\b(?:call|reach|text)\b|(?:call|reach|text) you (?:at|on)|best number|good number|contact number|teléfono|número para llamar|celular)/
const GIVES_NUMBER =
  /\b(?:call me|reach me|text me|ring me|get me|contact me|my (?:call[ -]?back |cell |phone |cell phone |mobile |home |work |best |telephone |contact )?(?:number|cell|phone)|best number|call[ -]?back number|llám[ae](?:me|nme)|mi (?:número|teléfono|celular))/

/** Numbers that nobody is called by, and that are not to be kept. */
const OTHER_NUMBER =
  /\b(?:account|loan|policy|social|card|routing|reference|case|confirmation|member|license|pin|cuenta|préstamo|seguro|tarjeta)\b(?:\s\p{L}+){0,3} ?(?:number|#|número|is|es)?/u

/** No number takes more words, however it is said. */
const LONGEST_NUMBER_WORDS = 40

/** The number to call the caller back on, as +15125550123, where they gave a possible one as such. */
export function callBackNumberIn(text: string, prompt = ''): string | undefined {
  const plain = plainText(text)
  if (!ASKS_NUMBER.test(plainText(prompt)) && !GIVES_NUMBER.test(plain)) return undefined
  if (OTHER_NUMBER.test(plain.replace(GIVES_NUMBER, ''))) return undefined
  return phoneNumbersIn(text).at(-1)
}

/** Every telephone number of a text, said or written; "not 512..., 737..." gives both in order. */
export function phoneNumbersIn(text: string): string[] {
  const words = wordsOf(plainText(text))
  return words.flatMap((word, at) => {
    const next = words[at + 1]
    if (digitsAtEnd(word) === '' || (next !== undefined && continuesNumber(next))) return []
    const digits = digitsAtEnd(words.slice(Math.max(0, at + 1 - LONGEST_NUMBER_WORDS), at + 1).join(' '))
    const number = asPhoneNumber(digits, text)
    return number ? [number] : []
  })
}

function continuesNumber(word: string): boolean {
  return digitsAtEnd(word) !== '' || /^(?:double|triple|doble|dash|hyphen|guion|hundred|uh|um|y|and|then)$/.test(word)
}

function asPhoneNumber(digits: string, text: string): string | undefined {
  if (digits.length < 10 || digits.length > 15) return undefined
  const written = digits.length > 11 || text.includes('+') ? `+${digits}` : digits
  const number = parsePhoneNumber(written, 'US') ?? parsePhoneNumber(digits, 'US')
  return number?.isValid() ? number.number : undefined
}
