/** Counts for how long who could talk with whom. Ms of any one clock; the same two are counted once, in either order. */
export class Togetherness {
  readonly #pairMs = new Map<string, number>()
  readonly #aloneNoMoreMs = new Map<string, number>()
  #present: readonly string[] = []
  #sinceMs = 0
  #bridgedMs = 0

  /** From now on these can hear each other, until it is said otherwise. */
  change(present: readonly string[], nowMs: number): void {
    this.#settle(nowMs)
    this.#present = present
  }

  /** How long at least two were together. */
  bridgedMs(nowMs: number): number {
    this.#settle(nowMs)
    return this.#bridgedMs
  }

  /** How long one had company. */
  accompaniedMs(who: string, nowMs: number): number {
    this.#settle(nowMs)
    return this.#aloneNoMoreMs.get(who) ?? 0
  }

  /** How long two had each other. */
  togetherMs(one: string, other: string, nowMs: number): number {
    this.#settle(nowMs)
    return this.#pairMs.get(pairOf(one, other)) ?? 0
  }

  #settle(nowMs: number): void {
    const passedMs = nowMs - this.#sinceMs
    this.#sinceMs = nowMs
    if (this.#present.length < 2) return
    this.#bridgedMs += passedMs
    for (const [index, one] of this.#present.entries()) {
      add(this.#aloneNoMoreMs, one, passedMs)
      for (const other of this.#present.slice(index + 1)) add(this.#pairMs, pairOf(one, other), passedMs)
    }
  }
}

function pairOf(one: string, other: string): string {
  return [one, other].sort().join(' ')
}

function add(sums: Map<string, number>, key: string, ms: number): void {
  sums.set(key, (sums.get(key) ?? 0) + ms)
}
