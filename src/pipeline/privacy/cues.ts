import { CUE_PHRASES, type CueKind } from './cue-words.ts'
import { plainWord, type Token } from './tokens.ts'

/** Words found in a text that say what a number is: "social security". */
export interface Cue {
  readonly kind: CueKind
  /** Token indices, the end exclusive. */
  readonly from: number
  readonly to: number
  /** It names the number itself, not what has one: "account number", not "account". */
  readonly isOfNumber: boolean
}

interface Phrase {
  readonly kind: CueKind
  readonly words: readonly string[]
}

const NUMBER_WORDS = new Set(
  'number numbers no num numero id iban ssn pin nip code codigo cvv cvc routing 号 號 so nimewo'.split(' '),
)

/** By first word, the longest first: "phone password" is not a phone. */
const PHRASES = phrasesByFirstWord()

export function cuesIn(tokens: readonly Token[]): Cue[] {
  const cues: Cue[] = []
  for (let at = 0; at < tokens.length; ) {
    const phrase = PHRASES.get(tokens[at]!.word)?.find(({ words }) => fits(tokens, at, words))
    if (!phrase) {
      at += 1
      continue
    }
    const to = at + phrase.words.length
    // "call the account number ..."
    const isOfNumber = tokens.slice(at, to + 3).some(({ word }) => NUMBER_WORDS.has(word))
    cues.push({ kind: phrase.kind, from: at, to, isOfNumber })
    at = to
  }
  return cues
}

function fits(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  return words.every((word, offset) => tokens[at + offset]?.word === word)
}

function phrasesByFirstWord(): ReadonlyMap<string, readonly Phrase[]> {
  const phrases = (Object.keys(CUE_PHRASES) as CueKind[]).flatMap((kind) =>
    CUE_PHRASES[kind].flatMap((list) =>
      list.split('|').map((phrase) => ({ kind, words: phrase.split(' ').map(plainWord) })),
    ),
  )
  return Map.groupBy(
    phrases.sort((one, other) => other.words.length - one.words.length),
    ({ words }) => words[0]!,
  )
}
