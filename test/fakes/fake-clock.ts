import type { Clock } from '../../src/lib/clock.ts'

/** Time that stands still until `advance`. Timers run in the order they fall due, as they would in real time. */
export class FakeClock implements Clock {
  #elapsedMs = 0
  readonly #startedAt: number
  readonly #timers = new Set<{ dueMs: number; periodMs: number | undefined; callback: () => void }>()

  constructor(startedAt = Date.UTC(2026, 10, 20, 15, 0, 0)) {
    this.#startedAt = startedAt
  }

  now(): number {
    return this.#startedAt + this.#elapsedMs
  }

  monotonicMs(): number {
    return this.#elapsedMs
  }

  after(delayMs: number, callback: () => void): Disposable {
    return this.#schedule(delayMs, undefined, callback)
  }

  every(periodMs: number, callback: () => void): Disposable {
    return this.#schedule(periodMs, periodMs, callback)
  }

  /** How many timers are set: a closed thing leaves none behind. */
  get timers(): number {
    return this.#timers.size
  }

  advance(ms: number): void {
    const untilMs = this.#elapsedMs + ms
    for (let next = this.#nextDue(untilMs); next; next = this.#nextDue(untilMs)) {
      this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs)
      if (next.periodMs === undefined) this.#timers.delete(next)
      else next.dueMs += next.periodMs
      next.callback()
    }
    this.#elapsedMs = untilMs
  }

  /** Advances in steps and lets promises settle between them, for code that awaits. */
  async advanceAsync(ms: number, stepMs = 100): Promise<void> {
    await settle()
    for (let left = ms; left > 0; left -= stepMs) {
      this.advance(Math.min(stepMs, left))
      await settle()
    }
  }

  #schedule(delayMs: number, periodMs: number | undefined, callback: () => void): Disposable {
    const timer = { dueMs: this.#elapsedMs + delayMs, periodMs, callback }
    this.#timers.add(timer)
    return { [Symbol.dispose]: () => void this.#timers.delete(timer) }
  }

  #nextDue(untilMs: number) {
    let next: { dueMs: number; periodMs: number | undefined; callback: () => void } | undefined
    for (const timer of this.#timers) if (timer.dueMs <= untilMs && (!next || timer.dueMs < next.dueMs)) next = timer
    return next
  }
}

/** Lets every promise settle that waits for nothing but other promises. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
