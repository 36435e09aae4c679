export type LoopKind = 'tool calls' | 'empty answers' | 'same sentence'

/** Answers without speech or tools that are borne in a row, and equal sentences (RELIABILITY F31). */
const EMPTY_ANSWERS = 2
const SAME_SENTENCES = 3

/** Notices a model that has lost the thread, so that a person can take over. */
export class LoopBreaker {
  #emptyAnswers = 0
  #lastSentence = ''
  #sameSentences = 0

  answered(empty: boolean): LoopKind | undefined {
    this.#emptyAnswers = empty ? this.#emptyAnswers + 1 : 0
    return this.#emptyAnswers >= EMPTY_ANSWERS ? 'empty answers' : undefined
  }

  /** `text`: all words of a finished utterance of the model. */
  said(text: string): LoopKind | undefined {
    const sentence = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
    this.#sameSentences = sentence !== '' && sentence === this.#lastSentence ? this.#sameSentences + 1 : 1
    this.#lastSentence = sentence
    return this.#sameSentences >= SAME_SENTENCES ? 'same sentence' : undefined
  }
}
