import {
  type Briefing,
  EngineError,
  type EngineEvent,
  type EngineSession,
  type WatchedEngine,
} from '../engines/engine.ts'
import type { Clock } from '../lib/clock.ts'

export interface EngineOpenerOptions {
  readonly clock: Clock
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  /** Asked anew for every attempt. `knows`: how much of what was told meanwhile the briefing holds. */
  readonly brief: () => { readonly briefing: Briefing; readonly knows: number }
  /** Hears a session's events once it was given out; `source` tells whose they are. */
  readonly onEvent: (event: EngineEvent, source: OpenedSession) => void
}

/** A session that was opened, and whether it was lost before anybody could take it. */
export interface OpenedSession {
  readonly engine: WatchedEngine
  readonly session: EngineSession
  /** How much of what was told meanwhile it was briefed about. */
  knows: number
  lost: EngineError | undefined
}

export interface OpenAttempt {
  readonly timeoutMs: number
  /** Calls it off, with a reason that is no `EngineError`. */
  readonly signal?: AbortSignal
}

/** Opens sessions of engines, each attempt bounded in time. */
export class EngineOpener {
  readonly #options: EngineOpenerOptions

  constructor(options: EngineOpenerOptions) {
    this.#options = options
  }

  /** One attempt. Throws what the engine throws, or the reason of the signal that aborted. */
  async open(engine: WatchedEngine, attempt: OpenAttempt): Promise<OpenedSession> {
    const { clock, signal, brief, onEvent } = this.#options
    const timeout = new AbortController()
    using _timer = clock.after(attempt.timeoutMs, () => timeout.abort(openTimeout(engine.name, attempt.timeoutMs)))
    const fate: { lost: EngineError | undefined; opened: OpenedSession | undefined } = {
      lost: undefined,
      opened: undefined,
    }
    const { briefing, knows } = brief()
    const session = await engine.open(briefing, {
      signal: AbortSignal.any([signal, timeout.signal, ...(attempt.signal ? [attempt.signal] : [])]),
      onEvent: (event) => {
        if (fate.opened) onEvent(event, fate.opened)
        else if (event.type === 'engine.lost') fate.lost = event.error
      },
    })
    fate.opened = { engine, session, knows, lost: fate.lost }
    return fate.opened
  }
}

const ADVICE = 'try again, or use another engine'

function openTimeout(name: string, timeoutMs: number): EngineError {
  return new EngineError('stalled', 'engine_open_timeout', `${name} did not open within ${timeoutMs} ms: ${ADVICE}.`)
}

/** Closes a session nobody needs any more; one that cannot even be closed is as gone. */
export function letGo(session: EngineSession): void {
  void Promise.resolve(session[Symbol.asyncDispose]()).catch(() => undefined)
}

/** The error as an engine's failure; what no adapter foresaw counts as a connection that dropped. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  // Its own message may quote what somebody said: that stays in the cause.
  return new EngineError('dropped', 'engine_failed', `The engine failed unexpectedly: ${ADVICE}.`, { cause: error })
}
