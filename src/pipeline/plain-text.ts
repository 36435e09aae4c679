import { Recent } from '../lib/recent.ts'

/** What is read of an utterance, in characters: half a minute of speech says what somebody wants. */
const LONGEST_READ = 480
/** Of which so much at its end: who has talked for that long says there what they want after all. */
const READ_AT_THE_END = 200

/** What is read of an utterance: the whole, or of a long one its beginning and its end, as two sentences. */
export function partRead(text: string): string {
  if (text.length <= LONGEST_READ) return text
  const beginning = text.slice(0, LONGEST_READ - READ_AT_THE_END)
  const end = text.slice(-READ_AT_THE_END)
  // No half words, but where no spaces are set.
  return `${beginning.replace(/ [^ ]*$/, '')} … ${end.replace(/^[^ ]* /, '')}`
}

/** A text as patterns read it: small letters, compatibility forms, straight apostrophes, single spaces. */
export function plainText(text: string): string {
  return recent.of(text, () =>
    partRead(text).normalize('NFKC').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ').trim(),
  )
}

/** Each stage asks for the same utterance, and for our words before it. */
const recent = new Recent<string>(8)
