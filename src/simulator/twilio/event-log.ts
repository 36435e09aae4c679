import type { Clock } from '../../lib/clock.ts'
import type { CallEvent, CallHappening } from './call-events.ts'

/** What happened on one call, kept in order and told as it happens. */
export class EventLog {
  readonly entries: CallEvent[] = []
  readonly #clock: Clock
  readonly #startedMs: number
  readonly #listeners = new Set<(event: CallEvent) => void>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startedMs = clock.monotonicMs()
  }

  /** Ms since the call was placed. */
  get atMs(): number {
    return this.#clock.monotonicMs() - this.#startedMs
  }

  /** The call's ms at a moment of the clock's. */
  toCallMs(monotonicMs: number): number {
    return monotonicMs - this.#startedMs
  }

  add(happening: CallHappening): void {
    const event = { atMs: this.atMs, ...happening }
    this.entries.push(event)
    for (const listener of this.#listeners) listener(event)
  }

  /** Tells of everything from now on, until disposed. */
  listen(listener: (event: CallEvent) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }
}
