import type { BarredSpeech, SpeechRule } from '../pipeline/speech-rule.ts'

/** Looks at the engine's words as they come, ahead of their sound, for what must not be heard (SG1). */
export class SpeechGuard {
  readonly #createRule: () => SpeechRule
  #checked: { readonly utteranceId: string; readonly rule: SpeechRule; text: string } | undefined

  constructor(createRule: () => SpeechRule) {
    this.#createRule = createRule
  }

  /** Gives what an utterance may not go on with, once. `text`: all its words so far. */
  hear(utteranceId: string, text: string, final: boolean): BarredSpeech | undefined {
    if (this.#checked?.utteranceId !== utteranceId) this.#checked = { utteranceId, rule: this.#createRule(), text }
    this.#checked.text = text
    return this.#checked.rule.hear(text, final)
  }

  /** All of it was made, though perhaps nobody said that its words are final. */
  end(utteranceId: string): BarredSpeech | undefined {
    return this.#checked?.utteranceId === utteranceId ? this.#checked.rule.hear(this.#checked.text, true) : undefined
  }
}
