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
  /** Where the engine says so: by `ms` the first `chars` characters were spoken. In order. */
  readonly spoken?: readonly WordTiming[]
}

export interface WordTiming {
  readonly chars: number
  readonly ms: number
}

/**
 * The words of an utterance the caller heard, cut at the last whole word. Where the engine gives no times for
 * words, they are taken to be spread evenly over the audio.
 */
export function heardText(utterance: Utterance): string {
  const { text, givenMs, heardMs, complete, spoken = [] } = utterance
  if (heardMs <= 0) return ''
  if (complete && heardMs >= givenMs - AS_GOOD_AS_ALL_MS) return text
  return spoken.length > 0 ? upTo(text, charactersBy(heardMs, spoken)) : evenlySpread(utterance)
}

function evenlySpread({ text, givenMs, heardMs, complete }: Utterance): string {
  const wholeMs = complete ? givenMs : Math.max(givenMs, text.length * MS_PER_CHARACTER)
  if (wholeMs <= 0 || heardMs >= wholeMs - AS_GOOD_AS_ALL_MS) return text
  return upTo(text, Math.floor(text.length * (heardMs / wholeMs)))
}

function charactersBy(heardMs: number, spoken: readonly WordTiming[]): number {
  return spoken.findLast(({ ms }) => ms <= heardMs)?.chars ?? 0
}

function upTo(text: string, heardCharacters: number): string {
  if (/\s/.test(text[heardCharacters] ?? ' ')) return text.slice(0, heardCharacters).trimEnd()
  return text.slice(0, heardCharacters).replace(/\S*$/, '').trimEnd()
}
