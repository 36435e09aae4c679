import { wordsOf } from '../../lib/spoken-words.ts'
import { withoutDiacritics } from './diacritics.ts'
import { NEUTRAL_WORDS, placesIn } from './neutral-words.ts'

/** Inside a sentence these have a capital in English without being names. */
const ENGLISH_I = /^I(?:['’]\p{L}+)?[.,;:?!]*$/u

/** Words that can tell a language, small letters: no names, places, brands, numbers, nor what every language borrowed. */
export function evidenceIn(text: string): string[] {
  const places = new Set(wordsOf(placesIn(withoutDiacritics(text)).join(' ')))
  return wordsOf(withoutNames(text)).filter((word) => {
    const plain = withoutDiacritics(word)
    return /\p{L}/u.test(word) && !places.has(plain) && !NEUTRAL_WORDS.has(plain)
  })
}

/**
 * Without the words that have a capital inside a sentence, which are names as a rule; German nouns go with them, and what
 * is left still tells. Where all words have one, as in a title or a shout, a capital says nothing.
 */
function withoutNames(text: string): string {
  const words = text.split(/\s+/)
  const kept = words.filter(
    (word, at) => !/^\P{L}*\p{Lu}/u.test(word) || at === 0 || /[.!?]$/.test(words[at - 1]!) || ENGLISH_I.test(word),
  )
  return kept.some((word) => /^\P{L}*\p{Ll}/u.test(word)) ? kept.join(' ') : text
}
