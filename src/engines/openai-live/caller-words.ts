import type { LocalTurns } from '../local-turns.ts'
import { Fragments } from './fragments.ts'
import type { WireFragment } from './server-events.ts'

/** A pause as long as this in one side's fragments is an end; both shipped clients take the same (contract section 6). */
export const GROUP_PAUSE_MS = 800

/**
 * The caller's words, which come in fragments that belong to nothing and end nowhere: grouped, and given to the turns our
 * own ear has found.
 */
export class CallerWords {
  readonly #turns: LocalTurns
  #words = new Fragments()
  #latestAtMs = 0

  constructor(turns: LocalTurns) {
    this.#turns = turns
  }

  add(fragment: WireFragment, nowMs: number): void {
    this.#words.add(fragment)
    this.#latestAtMs = nowMs
    this.#turns.partialWords(this.#words.text)
  }

  /** What has come so far was said before, if something was. */
  callerStarted(): void {
    if (this.#words.text !== '' && this.#turns.awaitsWords) this.#close()
  }

  /** The last of their words may be on the way. */
  callerStopped(nowMs: number): void {
    this.#latestAtMs = nowMs
  }

  /** To be called every 100 ms. */
  tick(nowMs: number): void {
    const isOver = !this.#turns.callerSpeaks && nowMs - this.#latestAtMs >= GROUP_PAUSE_MS
    if (this.#words.text !== '' && isOver) this.#close()
  }

  #close(): void {
    const { text } = this.#words
    this.#words = new Fragments()
    this.#turns.finalWords(text)
  }
}
