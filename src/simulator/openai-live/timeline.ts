import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import type { Clock } from '../../lib/clock.ts'

export interface TimelineOptions {
  readonly clock: Clock
  /** Length of one piece of output audio. */
  readonly chunkMs: number
  /** Whether time stands still while no audio comes in. That input drives it is inferred, not documented (contract 7). */
  readonly drivenByInput: boolean
  /** Makes the next piece of output, which ends where the timeline then stands. */
  readonly onChunk: () => void
}

interface Due {
  readonly atMs: number
  readonly callback: () => void
}

/** A session's own time, in ms since it started: it goes on by whole pieces of output, at the pace of real time. */
export class Timeline implements Disposable {
  readonly #options: TimelineOptions
  readonly #timers = new DisposableStack()
  #startedAtMs: number | undefined
  #nowMs = 0
  #heardMs = 0
  #heardFromMs: number | undefined
  /** What falls due first comes first; of the same time, what was asked for first. */
  #due: Due[] = []

  constructor(options: TimelineOptions) {
    this.#options = options
  }

  get nowMs(): number {
    return this.#nowMs
  }

  get chunkMs(): number {
    return this.#options.chunkMs
  }

  /** Ms of input so far. */
  get heardMs(): number {
    return this.#heardMs
  }

  /** Where the input stands in the session, which was there before its first sound. */
  get heardAtMs(): number {
    return (this.#heardFromMs ?? 0) + this.#heardMs
  }

  start(): void {
    const { chunkMs, clock } = this.#options
    this.#startedAtMs = clock.monotonicMs()
    this.#timers.use(clock.every(chunkMs, () => this.#goOn()))
  }

  /** So many bytes of mu-law came in. */
  hear(bytes: number): void {
    this.#heardFromMs ??= this.#nowMs
    this.#heardMs += bytes / BYTES_PER_MS
  }

  /** Calls back when the session has lasted so much longer. */
  after(delayMs: number, callback: () => void): Disposable {
    const due = { atMs: this.#nowMs + delayMs, callback }
    const later = this.#due.findIndex(({ atMs }) => atMs > due.atMs)
    this.#due.splice(later === -1 ? this.#due.length : later, 0, due)
    return {
      [Symbol.dispose]: () => {
        this.#due = this.#due.filter((one) => one !== due)
      },
    }
  }

  [Symbol.dispose](): void {
    this.#timers.dispose()
    this.#due = []
  }

  #goOn(): void {
    const { chunkMs, clock, drivenByInput, onChunk } = this.#options
    const elapsedMs = clock.monotonicMs() - (this.#startedAtMs ?? 0)
    const untilMs = drivenByInput ? Math.min(elapsedMs, this.#heardMs) : elapsedMs
    while (this.#nowMs + chunkMs <= untilMs) {
      this.#nowMs += chunkMs
      onChunk()
      this.#callDue()
    }
  }

  #callDue(): void {
    for (let next = this.#due[0]; next && next.atMs <= this.#nowMs; next = this.#due[0]) {
      this.#due.shift()
      next.callback()
    }
  }
}
