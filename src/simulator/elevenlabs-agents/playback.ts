import type { Clock } from '../../lib/clock.ts'

/** When the client plays what it was sent, as the service has to assume: at once, and one after the other. */
export class Playback {
  readonly #clock: Clock
  #untilMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get playing(): boolean {
    return this.#clock.monotonicMs() < this.#untilMs
  }

  /** Queues so much more, and says when it begins to play, by the monotonic clock. */
  queue(ms: number): number {
    const fromMs = Math.max(this.#clock.monotonicMs(), this.#untilMs)
    this.#untilMs = fromMs + ms
    return fromMs
  }

  stop(): void {
    this.#untilMs = this.#clock.monotonicMs()
  }
}
