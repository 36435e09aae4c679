/** So many complaints a second are told one by one; a ledger row for each of a flood would fill the database. */
const MOST_TOLD_PER_SECOND = 20
/** A provider that errs this often serves nobody (RELIABILITY F28). */
const MOST_PER_SECOND = 200

/** Counts what a provider complains of, so that a flood of it is told once and at last ends the session. */
export class ComplaintLimit {
  #sinceMs = 0
  #count = 0

  /** Counts one more. `tell the flood`: it is the first that is not told by itself, in this second. */
  count(nowMs: number): 'tell' | 'tell the flood' | 'pass over' | 'too many' {
    if (nowMs - this.#sinceMs >= 1_000) {
      this.#sinceMs = nowMs
      this.#count = 0
    }
    this.#count += 1
    if (this.#count > MOST_PER_SECOND) return 'too many'
    if (this.#count === MOST_TOLD_PER_SECOND + 1) return 'tell the flood'
    return this.#count > MOST_TOLD_PER_SECOND ? 'pass over' : 'tell'
  }
}
