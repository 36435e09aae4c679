import { HearthlineError, messageOf } from '../lib/errors.ts'
import { farewellTwiml, type OfficerLegTerms, ofLeg } from './transfer-twiml.ts'
import { type Carrier, saysCallOver } from './twilio-carrier.ts'
import { createTwilioClient, type TwilioAccount } from './twilio-client.ts'

/** Rings telephones that are no caller's, and ends them. */
export interface OfficerRinger {
  /**
   * Resolves with the carrier's id once it has taken the call on. Rejects when it has not, or has not said so: it is not
   * tried again, since a telephone that rings twice is worse than the next officer's.
   */
  ring(leg: { readonly legId: string; readonly phone: string; readonly ringMs: number }): Promise<string>
  /** With words to one who has picked up. One that is over is a success. Rejects as `Carrier.hangUp`. */
  letGo(callSid: string, words?: string): Promise<void>
  /** Whether two are in the conference of this name. Rejects when the carrier does not say. */
  areTogether(conference: string): Promise<boolean>
}

export interface OfficerRingerOptions extends TwilioAccount {
  readonly carrier: Pick<Carrier, 'redirect' | 'hangUp'>
  /** Shown to the officer: a number of ours. */
  readonly from: string
  readonly terms: Pick<OfficerLegTerms, 'briefUrl' | 'legStatusUrl' | 'lostUrl' | 'timeLimitSeconds'>
}

const REQUEST_TIMEOUT_MS = 5_000

export function createOfficerRinger(options: OfficerRingerOptions): OfficerRinger {
  const { carrier, from, terms } = options
  const client = createTwilioClient(options, { timeoutMs: REQUEST_TIMEOUT_MS })

  return {
    async ring({ legId, phone, ringMs }) {
      try {
        const call = await client.calls.create({
          to: phone,
          from,
          url: ofLeg(terms.briefUrl, legId),
          fallbackUrl: terms.lostUrl,
          statusCallback: ofLeg(terms.legStatusUrl, legId),
          statusCallbackEvent: ['ringing', 'answered', 'completed'],
          timeout: Math.ceil(ringMs / 1000),
          timeLimit: terms.timeLimitSeconds,
        })
        return call.sid
      } catch (cause) {
        throw new HearthlineError('carrier.no-ring', `Could not ring for leg ${legId}: ${messageOf(cause)}`, { cause })
      }
    },

    async letGo(callSid, words) {
      try {
        await carrier.redirect(callSid, farewellTwiml(words))
      } catch (error) {
        if (!saysCallOver(error)) throw error
        // Nobody to speak to: it may ring still.
        await carrier.hangUp(callSid)
      }
    },

    async areTogether(friendlyName) {
      try {
        return (await client.conferences.list({ friendlyName, status: 'in-progress', limit: 1 })).length > 0
      } catch (cause) {
        const message = `Could not learn who is in ${friendlyName}: ${messageOf(cause)}`
        throw new HearthlineError('carrier.unreachable', message, { cause })
      }
    },
  }
}
