import twilio from 'twilio'
import type { Backoff } from '../lib/backoff.ts'
import { NoAnswer } from './twilio-client.ts'

/** Twilio's own advice for 429 (RELIABILITY 2.1). */
export const TWILIO_BACKOFF: Backoff = { tries: 5, firstDelayMs: 100, factor: 2, capMs: 30_000, jitter: 0.1 }

/** "Call is not in-progress. Cannot redirect." */
const NOT_IN_PROGRESS = 21220

/** Refused for its rate: nothing was done. */
export function isTooMany(thrown: unknown): boolean {
  return isRefusal(thrown) && thrown.status === 429
}

/** Worth another try: refused for its rate, failed at Twilio, or never arrived. Of the last two it may have been done. */
export function isPassing(thrown: unknown): boolean {
  return isTooMany(thrown) || thrown instanceof NoAnswer || (isRefusal(thrown) && thrown.status >= 500)
}

/** The call has ended, has not been picked up yet, or is none of the account's. */
export function isNotInProgress(thrown: unknown): boolean {
  return isRefusal(thrown) && (thrown.code === NOT_IN_PROGRESS || thrown.status === 404)
}

function isRefusal(thrown: unknown): thrown is InstanceType<typeof twilio.RestException> {
  return thrown instanceof twilio.RestException
}
