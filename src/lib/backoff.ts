import { type Clock, sleep } from './clock.ts'

/** How long to wait between tries: each wait is `factor` times the one before, up to `capMs`. */
export interface Backoff {
  /** How often it is tried in all, the first time included. */
  readonly tries: number
  readonly firstDelayMs: number
  readonly factor: number
  readonly capMs: number
  /** Part of each wait that is left to chance (0.1 = up to 10 % shorter or longer), so that clients do not march. */
  readonly jitter: number
}

export interface RetryOptions extends Backoff {
  readonly clock: Clock
  /** Whether trying again may help; what it refuses is thrown at once. */
  readonly isRetryable: (thrown: unknown) => boolean
  /** Ends the waiting between tries; its reason is thrown. */
  readonly signal?: AbortSignal
  /** A number in [0, 1); chance by default. */
  readonly random?: () => number
}

/** Tries until it works, and throws what the last try threw. Only for what may safely happen twice. */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt()
    } catch (thrown) {
      if (tried >= options.tries || !options.isRetryable(thrown)) throw thrown
    }
    await sleep(options.clock, backoffDelayMs(options, tried, options.random), options.signal)
  }
}

/** The wait in ms after `failures` failed tries (1 or more). */
export function backoffDelayMs(backoff: Backoff, failures: number, random: () => number = Math.random): number {
  const delayMs = Math.min(backoff.capMs, backoff.firstDelayMs * backoff.factor ** (failures - 1))
  return delayMs * (1 + backoff.jitter * (2 * random() - 1))
}
