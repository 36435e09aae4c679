import { type Briefing, type Engine, EngineError, type EngineEvent, type EngineSession } from '../engines/engine.ts'
import { type Clock, sleep } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { EngineOpening } from './facts.ts'

export interface EngineOpenerOptions {
  readonly engine: Engine
  readonly clock: Clock
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  /** Asked anew for every attempt. */
  readonly brief: () => Briefing
  /** Hears a session's events once it was given out; `source` tells whose they are. */
  readonly onEvent: (event: EngineEvent, source: OpenedSession) => void
}

/** A session that was opened, and whether it was lost before anybody could take it. */
export interface OpenedSession {
  readonly session: EngineSession
  lost: EngineError | undefined
}

/** When an attempt is made, in ms after the loss or the failures before it (RELIABILITY F1). */
const RETRY_AFTER_MS = [0, 250, 750] as const
/** One attempt may take this long (F1); one that nobody waits for in silence may take longer. */
const ATTEMPT_TIMEOUT_MS = 1_500
const PATIENT_TIMEOUT_MS = 4_000
/** A provider that asks for a longer pause is given up for this call (F3). */
const LONGEST_PAUSE_MS = 1_000

/** Opens sessions of the call's engine, each attempt bounded in time. */
export class EngineOpener {
  readonly #options: EngineOpenerOptions

  constructor(options: EngineOpenerOptions) {
    this.#options = options
  }

  /** Tries as often as F1 says. Throws what the last attempt threw, or the signal's reason once the call has ended. */
  async openWithRetries(because: EngineOpening): Promise<{ opened: OpenedSession; attempts: number }> {
    const { clock, signal } = this.#options
    const ringing = because === 'ring' || because === 'resume'
    for (let attempts = 1; ; attempts += 1) {
      try {
        return { opened: await (ringing && attempts === 1 ? this.openPatiently() : this.#openSoon()), attempts }
      } catch (error) {
        signal.throwIfAborted()
        const pauseMs = pauseBeforeRetryMs(asEngineError(error), attempts)
        if (pauseMs === undefined) throw error
        await sleep(clock, pauseMs, signal)
      }
    }
  }

  /** One attempt, while the phone still rings or another session serves. Throws what the engine throws. */
  openPatiently(): Promise<OpenedSession> {
    return this.#open(PATIENT_TIMEOUT_MS)
  }

  #openSoon(): Promise<OpenedSession> {
    return this.#open(ATTEMPT_TIMEOUT_MS)
  }

  async #open(timeoutMs: number): Promise<OpenedSession> {
    const { engine, clock, signal, brief, onEvent } = this.#options
    const timeout = new AbortController()
    using _timer = clock.after(timeoutMs, () => {
      timeout.abort(
        new EngineError('stalled', 'engine_open_timeout', `${engine.name} did not open within ${timeoutMs} ms`),
      )
    })
    const fate: { lost: EngineError | undefined; opened: OpenedSession | undefined } = {
      lost: undefined,
      opened: undefined,
    }
    const session = await engine.open(brief(), {
      signal: AbortSignal.any([signal, timeout.signal]),
      onEvent: (event) => {
        if (fate.opened) onEvent(event, fate.opened)
        else if (event.type === 'engine.lost') fate.lost = event.error
      },
    })
    fate.opened = { session, lost: fate.lost }
    return fate.opened
  }
}

/** Ms to wait before the next attempt after so many before it, or undefined when there is none. */
export function pauseBeforeRetryMs(error: EngineError, failures: number): number | undefined {
  if (error.failure === 'refused') return undefined
  const scheduledMs = RETRY_AFTER_MS[failures]
  if (scheduledMs === undefined) return undefined
  if (error.failure !== 'limited') return scheduledMs
  return error.retryAfterMs !== undefined && error.retryAfterMs <= LONGEST_PAUSE_MS ? error.retryAfterMs : undefined
}

/** The error as an engine's failure; what no adapter foresaw counts as a connection that dropped. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  return new EngineError('dropped', 'engine_failed', `the engine failed unexpectedly: ${messageOf(error)}`, {
    cause: error,
  })
}
