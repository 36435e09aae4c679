import { wordsOf } from '../../lib/spoken-words.ts'
import { partRead } from '../plain-text.ts'

/** A wish is in the first sentences; what is longer is a story. */
const MOST_SENTENCES = 8

const NUMBER_WORDS = new Set(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred oh dash double'.split(
    ' ',
  ),
)

/** Fewer in a row may be a five one ARM or a rate of six and a half. */
const FEWEST_OF_A_NUMBER = 3

/**
 * The sentences of an utterance as the model reads them: small letters, a long number as a single 0, so that a number
 * read out at length does not drown the wish beside it.
 */
export function sentencesOf(text: string): string[] {
  return partRead(text)
    .split(/[.!?;。？！¿¡]+(?=\s|$|[^\d])/)
    .map(asRead)
    .filter((sentence) => sentence !== '')
    .slice(0, MOST_SENTENCES)
}

function asRead(sentence: string): string {
  const read: string[] = []
  let run: string[] = []
  for (const word of [...wordsOf(sentence), '']) {
    if (/^\d+$/.test(word) || NUMBER_WORDS.has(word)) run.push(word)
    else {
      read.push(...(run.length < FEWEST_OF_A_NUMBER ? run : ['0']), word)
      run = []
    }
  }
  return read.join(' ').trim()
}
