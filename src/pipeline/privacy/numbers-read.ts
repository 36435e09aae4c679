import { type NumberPart, numberPartsOf } from './number-parts.ts'
import { type Token, tokensOf } from './tokens.ts'

export interface NumbersRead {
  readonly tokens: readonly Token[]
  readonly parts: readonly NumberPart[]
}

/** The words and the numbers of a text. */
export function readNumbers(text: string): NumbersRead {
  if (last?.text !== text) {
    const tokens = tokensOf(text)
    last = { text, tokens, parts: numberPartsOf(text, tokens) }
  }
  return last
}

/** What hides numbers, what mutes the recording and what knows read-backs all look at the same utterance in turn. */
let last: (NumbersRead & { readonly text: string }) | undefined
