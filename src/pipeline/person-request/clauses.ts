import { wordsOf } from '../../lib/spoken-words.ts'
import { partRead } from '../plain-text.ts'

/** Nobody says so many sentences in two minutes; an address spelled out has as many dots. */
const MOST_CLAUSES = 60

/** "Is Mr. Alvarez in?" is one sentence. */
const SENTENCE_END = /(?:(?<!\b(?:mrs?|ms|dr))\.|[!?¡¿;\n…।。！？؟；])+/iu

/** Not before what says which person is meant, where Russian and Polish must set a comma. */
const PAUSE = /[,:،，、—–]+(?! *(?:котор|któr|чтобы|żeby))/iu

/** A sentence as it sounds: small letters, single spaces, no punctuation, no word twice in a row. */
export interface Clause {
  readonly text: string
  /** What stands between its commas; only the sentence itself where there are none. */
  readonly parts: readonly string[]
}

/** The sentences of what was said, as far as a recogniser set any marks. */
export function clausesOf(said: string): Clause[] {
  return partRead(said)
    .split(SENTENCE_END, MOST_CLAUSES)
    .map((sentence) => ({ text: plain(sentence), parts: sentence.split(PAUSE).map(plain).filter(Boolean) }))
    .filter(({ text }) => text !== '')
}

/** Vowel marks and lengthening, which Arabic may write or leave. */
const ARABIC_MARKS = /[\u064b-\u0652\u0640]/gu

/** "I I want to to talk" is a stammer, not another wish. */
function plain(text: string): string {
  return wordsOf(text.replace(ARABIC_MARKS, ''))
    .filter((word, at, words) => word !== words[at - 1])
    .join(' ')
}
