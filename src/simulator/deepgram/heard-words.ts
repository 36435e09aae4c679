import type { Ear } from '../service/ear.ts'

/** A word and where it lies; ms from the beginning of the connection's audio. */
export interface HeardWord {
  readonly text: string
  readonly startMs: number
  readonly endMs: number
}

/** An ear says when a word ends, not when it began: words of the telephone are about this long. */
const USUAL_WORD_MS = 300

/** The words since the last `take`, with their times. */
export class HeardWords {
  readonly #ear: Ear
  #words: readonly HeardWord[] = []
  #text = ''
  #takenAtMs = 0

  constructor(ear: Ear) {
    this.#ear = ear
  }

  get all(): readonly HeardWord[] {
    return this.#words
  }

  get text(): string {
    return this.#text
  }

  /** Asks the ear, which has heard everything up to `positionMs`, for more; false when there is none. */
  update(positionMs: number): boolean {
    const text = this.#ear.words
    if (text === this.#text) return false
    this.#text = text
    let previousEndMs = this.#takenAtMs
    this.#words = text.split(' ').map((word, at) => {
      const known = this.#words[at]
      const startMs = known?.startMs ?? Math.max(previousEndMs, positionMs - USUAL_WORD_MS)
      previousEndMs = known?.endMs ?? positionMs
      return { text: word, startMs, endMs: previousEndMs }
    })
    return true
  }

  /** The words heard after `positionMs` are others. */
  take(positionMs: number): void {
    this.#ear.take()
    this.#words = []
    this.#text = ''
    this.#takenAtMs = positionMs
  }
}

/** Without marks and capitals, as the services give a word that is not formatted. */
export function plain(word: string): string {
  return word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
}
