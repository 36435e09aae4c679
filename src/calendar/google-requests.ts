import type { MethodOptions } from '@googleapis/calendar'
import type { JWT } from 'google-auth-library'
import { retry } from '../lib/backoff.ts'
import type { Clock } from '../lib/clock.ts'
import { HearthlineError } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { untilAborted } from '../lib/until-aborted.ts'
import type { GoogleAccess } from './google-access.ts'
import { failureOf, GoogleFailure } from './google-failure.ts'

/** How the official client is to be asked: by whom, and until when. */
export interface Asking {
  readonly auth: JWT
  readonly options: MethodOptions
}

/** What may be done while one thing is being done at Google. Both reject with `GoogleFailure`. */
export interface GoogleErrand {
  /** Aborts when there is no time left for it. */
  readonly signal: AbortSignal
  /** One request, bounded; a refused token is fetched anew once. */
  once<T>(request: (asking: Asking) => Promise<{ readonly data: T }>): Promise<T>
  /** Tries again what failed in passing, with growing pauses. Each try must look whether an earlier one went through. */
  again<T>(attempt: () => Promise<T>): Promise<T>
}

export interface GoogleRequestsOptions {
  readonly access: GoogleAccess
  readonly clock: Clock
  readonly log: Log
}

/** Ms for one request (RELIABILITY F12). */
export const TRY_MS = 3_000

/** Ms for all there is to do, a caller being on the line (F12). */
const ERRAND_MS = 8_000

/** The deadline ends the tries before their number does, unless Google says no at once each time. */
const BACKOFF = { tries: 6, firstDelayMs: 200, factor: 2, capMs: 2_000, jitter: 0.3 }

export class GoogleRequests {
  readonly #access: GoogleAccess
  readonly #clock: Clock
  readonly #log: Log

  constructor({ access, clock, log }: GoogleRequestsOptions) {
    this.#access = access
    this.#clock = clock
    this.#log = log
  }

  /**
   * Does one thing at Google, within 8 s. Rejects with `calendar.unreachable` (retryable; what was asked may have
   * happened) or `calendar.refused`. `what` completes "could not"; ids only.
   */
  async run<T>(what: string, signal: AbortSignal, work: (errand: GoogleErrand) => Promise<T>): Promise<T> {
    const over = new AbortController()
    using _deadline = this.#clock.after(ERRAND_MS, () => over.abort(new GoogleFailure({ reason: 'deadline' })))
    const stop = AbortSignal.any([signal, over.signal])
    try {
      return await work({
        signal: stop,
        once: (request) => this.#once(request, stop),
        again: (attempt) => retry(attempt, { ...BACKOFF, clock: this.#clock, isRetryable, signal: stop }),
      })
    } catch (thrown) {
      throw this.#explain(what, stop.aborted ? new GoogleFailure({ reason: 'deadline' }) : thrown)
    } finally {
      // Whatever was asked beside that which failed is of no use any more.
      over.abort(new GoogleFailure({ reason: 'over' }))
    }
  }

  async #once<T>(request: (asking: Asking) => Promise<{ readonly data: T }>, stop: AbortSignal): Promise<T> {
    const auth = this.#access.client
    try {
      return await this.#ask(request, auth, stop)
    } catch (thrown) {
      if (!(thrown instanceof GoogleFailure) || thrown.status !== 401) throw thrown
      this.#access.renew(auth)
      return await this.#ask(request, this.#access.client, stop)
    }
  }

  async #ask<T>(request: (asking: Asking) => Promise<{ readonly data: T }>, auth: JWT, stop: AbortSignal): Promise<T> {
    const late = new AbortController()
    using _patience = this.#clock.after(TRY_MS, () => late.abort(new GoogleFailure({ reason: 'timeout' })))
    const signal = AbortSignal.any([stop, late.signal])
    try {
      // The client itself waits for a token without asking the signal.
      const { data } = await untilAborted(request({ auth, options: { signal, retry: false } }), signal)
      // What is no JSON is handed over as it came: of a proxy, or cut off.
      if (typeof data === 'string' && data !== '') throw new GoogleFailure({ reason: 'unreadable' })
      return data
    } catch (thrown) {
      throw failureOf(signal.aborted ? signal.reason : thrown)
    }
  }

  #explain(what: string, thrown: unknown): unknown {
    if (!(thrown instanceof GoogleFailure)) return thrown
    const { status, reason, isPassing } = thrown
    this.#log.warn({ what, status, reason }, 'calendar request failed')
    const attempted = `Could not ${what} at Google Calendar: ${thrown.message}.`
    if (isPassing) {
      const advice = 'Try again later; if it stays, check the network and GOOGLE_BASE_URL.'
      return new HearthlineError('calendar.unreachable', `${attempted} ${advice}`, { cause: thrown, retryable: true })
    }
    const advice = 'Check the service account and that the calendar is shared with it for changes.'
    return new HearthlineError('calendar.refused', `${attempted} ${advice}`, { cause: thrown })
  }
}

function isRetryable(thrown: unknown): boolean {
  return thrown instanceof GoogleFailure && thrown.isPassing
}
