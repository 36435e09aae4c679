/**
 * Speech runs at about 15 characters a second. Used only while the end of an utterance is not known yet: the words
 * run ahead of the audio, so audio received so far says little about how long all the words will take.
 */
const MS_PER_CHARACTER = 65

/** Marks come in whole pieces and audio ends in a breath of silence: this close to the end it was all heard. */
const AS_GOOD_AS_ALL_MS = 100

export interface Utterance {
  readonly text: string
  /** Audio there is of it, in ms. */
  readonly givenMs: number
  readonly heardMs: number
  /** Whether `givenMs` is all there will ever be. */
  readonly complete: boolean
}

/**
 * The words of an utterance the caller heard, cut at the last whole word. Engines give no times for words, so words
 * are taken to be spread evenly over the audio.
 */
export function heardText({ text, givenMs, heardMs, complete }: Utterance): string {
  if (heardMs <= 0) return ''
  const wholeMs = complete ? givenMs : Math.max(givenMs, text.length * MS_PER_CHARACTER)
  if (wholeMs <= 0 || heardMs >= wholeMs - AS_GOOD_AS_ALL_MS) return text
  const heardCharacters = Math.floor(text.length * (heardMs / wholeMs))
  if (/\s/.test(text[heardCharacters] ?? ' ')) return text.slice(0, heardCharacters).trimEnd()
  return text.slice(0, heardCharacters).replace(/\S*$/, '').trimEnd()
}
