import { dropOldest } from './drop-oldest.ts'

/** The latest of what was worked out, by what it was worked out from: several ask about the same within a moment. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** `work` must give the same for the same key, and is done only when that is not among the latest. */
  of(key: string, work: () => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const value = work()
    this.#values.set(key, value)
    dropOldest(this.#values, this.#most)
    return value
  }
}
