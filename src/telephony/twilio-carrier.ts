import twilio from 'twilio'
import { retry } from '../lib/backoff.ts'
import { type Clock, systemClock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { type CarrierStatus, isTerminal, parseCarrierStatus } from './statuses.ts'
import { NoAnswer, TwilioRequests } from './twilio-requests.ts'

/** Twilio's REST side, as far as running calls need it. Every request may safely reach Twilio twice. */
export interface Carrier {
  /** Ends the call. A call that is over already is a success. */
  hangUp(callSid: string): Promise<void>
  /**
   * Gives the call new instructions, which ends its stream. Rejects with `carrier.call-over` when it has ended. The
   * signal ends further tries: instructions that come late would undo what the call was told meanwhile.
   */
  redirect(callSid: string, twiml: string, signal?: AbortSignal): Promise<void>
  statusOf(callSid: string): Promise<CarrierStatus>
}

/** Whether the carrier has ended the call, or knows none of that id any more. Rejects when it cannot be asked. */
export async function isCallOver(carrier: Pick<Carrier, 'statusOf'>, callSid: string): Promise<boolean> {
  try {
    return isTerminal(await carrier.statusOf(callSid))
  } catch (error) {
    if (error instanceof HearthlineError && error.code === CALL_OVER) return true
    throw error
  }
}

export interface TwilioCarrierOptions {
  readonly accountSid: string
  readonly authToken: string
  /** Where Twilio's REST API is, if not at Twilio: an emulator, a proxy. */
  readonly baseUrl?: string | undefined
  readonly clock?: Clock
  readonly log: Log
}

/** How long one request may take; with five tries nobody waits longer than half a minute. */
const REQUEST_TIMEOUT_MS = 5000

/** Twilio's own advice for 429 (RELIABILITY 2.1). */
const BACKOFF = { tries: 5, firstDelayMs: 100, factor: 2, capMs: 30_000, jitter: 0.1 }

const CALL_OVER = 'carrier.call-over'

/** "Call is not in-progress. Cannot redirect." */
const NOT_IN_PROGRESS = 21220

/**
 * Rejects with a `HearthlineError`: `carrier.call-over` (the call has ended), `carrier.refused` (Twilio said no, and
 * would again) or `carrier.unreachable` (retryable).
 */
export function createTwilioCarrier({
  accountSid,
  authToken,
  baseUrl,
  clock = systemClock,
  log,
}: TwilioCarrierOptions): Carrier {
  const client = twilio(accountSid, authToken, {
    httpClient: new TwilioRequests({ baseUrl, timeoutMs: REQUEST_TIMEOUT_MS }),
  })

  async function ask<T>(what: string, callSid: string, request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await retry(request, { ...BACKOFF, clock, isRetryable: isPassing, ...(signal ? { signal } : {}) })
    } catch (thrown) {
      const error = carrierError(what, callSid, thrown)
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
          if (!isOver(thrown)) throw thrown
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

/** Worth another try: refused for its rate, failed at Twilio, or never arrived. */
function isPassing(thrown: unknown): boolean {
  if (thrown instanceof twilio.RestException) return thrown.status === 429 || thrown.status >= 500
  return thrown instanceof NoAnswer
}

function isOver(thrown: unknown): boolean {
  return thrown instanceof twilio.RestException && (thrown.code === NOT_IN_PROGRESS || thrown.status === 404)
}

function carrierError(what: string, callSid: string, cause: unknown): HearthlineError {
  const attempted = `Could not ${what} call ${callSid} at Twilio: ${messageOf(cause)}.`
  if (isOver(cause)) return new HearthlineError(CALL_OVER, `${attempted} The call has ended.`, { cause })
  if (isPassing(cause)) {
    const advice = 'Check the network and TWILIO_BASE_URL.'
    return new HearthlineError('carrier.unreachable', `${attempted} ${advice}`, { cause, retryable: true })
  }
  return new HearthlineError('carrier.refused', `${attempted} Check the account, its token and the request.`, { cause })
}
