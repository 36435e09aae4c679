import type { Ear } from '../service/ear.ts'
import { type SpokenWord, textOf, understand } from '../service/understanding.ts'

/** A word and where it lies; ms from the beginning of the connection's audio. */
export interface HeardWord extends SpokenWord {
  readonly startMs: number
  readonly endMs: number
}

/** An ear says when a word ends, not when it began: words of the telephone are about this long. */
const USUAL_WORD_MS = 300

/** The words since the last `take`, with their times, as a model that knows some languages makes them out. */
export class HeardWords {
  readonly #ear: Ear
  readonly #known: readonly string[]
  #words: readonly HeardWord[] = []
  #text = ''
  #takenAtMs = 0

  /** @param known ISO 639-1, the language it expects first. */
  constructor(ear: Ear, known: readonly string[]) {
    this.#ear = ear
    this.#known = known
  }

  get all(): readonly HeardWord[] {
    return this.#words
  }

  get text(): string {
    return this.#text
  }

  /** Asks the ear, which has heard everything up to `positionMs`, for more; false when there is none. */
  update(positionMs: number): boolean {
    const words = understand(this.#ear.spoken, this.#known)
    const text = textOf(words)
    if (text === this.#text) return false
    this.#text = text
    let previousEndMs = this.#takenAtMs
    this.#words = words.map((word, at) => {
      const known = this.#words[at]
      const startMs = known?.startMs ?? Math.max(previousEndMs, positionMs - USUAL_WORD_MS)
      previousEndMs = known?.endMs ?? positionMs
      return { ...word, startMs, endMs: previousEndMs }
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
