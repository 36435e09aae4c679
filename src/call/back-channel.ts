import { wordsOf } from '../lib/spoken-words.ts'

/** What we were saying when the caller's speech began, as far as the line knows: the words heard, and those to come. */
export interface Overlap {
  readonly heard: string
  readonly unheard: string
}

/** "I am listening", in the languages calls are held in. A bare yes or no is not among them: it decides something. */
const LISTENING = new Set([
  ...'m mm mmm mhm mhmm mmhm hm hmm uhhuh uh um ah aha oh ok okay okey right yeah yep yup ya sure alright'.split(' '),
  ...['mm hmm', 'mm hm', 'uh huh', 'all right', 'i see', 'got it', 'go on', 'sounds good', 'of course', 'makes sense'],
  ...'sí si ajá aja vale claro bueno eh este entiendo comprendo perfecto'.split(' '),
  ...['de acuerdo', 'está bien', 'ya veo', 'por supuesto', 'muy bien', 'claro que sí'],
  ...'ừ ừm ờ à vâng dạ ạ rồi được'.split(' '),
  ...['dạ vâng', 'đúng rồi', 'được rồi', 'vâng ạ', 'thế à'],
])

const LONGEST_PHRASE_WORDS = 3
/** "Okay, okay, okay, okay" wants to be heard. */
const MOST_WORDS = 4

/** A question can be answered before its last word, and a moment after it. */
const WORDS_BEFORE_ITS_END = 2
const WORDS_AFTER_ITS_END = 6

/** Less than this is left of a sentence when the caller takes it as said: they answer what they heard. */
const FEWEST_WORDS_LEFT = 2

/**
 * Whether words that were said over us only show that the caller listens, so that we should go on. The same words after
 * a question of ours, or at the end of what we had to say, are an answer.
 */
export function isBackChannel(text: string, { heard, unheard }: Overlap): boolean {
  if (text.includes('?') || !isListening(wordsOf(text))) return false
  const toCome = unheard.split(/\s+/).filter(Boolean)
  if (toCome.length < FEWEST_WORDS_LEFT) return false
  const before = heard.split(/\s+/).slice(-WORDS_AFTER_ITS_END)
  return ![...before, ...toCome.slice(0, WORDS_BEFORE_ITS_END)].some((word) => /[?？]["'”’)]*$/.test(word))
}

function isListening(words: readonly string[]): boolean {
  if (words.length === 0 || words.length > MOST_WORDS) return false
  for (let at = 0; at < words.length; ) {
    const length = phraseAt(words, at)
    if (length === 0) return false
    at += length
  }
  return true
}

/** How many of the words from there on make one listening phrase; 0 when they make none. */
function phraseAt(words: readonly string[], at: number): number {
  for (let length = LONGEST_PHRASE_WORDS; length > 0; length--) {
    const phrase = words.slice(at, at + length)
    if (phrase.length === length && LISTENING.has(phrase.join(' '))) return length
  }
  return 0
}
