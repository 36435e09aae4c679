import { endOfWord, type KnownClip } from './known-clip.ts'
import type { SpokenWord } from './understanding.ts'

/** A word is heard also when so many of its frames are lost, whichever they are. */
const LOST_FRAMES = 2

export interface GuessStart {
  readonly clip: KnownClip
  /** The first frame that is heard of it. */
  readonly frame: number
  /** Words of clips heard before this one. */
  readonly before: readonly SpokenWord[]
  /** Frames that were missed so far if this guess is right. */
  readonly missed: number
}

/** One reading of what is being heard: this clip, as far as here. Silence and unknown frames do not move it. */
export class Guess {
  readonly clip: KnownClip
  readonly #heard: Uint8Array
  #before: readonly SpokenWord[]
  /** The frame that comes next. */
  #next: number
  #missed: number
  #takenWords = 0

  constructor({ clip, frame, before, missed }: GuessStart) {
    this.clip = clip
    this.#before = before
    this.#missed = missed
    this.#heard = new Uint8Array(clip.frameCount)
    this.#heard[frame] = 1
    this.#next = frame + 1
  }

  /** Where it stands: guesses of one clip at one place go on alike. */
  get next(): number {
    return this.#next
  }

  /** Frames of known clips that should have been heard and were not: the fewer, the better the guess. */
  get missed(): number {
    return this.#missed
  }

  /** The same, were the clip to end here. */
  get missedIfOver(): number {
    return this.#missed + this.clip.frameCount - this.#next
  }

  /** Everything heard since the last `take`. */
  get words(): SpokenWord[] {
    const { words } = this.clip
    return [...this.#before, ...words.filter((_, word) => word >= this.#takenWords && this.#hasHeard(word))]
  }

  take(): void {
    this.#before = []
    this.#takenWords = this.clip.words.findLastIndex((_, word) => this.#hasHeard(word)) + 1
  }

  /** Whether the frame is the very next one. */
  expects(key: string): boolean {
    return this.clip.places.get(key)?.includes(this.#next) ?? false
  }

  /** Goes on to the frame's next place in the clip; false when it has none. */
  follow(key: string): boolean {
    const place = this.clip.places.get(key)?.find((frame) => frame >= this.#next)
    if (place === undefined) return false
    this.#missed += place - this.#next
    this.#heard[place] = 1
    this.#next = place + 1
    return true
  }

  #hasHeard(word: number): boolean {
    const end = endOfWord(this.clip, word)
    if (this.#heard[end]) return true
    const start = word === 0 ? 0 : endOfWord(this.clip, word - 1) + 1
    const length = end + 1 - start
    const heard = this.#heard.subarray(start, end + 1).reduce((sum, frame) => sum + frame, 0)
    const most = Math.ceil(length / 2)
    return length > 0 && heard >= (this.#next > end ? most : Math.max(most, length - LOST_FRAMES))
  }
}
