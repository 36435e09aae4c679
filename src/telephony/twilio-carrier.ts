import { retry } from '../lib/backoff.ts'
import { type Clock, systemClock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { type CarrierStatus, isTerminal, parseCarrierStatus } from './statuses.ts'
import { createTwilioClient, type TwilioAccount } from './twilio-client.ts'
import { isNotInProgress, isPassing, TWILIO_BACKOFF } from './twilio-failures.ts'

/** Twilio's REST side, as far as running calls need it. Every request may safely reach Twilio twice. */
export interface Carrier {
  /** Ends the call. A call that is over already is a success. */
  hangUp(callSid: string): Promise<void>
  /**
   * Gives the call new instructions, which ends its stream. Rejects with `carrier.call-over` when it has ended, or
   * rings still. The signal ends further tries: instructions that come late would undo what the call was told meanwhile.
   */
  redirect(callSid: string, twiml: string, signal?: AbortSignal): Promise<void>
  statusOf(callSid: string): Promise<CarrierStatus>
}

/** Whether the carrier has ended the call, or knows none of that id any more. Rejects when it cannot be asked. */
export async function isCallOver(carrier: Pick<Carrier, 'statusOf'>, callSid: string): Promise<boolean> {
  try {
    return isTerminal(await carrier.statusOf(callSid))
  } catch (error) {
    if (saysCallOver(error)) return true
    throw error
  }
}

/** Whether a request of the carrier's was rejected with `carrier.call-over`. */
export function saysCallOver(error: unknown): boolean {
  return error instanceof HearthlineError && error.code === CALL_OVER
}

export interface TwilioCarrierOptions extends TwilioAccount {
  readonly clock?: Clock
  readonly log: Log
}

/** How long one request may take; with five tries nobody waits longer than half a minute. */
const REQUEST_TIMEOUT_MS = 5000

const CALL_OVER = 'carrier.call-over'

/**
 * Rejects with a `HearthlineError`: `carrier.call-over` (there is nobody on the call), `carrier.refused` (Twilio said no, and
 * would again) or `carrier.unreachable` (retryable).
 */
export function createTwilioCarrier({ clock = systemClock, log, ...account }: TwilioCarrierOptions): Carrier {
  const client = createTwilioClient(account, { timeoutMs: REQUEST_TIMEOUT_MS })

  async function ask<T>(what: string, callSid: string, request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await retry(request, { ...TWILIO_BACKOFF, clock, isRetryable: isPassing, ...(signal ? { signal } : {}) })
    } catch (thrown) {
      const error = carrierError(what, callSid, thrown)
      // Who asks for it knows what that means.
      if (!saysCallOver(error))
        log.warn({ callSid, code: error.code, detail: messageOf(thrown) }, 'carrier request failed')
      throw error
    }
  }

  return {
    async hangUp(callSid) {
      const request = async () => {
        try {
          await client.calls(callSid).update({ status: 'completed' })
        } catch (thrown) {
          if (!isNotInProgress(thrown)) throw thrown
        }
      }
      await ask('hang up', callSid, request)
    },
    async redirect(callSid, twiml, signal) {
      await ask('redirect', callSid, () => client.calls(callSid).update({ twiml }), signal)
    },
    async statusOf(callSid) {
      const call = await ask('ask for the status of', callSid, () => client.calls(callSid).fetch())
      const status = parseCarrierStatus(call.status)
      if (status !== undefined) return status
      throw new HearthlineError(
        'carrier.refused',
        `Twilio reports an unknown status for call ${callSid}: ${call.status}`,
      )
    },
  }
}

function carrierError(what: string, callSid: string, cause: unknown): HearthlineError {
  const attempted = `Could not ${what} call ${callSid} at Twilio: ${messageOf(cause)}.`
  if (isNotInProgress(cause)) return new HearthlineError(CALL_OVER, `${attempted} Nobody is on it.`, { cause })
  if (isPassing(cause)) {
    const advice = 'Check the network and TWILIO_BASE_URL.'
    return new HearthlineError('carrier.unreachable', `${attempted} ${advice}`, { cause, retryable: true })
  }
  return new HearthlineError('carrier.refused', `${attempted} Check the account, its token and the request.`, { cause })
}
