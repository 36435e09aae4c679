import type { SpeechRule } from '../speech-rule.ts'
import type { Barred } from './barred.ts'
import { findFigure } from './money-figures.ts'
import { findPromise } from './promises.ts'
import { findForbiddenQuestion } from './questions.ts'
import { findReferral } from './referrals.ts'
import { type Sentence, SentenceCutter } from './sentence-cutter.ts'

export type { Barred, BarredRule } from './barred.ts'

/**
 * What a licence is needed for, looked for in what the agent is about to say (RELIABILITY C11, C12, C14, C15). One for
 * each utterance; asked again with every word, it looks at the end that is new and the sentence before.
 */
export class SpeechCheck implements SpeechRule {
  readonly #sentences = new SentenceCutter()
  #said = false

  /** `textSoFar`: all words of the utterance; `final` when there are no more. Says once what must not be heard. */
  hear(textSoFar: string, final = false): Barred | undefined {
    if (this.#said) return undefined
    for (const sentence of this.#sentences.cut(textSoFar, final)) {
      const found = judge(sentence)
      if (!found) continue
      this.#said = true
      return found
    }
    return undefined
  }
}

/** Judges a text by itself. `final: false` when words may follow. */
export function checkSpeech(text: string, said: { readonly final?: boolean } = {}): Barred | undefined {
  return new SpeechCheck().hear(text, said.final ?? true)
}

function judge({ text, complete, previous }: Sentence): Barred | undefined {
  const written = plain(text)
  if (!/[\p{L}\p{N}]/u.test(written)) return undefined
  const lower = written.toLowerCase()
  return (
    findFigure({ text: lower, complete, previous: plain(previous).toLowerCase() }) ??
    findPromise(lower) ??
    findForbiddenQuestion(lower) ??
    findReferral(written, lower)
  )
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll('’', "'").trim()
}
