import { readFileSync } from 'node:fs'
import { createRandom, type Random } from '../../src/simulator/seeded-random.ts'
import { LATIN_LANGUAGES, type WordList } from './language-word-lists.ts'
import type { Example } from './train-linear.ts'

/** Made-up phrases of each language, drawn from its word list. */
const PHRASES = 30_000
const LONGEST_PHRASE = 4
/** Rare words are drawn more often than they are said: words are what the model is to learn from the lists. */
const RARE_WORDS = 0.6
/** Times each written line counts, and a part of one. */
const LINE_WEIGHT = 5
const PART_WEIGHT = 2.5
const PARTS = 3
/** English counts more, so that what is unlike any language is rather taken for it. */
const ENGLISH_WEIGHT = 2

/** English words that callers of other languages mix in, more so in Tagalog; in English as often, so that they tell nothing by themselves. */
const BORROWED =
  'loan refinance mortgage payment application escrow appointment account closing lender email online approved status credit score document balance schedule checking'.split(
    ' ',
  )
const BORROWS = 0.1
const NAMES =
  'maria gonzalez rodriguez garcia lopez martinez nguyen tran francisco angeles jose juan carlos pierre jean santos reyes cruz schneider rossi giuseppe marco kowalski silva santa jolla moines paso diego rouge joseph marie'.split(
    ' ',
  )
const NAMES_SHARE = 0.1

/** How often diacritics are left out, as many recognisers do; and in Spanish whole letters, as broken encodings do. */
const BARE = 0.2
const BROKEN = 0.1

/** Phrases drawn from the word lists, and what callers say (`texts/language/`), whole and in parts. */
export function languageExamples(lists: ReadonlyMap<string, WordList>): Example[] {
  const random = createRandom(5)
  return LATIN_LANGUAGES.flatMap((language) => {
    const weight = language === 'en' ? ENGLISH_WEIGHT : 1
    return [...drawnPhrases(language, lists.get(language)!, random), ...writtenLines(language, random)].map(
      ({ text, weight: own = 1 }) => ({ text, label: language, weight: own * weight }),
    )
  })
}

type Phrase = Pick<Example, 'text' | 'weight'>

function drawnPhrases(language: string, list: WordList, random: Random): Phrase[] {
  const draw = createDraw(list, random)
  const every = [...list.keys()].filter(() => random() < PHRASES / 2 / list.size)
  const phrases = Array.from({ length: PHRASES }, () => {
    const words = Array.from({ length: 1 + Math.floor(random() * LONGEST_PHRASE) }, draw)
    const place = Math.floor(random() * words.length)
    const borrows = language === 'en' || language === 'tl' ? 2 * BORROWS : BORROWS
    if (words.length > 1 && random() < borrows) words[place] = pick(BORROWED, random)
    else if (words.length > 1 && random() < NAMES_SHARE) words[place] = pick(NAMES, random)
    return words.join(' ')
  })
  return [...phrases, ...every].map((text) => ({ text: worn(text, language, random) }))
}

/** Draws words by their share of text, evened out by `RARE_WORDS`. */
function createDraw(list: WordList, random: Random): () => string {
  const words = [...list.keys()]
  let sum = 0
  const sums = [...list.values()].map((share) => (sum += share ** RARE_WORDS))
  return () => {
    const goal = random() * sum
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! < goal) low = middle + 1
      else high = middle
    }
    return words[low]!
  }
}

function writtenLines(language: string, random: Random): Phrase[] {
  return linesOf(language).flatMap((line) => {
    const words = line.split(' ')
    const parts = Array.from({ length: words.length > 2 ? PARTS : 0 }, () => {
      const from = Math.floor(random() * (words.length - 1))
      return words.slice(from, from + 2 + Math.floor(random() * 3)).join(' ')
    })
    // A single word without its diacritics may be another language's: "alô", "aló" and "allô" are all "alo".
    const whole = words.length > 1 ? [line, line, bare(line)] : [line, line, line]
    return [
      ...whole.map((text) => ({ text, weight: LINE_WEIGHT })),
      ...parts.map((text) => ({ text, weight: PART_WEIGHT })),
    ]
  })
}

function linesOf(language: string): string[] {
  return readFileSync(new URL(`texts/language/${language}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
}

/** The text as it may reach us: with its diacritics, without them, or without the letters that had them. */
function worn(text: string, language: string, random: Random): string {
  const luck = random()
  if (luck < BARE) return bare(text)
  return language === 'es' && luck < BARE + BROKEN ? text.replaceAll(/[^a-z ]/g, '') : text
}

function bare(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('ł', 'l')
}

function pick(words: readonly string[], random: Random): string {
  return words[Math.floor(random() * words.length)]!
}
