import labels from 'sentiment/languages/en/labels.json' with { type: 'json' }
import { DEGREES, NEGATIONS, VALENCES } from './valence-words.ts'

/** How a text feels by its words: AFINN-165 (npm `sentiment`), our own words over it. For English only. */
export interface Valence {
  /** -1 unhappy to 1 happy. */
  readonly score: number
  /** The weight of unhappy words alone, at least 0: a word of middling unhappiness is 2. */
  readonly unhappy: number
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ...Object.entries<number>(labels),
  ...Object.entries(VALENCES).flatMap(([valence, words]) =>
    words.split(' ').map((word) => [word, Number(valence)] as const),
  ),
])

const TOKENS =
  /<3|<\/3|>?[:;=]-?[)(\][dp/\\|](?![\p{L}\p{N}])|\^_\^|\p{Extended_Pictographic}|[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/giu

/** A negated word says the opposite, but less of it: "not bad" is not "good". */
const NEGATED = -0.4
const SHOUTED = 1.3
/** How a sum of words becomes -1 to 1: the square root of this is 0.7. */
const MIDDLING = 30

export function valenceOf(text: string): Valence {
  const tokens = text.replaceAll('’', "'").match(TOKENS) ?? []
  const mayShout = tokens.some((token) => token !== token.toUpperCase())
  const words = tokens.map((token) => token.toLowerCase().replace(/(\p{L})\1{2,}/gu, '$1$1'))
  const values = words.map((_, at) => valueAt(words, at) * (mayShout && isShouted(tokens[at]!) ? SHOUTED : 1))
  const plain = values.reduce((sum, value) => sum + value, 0)
  const sum = plain + Math.sign(plain) * emphasis(text)
  const unhappy = values.reduce((total, value) => total + Math.max(0, -value), 0)
  return { score: sum / Math.sqrt(sum * sum + MIDDLING), unhappy }
}

function valueAt(words: readonly string[], at: number): number {
  const phrase = phraseValue(words, at)
  if (phrase !== undefined) return phrase
  const own = WORDS.get(words[at]!) ?? 0
  if (own === 0) return 0
  const before = words.slice(Math.max(0, at - 3), at)
  const degree = before.reduce(
    (factor, word, place) => factor * (place >= before.length - 2 ? (DEGREES.get(word) ?? 1) : 1),
    1,
  )
  return own * degree * (before.some((word) => NEGATIONS.has(word)) ? NEGATED : 1)
}

/** AFINN's own phrases of two words: "no fun", "fed up"; the second word bears them. */
function phraseValue(words: readonly string[], at: number): number | undefined {
  return at > 0 ? WORDS.get(`${words[at - 1]} ${words[at]}`) : undefined
}

function isShouted(token: string): boolean {
  return token.length > 1 && token === token.toUpperCase() && token !== token.toLowerCase()
}

/** Exclamation marks say more of the same. */
function emphasis(text: string): number {
  return 0.4 * Math.min(4, text.split('!').length - 1)
}
