import twilio from 'twilio'
import { retry } from '../lib/backoff.ts'
import { type Clock, systemClock } from '../lib/clock.ts'
import { HearthlineError, messageOf } from '../lib/errors.ts'
import { meaningOf } from './message-failures.ts'
import { createTwilioClient, type TwilioAccount } from './twilio-client.ts'
import { isPassing, isTooMany, TWILIO_BACKOFF } from './twilio-failures.ts'

/** Twilio's texts. It has no idempotency keys: after an unknown outcome look before you send again (RELIABILITY I2). */
export interface TwilioMessages {
  /**
   * Hands one text over. Rejects with `text.opted-out`, `text.refused` (Twilio said no, and would again), both with
   * Twilio's `carrierCode`, or `carrier.unreachable`, which is retryable and leaves open whether it was sent.
   */
  send(text: OutgoingText & { readonly statusCallbackUrl: string }): Promise<SentText>
  /** One that was handed over at `since` (epoch ms) or later, and is none of `except`. Rejects as `send`. */
  findSent(
    text: OutgoingText & { readonly since: number; readonly except: readonly string[] },
  ): Promise<SentText | undefined>
}

interface OutgoingText {
  /** E.164. */
  readonly to: string
  readonly from: string
  readonly body: string
  readonly channel: 'sms' | 'whatsapp'
}

export interface SentText {
  readonly sid: string
  /** Twilio's word for it. */
  readonly status: string
}

export interface TwilioMessagesOptions extends TwilioAccount {
  readonly clock?: Clock
}

/** A text refused by Twilio; `carrierCode` is what the texts table keeps. */
class TextRefused extends HearthlineError {
  readonly carrierCode: string

  constructor(code: string, message: string, options: { cause: unknown; carrierCode: string }) {
    super(code, message, options)
    this.carrierCode = options.carrierCode
  }
}

const REQUEST_TIMEOUT_MS = 5000

const OPTED_OUT = 21610

/** So many of a number's newest texts are looked through. */
const LOOKED_THROUGH = 50

export function createTwilioMessages({ clock = systemClock, ...account }: TwilioMessagesOptions): TwilioMessages {
  const { messages } = createTwilioClient(account, { timeoutMs: REQUEST_TIMEOUT_MS })

  async function ask<T>(what: string, request: () => Promise<T>): Promise<T> {
    try {
      // Anything else may have been done.
      return await retry(request, { ...TWILIO_BACKOFF, clock, isRetryable: isTooMany })
    } catch (thrown) {
      throw messageError(what, thrown)
    }
  }

  return {
    async send({ to, from, body, channel, statusCallbackUrl: statusCallback }) {
      const addresses = { to: addressOf(to, channel), from: addressOf(from, channel) }
      const { sid, status } = await ask('send a text', () => messages.create({ ...addresses, body, statusCallback }))
      return { sid, status }
    },
    async findSent({ to, from, body, channel, since, except }) {
      const addresses = { to: addressOf(to, channel), from: addressOf(from, channel) }
      // Not filtered by its date of sending: a text that waits at the carrier has none yet.
      const newest = await ask('look a text up', () => messages.list({ ...addresses, limit: LOOKED_THROUGH }))
      const found = newest.find(
        (sent) =>
          // A trial account puts words of its own before it. Twilio tells whole seconds.
          sent.body.endsWith(body) && sent.dateCreated.getTime() >= since - 1000 && !except.includes(sent.sid),
      )
      return found && { sid: found.sid, status: found.status }
    },
  }
}

function addressOf(number: string, channel: 'sms' | 'whatsapp'): string {
  return channel === 'whatsapp' ? `whatsapp:${number}` : number
}

function messageError(what: string, cause: unknown): HearthlineError {
  const attempted = `Could not ${what} at Twilio: ${messageOf(cause)}.`
  if (isPassing(cause) || !(cause instanceof twilio.RestException)) {
    const advice = 'Whether it happened is not known. Check the network and TWILIO_BASE_URL.'
    return new HearthlineError('carrier.unreachable', `${attempted} ${advice}`, { cause, retryable: isPassing(cause) })
  }
  const code = cause.code ?? cause.status
  const details = { cause, carrierCode: String(code) }
  return new TextRefused(
    code === OPTED_OUT ? 'text.opted-out' : 'text.refused',
    `${attempted} It says: ${meaningOf(code)}.`,
    details,
  )
}
