import { wordsOf } from '../../lib/spoken-words.ts'

/** What a model looks at in a text. Lengths count words, or characters of a word with its edges. */
export interface FeatureChoice {
  /** Longest run of words that counts as one feature; 0 for none. */
  readonly words: number
  /** Shortest and longest run of characters within a word, its edges marked; absent for none. */
  readonly characters?: readonly [shortest: number, longest: number]
  /** Words beyond these many are not looked at. */
  readonly mostWords: number
}

/** What a feature's name begins with, for a run of words and of characters. */
export const WORDS = 'w:'
export const CHARACTERS = 'c:'

/** The features of a text, each once: `w:` runs of words, `c:` runs of characters, of the words as `wordsRead` gives them. */
export function featuresOf(text: string, { words: longest, characters, mostWords }: FeatureChoice): Set<string> {
  const words = wordsRead(text, mostWords)
  const features = new Set<string>()
  for (let at = 0; at < words.length; at++) {
    for (let length = 1; length <= longest && at + length <= words.length; length++) {
      features.add(WORDS + words.slice(at, at + length).join(' '))
    }
    if (characters) addCharacters(features, `<${words[at]}>`, characters)
  }
  return features
}

/**
 * The words a model reads. Digits are all the same, since which number somebody says is no sign of what they want; small
 * letters, no punctuation, as a recogniser may or may not set it.
 */
export function wordsRead(text: string, most: number): string[] {
  const words = wordsOf(text).slice(0, most)
  return /\p{Nd}/u.test(text) ? words.map((word) => word.replace(/\p{Nd}+/gu, '0')) : words
}

function addCharacters(features: Set<string>, word: string, [shortest, longest]: readonly [number, number]): void {
  for (let length = shortest; length <= longest; length++) {
    for (let at = 0; at + length <= word.length; at++) features.add(CHARACTERS + word.slice(at, at + length))
  }
}
