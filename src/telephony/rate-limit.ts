/** Counts what a peer sends, and says when it is more in a second than any honest peer would send (RELIABILITY F28). */
export class RateLimit {
  #total = 0
  #thisSecond = 0
  #secondBeganAtMs = 0

  get total(): number {
    return this.#total
  }

  /** Counts one more. */
  count(nowMs: number): 'tolerated' | 'too many' {
    if (nowMs - this.#secondBeganAtMs >= 1000) {
      this.#secondBeganAtMs = nowMs
      this.#thisSecond = 0
    }
    this.#total += 1
    this.#thisSecond += 1
    return this.#thisSecond > MAX_PER_SECOND ? 'too many' : 'tolerated'
  }
}

const MAX_PER_SECOND = 20
