import type { Clock } from '../lib/clock.ts'
import { type Engine, EngineError } from './engine.ts'

/** An engine that fails this often within this time is taken for out of order (RELIABILITY 3.1). */
const FAILURES = 3
const WITHIN_MS = 10_000
/** How long new calls are kept away before one may try again. A refused key stays refused for longer. */
const OPEN_MS = 5_000
const REFUSED_MS = 60_000

/**
 * Remembers how an engine fared, over all calls, so that a new call need not find out by making its caller wait
 * (RELIABILITY F3, F4). State is this process's own.
 */
export class EngineBreaker {
  readonly #clock: Clock
  #failedAtMs: number[] = []
  #openUntilMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** New calls should be served some other way for now. */
  get isOpen(): boolean {
    return this.#clock.monotonicMs() < this.#openUntilMs
  }

  /** The engine, watched. */
  watch(engine: Engine): Engine {
    return {
      ...engine,
      open: async (briefing, options) => {
        try {
          const session = await engine.open(briefing, options)
          this.#failedAtMs = []
          return session
        } catch (error) {
          if (!options.signal.aborted || error instanceof EngineError) this.#fail(error)
          throw error
        }
      },
    }
  }

  #fail(error: unknown): void {
    const nowMs = this.#clock.monotonicMs()
    if (error instanceof EngineError && error.failure === 'refused') this.#openUntilMs = nowMs + REFUSED_MS
    if (error instanceof EngineError && error.failure === 'limited') {
      this.#openUntilMs = Math.max(this.#openUntilMs, nowMs + (error.retryAfterMs ?? OPEN_MS))
    }
    this.#failedAtMs = [...this.#failedAtMs.filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs]
    if (this.#failedAtMs.length >= FAILURES) this.#openUntilMs = Math.max(this.#openUntilMs, nowMs + OPEN_MS)
  }
}
