import { type Backoff, backoffDelayMs } from '../lib/backoff.ts'
import { HearthlineError } from '../lib/errors.ts'

/** 5 s, 15 s, 45 s ... 3 h, then every 4 h: a day and a little, so that one bad night loses nothing (like F30). */
export const A_DAY_OF_TRIES: Backoff = {
  tries: 14,
  firstDelayMs: 5_000,
  factor: 3,
  capMs: 4 * 60 * 60_000,
  jitter: 0.2,
}

/** A bug fails the same way each time; what only looks like one, such as a broken socket nobody named, may not. */
const TRIES_OF_THE_UNFORESEEN = 3

/** How long a job rests after `thrown` ended its try number `attempts`, in ms; undefined: it is not tried again. */
export function restMs(thrown: unknown, attempts: number, backoff: Backoff): number | undefined {
  return attempts < triesAfter(thrown, backoff) ? backoffDelayMs(backoff, attempts) : undefined
}

function triesAfter(thrown: unknown, { tries }: Backoff): number {
  if (!(thrown instanceof HearthlineError)) return Math.min(tries, TRIES_OF_THE_UNFORESEEN)
  return thrown.retryable ? tries : 0
}
