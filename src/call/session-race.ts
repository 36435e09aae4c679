import { EngineError, type WatchedEngine } from '../engines/engine.ts'
import type { Clock } from '../lib/clock.ts'
import { asEngineError, type EngineOpener, letGo, type OpenedSession } from './engine-opener.ts'
import type { RescueLadder } from './rescue-ladder.ts'

export interface SessionRaceOptions {
  readonly ladder: RescueLadder
  /** In the order of the ladder's rungs. */
  readonly engines: readonly WatchedEngine[]
  /** Why there is a race: told on when nothing else is known at its end. */
  readonly lost: EngineError | undefined
  readonly opener: EngineOpener
  readonly clock: Clock
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
}

/** `attempts`: at all engines together. */
export type RaceResult =
  | { readonly opened: OpenedSession; readonly attempts: number }
  | { readonly opened: undefined; readonly attempts: number; readonly error: EngineError }

/**
 * Opens sessions as the ladder says: the first that is ready wins, the others are called off or closed (RL3). Without a
 * session when the ladder has come to its end; rejects only with the signal's reason.
 */
export function raceForSession(options: SessionRaceOptions): Promise<RaceResult> {
  return new SessionRace(options).run()
}

class SessionRace {
  readonly #options: SessionRaceOptions
  readonly #result = Promise.withResolvers<RaceResult>()
  /** Of the attempts that are being made. */
  readonly #running = new Set<AbortController>()
  #attempts = 0
  #lastError: EngineError | undefined
  #wakeUp: Disposable | undefined
  #over = false

  constructor(options: SessionRaceOptions) {
    this.#options = options
    this.#lastError = options.lost
  }

  async run(): Promise<RaceResult> {
    const { signal } = this.#options
    const onAbort = () => this.#finish(() => this.#result.reject(signal.reason))
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      if (signal.aborted) onAbort()
      this.#advance()
      return await this.#result.promise
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #advance(): void {
    const { ladder, clock } = this.#options
    while (!this.#over) {
      const step = ladder.next(clock.monotonicMs())
      if (step?.do === 'open') {
        // Never rejects.
        void this.#try(step.rung, step.timeoutMs)
      } else if (step) this.#lose(this.#lastError ?? nothingLeft(step.late))
      else break
    }
    this.#wakeUp?.[Symbol.dispose]()
    if (this.#over) return
    this.#wakeUp = clock.after(Math.max(0, ladder.dueMs - clock.monotonicMs()), () => this.#advance())
  }

  async #try(rung: number, timeoutMs: number): Promise<void> {
    const { engines, opener, ladder, clock } = this.#options
    const engine = engines[rung]
    if (!engine) return
    const calledOff = new AbortController()
    this.#running.add(calledOff)
    this.#attempts += 1
    try {
      const opened = await opener.open(engine, { timeoutMs, signal: calledOff.signal })
      this.#running.delete(calledOff)
      this.#cross(opened)
    } catch (error) {
      this.#running.delete(calledOff)
      if (this.#over) return
      this.#lastError = asEngineError(error)
      ladder.failed(rung, this.#lastError, clock.monotonicMs())
      this.#advance()
    }
  }

  /** A session is ready. Throws when it has died already. */
  #cross(opened: OpenedSession): void {
    if (this.#over || opened.lost) letGo(opened.session)
    if (this.#over) return
    if (opened.lost) throw opened.lost
    const attempts = this.#attempts
    this.#finish(() => this.#result.resolve({ opened, attempts }))
  }

  #lose(error: EngineError): void {
    const attempts = this.#attempts
    this.#finish(() => this.#result.resolve({ opened: undefined, attempts, error }))
  }

  #finish(settle: () => void): void {
    if (this.#over) return
    this.#over = true
    this.#wakeUp?.[Symbol.dispose]()
    for (const attempt of this.#running) attempt.abort()
    settle()
  }
}

function nothingLeft(late: boolean): EngineError {
  return late
    ? new EngineError('stalled', 'no_session_in_time', 'No engine session was ready in time.')
    : new EngineError('refused', 'no_engine_in_order', 'No engine is in order: every breaker is open.')
}
