import { wordsOf } from './spoken-words.ts'

/**
 * Numbers and e-mail addresses as callers say them, in pieces: "nine one seven ... five five five ... oh one two three".
 * Judges words only, in English and Spanish; how long to wait for the next piece is for whoever asks.
 */

/** What a caller was asked for: how many digits make it whole, with a country's 1 before them or not; or an address. */
type Asked = { readonly digits: number; readonly country?: true } | 'e-mail' | undefined

/** Loan, account and reference numbers differ in length; telephone numbers have ten digits, and most have no more. */
const USUAL_DIGITS = 10

/** Fewer in a row are a count or a house, more are a whole telephone number. */
const FEWEST_OF_A_NUMBER = 3

/** Nobody asks for two things at once: the first that fits is meant. `undefined`: said in figures, but in one breath. */
const THINGS_ASKED: readonly (readonly [RegExp, Asked])[] = [
  [/\b(?:e-?mail|correo)\b/, 'e-mail'],
  [/\bzip\b|\bc[oó]digo postal/, { digits: 5 }],
  [/\blast (?:four|4)\b|[uú]ltimos (?:cuatro|4)/, { digits: 4 }],
  [
    /\b(?:date|birthday|how much|how many|amount|price|value|income|score|rate|year|fecha|cu[aá]nt[oa]s?|a[nñ]o)\b/,
    undefined,
  ],
  [/\bsocial security|\bseguro social/, { digits: 9 }],
  [/\bphone\b|\bnumber\b.*\b(?:call|reach)\b|tel[eé]fono/, { digits: USUAL_DIGITS, country: true }],
  [/\b(?:number|digits)\b|n[uú]mero|d[ií]gitos/, { digits: USUAL_DIGITS }],
]

/** "May I call you at this number?" asks for a yes. */
const REQUEST =
  /\b(?:what(?:'s| is| are)?|which|give me|tell me|(?:may|can|could) (?:i|we) (?:please )?(?:have|get|take)|(?:can|could|would|will) you (?:please )?(?:give|tell|read|say|spell|repeat|share|provide|confirm|verify)|please (?:give|tell|read|say|spell|repeat|share|provide)|i(?:'ll| will)? (?:just )?need|let me (?:have|get|take)|cu[aá]l es|qu[eé] n[uú]mero|d[eé]me|d[ií]game|me (?:da|dice|puede|podr[ií]a)|puede (?:dar|decir)me|podr[ií]a (?:dar|decir)me|deletree|ind[ií]queme|necesito)(?![\wáéíóú])/

const DIGIT_WORDS: Readonly<Record<string, string>> = {
  ...spelled('zero one two three four five six seven eight nine', 0),
  ...spelled('cero uno dos tres cuatro cinco seis siete ocho nueve', 0),
  oh: '0',
  o: '0',
}
const TEENS: Readonly<Record<string, string>> = {
  ...spelled('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10),
  ...spelled('diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve', 10),
  ...spelled(
    'veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
    21,
  ),
}
const TENS: Readonly<Record<string, string>> = {
  ...spelled('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
  ...spelled('veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa', 20, 10),
}
const HUNDREDS: Readonly<Record<string, string>> = {
  ...spelled(
    'ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos',
    100,
    100,
  ),
  cien: '100',
}
const REPEATED: Readonly<Record<string, number>> = { double: 2, doble: 2, triple: 3 }

/** Said between the pieces of a number, and after the last one by somebody who is about to go on. */
const BETWEEN = new Set('and y then dash hyphen guion guión area code uh um er eh ah este luego después'.split(' '))

/** What begins an answer that is to be a number, or begs for a moment to look it up. */
const LEAD_IN =
  /(?:^|\s)(?:it's|it is|that's|that is|number is|phone is|sure|yes|yeah|okay|ok|alright|all right|let me see|let's see|hold on|wait|one (?:moment|second|sec)|so|well|es|es el|sí|claro|vale|bueno|a ver|un momento|espere)$/
const NAMES_ITS_NUMBER =
  /\b(?:number|phone|e-?mail(?: address)?|número|teléfono|correo)(?: is| es)(?: the| el| uh| um| eh)*$/

/** "john@example.com", "john at example dot com", and what recognisers make of it: "john at example.com". */
const ADDRESS = /\S@[\w-]+(?:\.[\w-]+)*\.\w{2,}|\b(?:at|arroba)\s.*(?:\b(?:dot|punto)\s+\S|\w\.\w{2,})/

const REFUSAL =
  /\b(?:no|not|don't|do not|none|can't|cannot|why|rather|nothing|prefiero|ninguno|por qué)(?![\wáéíóú])|\?$/

/** A few words may be the beginning of an address; a long sentence without one is something else. */
const LONGEST_LEAD_IN_WORDS = 5

/** Whether the agent's last words ask the caller for a number or an address, which callers give in pieces. */
export function asksForNumber(agentSaid: string): boolean {
  return askedFor(agentSaid) !== undefined
}

/**
 * Whether a caller who pauses after `text` is still in the middle of a number or an e-mail address. `text`: all they
 * said since the agent did. `agentSaid`: the agent's last words, of which the last two sentences count.
 */
export function isUnfinishedNumber(text: string, agentSaid = ''): boolean {
  const said = text.toLowerCase().replaceAll('’', "'").trim()
  const asked = askedFor(agentSaid)
  const plain = said.replace(/[\s.,;:!…-]+$/, '')
  if (NAMES_ITS_NUMBER.test(plain)) return true
  if (asked === 'e-mail') return isUnfinishedAddress(said, plain)
  const digits = digitsAtEnd(plain)
  if (asked && digits === '') return LEAD_IN.test(plain) && !REFUSAL.test(said)
  if (asked) return digits.length < asked.digits + (asked.country && digits.startsWith('1') ? 1 : 0)
  if (isBeingSpelled(plain)) return true
  if (asksInFigures(agentSaid) || isWhole(said, digits)) return false
  return digits.length >= FEWEST_OF_A_NUMBER && digits.length < USUAL_DIGITS
}

/** The digits of the number a text ends with, whether written or spoken; empty when it ends with something else. */
export function digitsAtEnd(text: string): string {
  const words = wordsOf(text)
  let from = words.length
  while (from > 0 && (isOfNumber(words[from - 1]!) || BETWEEN.has(words[from - 1]!))) from -= 1
  return digitsOf(words.slice(from))
}

function askedFor(agentSaid: string): Asked {
  const asking = requestsIn(agentSaid)
  return THINGS_ASKED.find(([thing]) => thing.test(asking))?.[1]
}

/** A price or a date was asked for: its figures come in one breath. */
function asksInFigures(agentSaid: string): boolean {
  const asking = requestsIn(agentSaid)
  return THINGS_ASKED.some(([thing, asked]) => asked === undefined && thing.test(asking))
}

/** "May I have your loan number? It is on your statement." */
function requestsIn(agentSaid: string): string {
  const sentences =
    agentSaid
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[^.!?]+[.!?]*/g) ?? []
  return sentences
    .slice(-2)
    .filter((sentence) => REQUEST.test(sentence))
    .join(' ')
}

/** "$350,000", "five hundred", "in 2019", "six point one two five", a date, a social security number: whole, however few digits they have. */
function isWhole(said: string, digits: string): boolean {
  return (
    /\$\s?[\d,.]+$|\d,\d{3}\b[^\d]*$|\b(?:thousand|million|mil|millón|millones)\W*$/.test(said) ||
    (/\b(?:19|20)\d\d\W*$/.test(said) && digits.length === 4) ||
    /\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\W*$|\b\d{3}-\d{2}-\d{4}\W*$/.test(said) ||
    /\b(?:point|coma)\s[^.,]+$/.test(said) ||
    /^[1-9]00$/.test(digits)
  )
}

function isUnfinishedAddress(said: string, plain: string): boolean {
  if (ADDRESS.test(plain)) return false
  if (isBeingSpelled(plain) || /@|\b(?:at|arroba|dot|punto)\b/.test(plain)) return true
  return !REFUSAL.test(said) && wordsOf(plain).length <= LONGEST_LEAD_IN_WORDS
}

/** "j o h n", "j-o-h-n at gmail": letters by themselves, and no end of an address after them. */
function isBeingSpelled(plain: string): boolean {
  const words = wordsOf(plain)
  if (words.length >= 3 && words.slice(-3).every((word) => /^[a-zñ]$/.test(word))) return true
  return /(?:\b[a-zñ][\s-]+){3}(?:at|arroba)\b(?!.*\b(?:dot|punto)\s+\S)/.test(plain)
}

function digitsOf(words: readonly string[]): string {
  let digits = ''
  /** Places of the number said last that smaller ones may still fill: "twenty" leaves one for "three". */
  let room = 0
  words.forEach((word, at) => {
    const filled = fill(digits, room, word)
    if (filled !== undefined) {
      digits = filled
      room = TENS[word] ? 1 : 0
      return
    }
    const next = words[at + 1] ?? ''
    // "double two": the two itself comes with the next word.
    if (REPEATED[word]) digits += (DIGIT_WORDS[next] ?? '').repeat(REPEATED[word] - 1)
    else if (word === 'hundred') digits += '00'
    else digits += writtenAs(word)
    if (word !== 'y' && word !== 'and') room = TENS[word] ? 1 : HUNDREDS[word] ? 2 : 0
  })
  return digits
}

/** "cincuenta y cinco" is 55 and "novecientos diecisiete" 917: the smaller word takes the places of the zeros. */
function fill(digits: string, room: number, word: string): string | undefined {
  const value = DIGIT_WORDS[word] ?? TEENS[word] ?? TENS[word]
  if (value === undefined || value === '0' || value.length > room || word === 'o' || word === 'oh') return undefined
  return digits.slice(0, -value.length) + value
}

function writtenAs(word: string): string {
  if (/^\d+$/.test(word)) return word
  return DIGIT_WORDS[word] ?? TEENS[word] ?? TENS[word] ?? HUNDREDS[word] ?? ''
}

function isOfNumber(word: string): boolean {
  return writtenAs(word) !== '' || word in REPEATED || word === 'hundred'
}

function spelled(words: string, from: number, step = 1): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word, at) => [word, String(from + at * step)]))
}
