import twilio from 'twilio'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import { createTwilioClient, type TwilioAccount } from './twilio-client.ts'
import { isPassing, isTooMany } from './twilio-failures.ts'

export interface OutboundPlacingOptions extends TwilioAccount {
  /** Where Twilio asks and tells about a call of ours. */
  readonly addressesOf: (outboundId: string) => OutboundAddresses
  readonly ringSeconds: number
  readonly timeLimitSeconds: number
}

export interface OutboundAddresses {
  readonly answerUrl: string
  readonly amdUrl: string
  readonly statusUrl: string
}

/** A request that may have an effect is made once, and given this long. */
const REQUEST_TIMEOUT_MS = 10_000
/** Calls to one number are few: the latest of them are enough to find one by. */
const LOOKED_THROUGH = 20

/**
 * Places calls at Twilio. Who answers is connected at once and judged meanwhile (`AsyncAmd`): a person must not listen
 * to silence until a machine has made up its mind (RELIABILITY C3).
 *
 * No request is repeated here: whether one that failed reached Twilio, only a look can tell. Rejects with
 * `carrier.refused`, `carrier.busy` (nothing was placed) or `carrier.unreachable` (nobody knows).
 */
export function createOutboundPlacing(options: OutboundPlacingOptions) {
  const { addressesOf, ringSeconds, timeLimitSeconds } = options
  const client = createTwilioClient(options, { timeoutMs: REQUEST_TIMEOUT_MS })
  return {
    async place({ outboundId, to, from }: { outboundId: string; to: string; from: string }) {
      const { answerUrl, amdUrl, statusUrl } = addressesOf(outboundId)
      try {
        const { sid } = await client.calls.create({
          to,
          from,
          url: answerUrl,
          method: 'POST',
          statusCallback: statusUrl,
          statusCallbackMethod: 'POST',
          statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
          timeout: ringSeconds,
          timeLimit: timeLimitSeconds,
          machineDetection: 'Enable',
          asyncAmd: 'true',
          asyncAmdStatusCallback: amdUrl,
          asyncAmdStatusCallbackMethod: 'POST',
        })
        return { carrierSid: sid }
      } catch (thrown) {
        throw placingError(outboundId, thrown)
      }
    },

    /** The latest call between these two that was made since then, in epoch ms. */
    async find({ to, from, since }: { to: string; from: string; since: number }) {
      try {
        const calls = await client.calls.list({ to, from, limit: LOOKED_THROUGH })
        const made = calls.filter(({ dateCreated }) => wholeSecond(dateCreated) >= wholeSecond(new Date(since)))
        const latest = made.toSorted((a, b) => wholeSecond(b.dateCreated) - wholeSecond(a.dateCreated))[0]
        return latest && { carrierSid: latest.sid }
      } catch (thrown) {
        throw unreachable('look for a call', thrown)
      }
    },
  }
}

/** Twilio's dates have no fractions. */
function wholeSecond(date: Date | null): number {
  return Math.floor((date?.getTime() ?? 0) / 1000)
}

function placingError(outboundId: string, thrown: unknown): HearthlineError {
  if (!(thrown instanceof twilio.RestException)) return unreachable(`place call ${outboundId}`, thrown)
  const attempted = `Could not place call ${outboundId} at Twilio: ${thrown.message} (${thrown.code}).`
  if (isTooMany(thrown)) return new HearthlineError('carrier.busy', attempted, { cause: thrown, retryable: true })
  if (isPassing(thrown)) return unreachable(`place call ${outboundId}`, thrown)
  const advice = 'Check the number, the account and its geographic permissions.'
  return new HearthlineError('carrier.refused', `${attempted} ${advice}`, { cause: thrown })
}

function unreachable(what: string, thrown: unknown): HearthlineError {
  // What is no answer of Twilio's, nor the want of one, is a defect of ours.
  if (!isPassing(thrown) && !(thrown instanceof twilio.RestException)) throw thrown
  const message = `Could not ${what} at Twilio, or not learn that it was: ${messageOf(thrown)}. Check the network.`
  return new HearthlineError('carrier.unreachable', message, { cause: thrown, retryable: true })
}
