import type { Clock } from '../../src/lib/clock.ts'

/**
 * Time that goes from one thing that is due to the next. What happens `every` so often is called once for each step of
 * the world instead: a worker that looks every second would look a million times in two weeks.
 */
export class SimClock implements Clock {
  readonly #startedAt: number
  #elapsedMs = 0
  readonly #timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>()
  readonly #tickers = new Set<() => void>()

  constructor(startedAt: number) {
    this.#startedAt = startedAt
  }

  now(): number {
    return this.#startedAt + this.#elapsedMs
  }

  monotonicMs(): number {
    return this.#elapsedMs
  }

  after(delayMs: number, callback: () => void): Disposable {
    const timer = { dueMs: this.#elapsedMs + Math.max(0, delayMs), callback }
    this.#timers.add(timer)
    return { [Symbol.dispose]: () => void this.#timers.delete(timer) }
  }

  every(_periodMs: number, callback: () => void): Disposable {
    const ticker = () => callback()
    this.#tickers.add(ticker)
    return { [Symbol.dispose]: () => void this.#tickers.delete(ticker) }
  }

  /** When the next timer is due, in epoch ms. */
  get nextDueAt(): number | undefined {
    const due = this.#next(Number.POSITIVE_INFINITY)
    return due && this.#startedAt + due.dueMs
  }

  /** Runs what is due until then, one after the other in the order of their times. */
  advanceTo(at: number): void {
    const untilMs = at - this.#startedAt
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs)
      this.#timers.delete(next)
      next.callback()
    }
    this.#elapsedMs = Math.max(this.#elapsedMs, untilMs)
  }

  tick(): void {
    for (const ticker of [...this.#tickers]) ticker()
  }

  #next(untilMs: number) {
    let next: { dueMs: number; callback: () => void } | undefined
    for (const timer of this.#timers) if (timer.dueMs <= untilMs && (!next || timer.dueMs < next.dueMs)) next = timer
    return next
  }
}

/** The clock as a process sees it: once it is dead, nothing of it happens any more. */
export function clockOf(clock: Clock, life: { readonly isAlive: boolean }): Clock {
  const ifAlive = (callback: () => void) => () => {
    if (life.isAlive) callback()
  }
  return {
    now: () => clock.now(),
    monotonicMs: () => clock.monotonicMs(),
    after: (delayMs, callback) => clock.after(delayMs, ifAlive(callback)),
    every: (periodMs, callback) => clock.every(periodMs, ifAlive(callback)),
  }
}
