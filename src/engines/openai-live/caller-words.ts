import type { LocalTurns } from '../local-turns.ts'

/** A pause as long as this in one side's fragments is an end; both shipped clients take the same (contract section 6). */
export const GROUP_PAUSE_MS = 800

/**
 * The caller's words, which come in fragments that belong to nothing and end nowhere: grouped, and given to the turns our
 * own ear has found.
 */
export class CallerWords {
  readonly #turns: LocalTurns
  #text = ''
  #latestAtMs = 0

  constructor(turns: LocalTurns) {
    this.#turns = turns
  }

  add(fragment: string, nowMs: number): void {
    this.#text += fragment
    this.#latestAtMs = nowMs
    this.#turns.partialWords(this.#text.trim())
  }

  /** What has come so far was said before, if something was. */
  callerStarted(): void {
    if (this.#text !== '' && this.#turns.awaitsWords) this.#close()
  }

  /** The last of their words may be on the way. */
  callerStopped(nowMs: number): void {
    this.#latestAtMs = nowMs
  }

  /** To be called every 100 ms. */
  tick(nowMs: number): void {
    const isOver = !this.#turns.callerSpeaks && nowMs - this.#latestAtMs >= GROUP_PAUSE_MS
    if (this.#text !== '' && isOver) this.#close()
  }

  #close(): void {
    const text = this.#text.trim()
    this.#text = ''
    this.#turns.finalWords(text)
  }
}
