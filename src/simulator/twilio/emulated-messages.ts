import { sleep } from '../../lib/clock.ts'
import { createSid } from '../seeded-random.ts'
import { CallbackQueue } from './callback-queue.ts'
import type { Carrier } from './carrier.ts'
import { deliverWebhook, type WebhookAnswer, type WebhookTry } from './webhook-client.ts'

/** How a telephone takes texts; one that is not listed gets them all. */
export type TextOutcome =
  | 'delivered'
  /** 30003, 30007 and 30034, reported after the text was accepted. */
  | 'unreachable'
  | 'filtered'
  | 'unregistered'
  /** 21610 and 21614: REST refuses it. */
  | 'opted out'
  | 'not mobile'
  /** Sent, and nothing is ever reported again. */
  | 'silent'

/** A text that REST accepted. Its status goes on. */
export interface SentText {
  readonly sid: string
  /** As they were given, `whatsapp:` included. */
  readonly to: string
  readonly from: string
  readonly body: string
  /** Epoch ms. */
  readonly createdAt: number
  readonly status: string
  readonly errorCode: number | null
}

export interface ReceiveTextOptions {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly smsUrl: string
  /** Advanced Opt-Out has answered the word itself. */
  readonly optOutType?: 'STOP' | 'START' | 'HELP'
  /** Added to the webhook's params. */
  readonly params?: Readonly<Record<string, string>>
}

const STATUS_EVERY_MS = 200

const FAILURES: Partial<Record<TextOutcome, { readonly status: string; readonly errorCode: number }>> = {
  unreachable: { status: 'undelivered', errorCode: 30003 },
  filtered: { status: 'undelivered', errorCode: 30007 },
  unregistered: { status: 'failed', errorCode: 30034 },
}

const STOP_WORDS = /^(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)$/i
const START_WORDS = /^(start|yes|unstop)$/i

/** The carrier's texts: what it was given, how each fares, and those that people send. */
export class EmulatedMessages {
  /** Oldest first. */
  readonly texts: SentText[] = []
  /** By number, may be changed at any time. */
  readonly phones = new Map<string, TextOutcome>()
  /** Every delivery of a webhook about texts, duplicates and retries too. */
  readonly webhooks: WebhookTry[] = []
  readonly #carrier: Carrier
  /** Numbers that sent a stop word to one of ours: `from>to`. */
  readonly #blocked = new Set<string>()

  constructor(carrier: Carrier) {
    this.#carrier = carrier
  }

  /** Why a text would be refused at once, as its error code. */
  refusalOf(to: string, from: string): number | undefined {
    const outcome = this.phones.get(to)
    if (outcome === 'opted out' || this.#blocked.has(`${to}>${from}`)) return 21610
    return outcome === 'not mobile' ? 21614 : undefined
  }

  accept(text: Pick<SentText, 'to' | 'from' | 'body'>, statusCallback: string | undefined): SentText {
    const { clock, random } = this.#carrier
    const { to, from, body } = text
    const sent = { ...{ to, from, body }, sid: createSid('SM', random), createdAt: clock.now() }
    const kept = Object.assign(sent, { status: 'queued', errorCode: null as number | null })
    this.texts.push(kept)
    // Ends with the emulator; nobody waits for it.
    void this.#deliver(kept, statusCallback).catch(() => undefined)
    return kept
  }

  /** Somebody texts one of our numbers. Resolves with the webhook's answer. */
  async receive({ from, to, body, smsUrl, optOutType, params }: ReceiveTextOptions): Promise<WebhookAnswer> {
    if (STOP_WORDS.test(body)) this.#blocked.add(`${from}>${to}`)
    if (START_WORDS.test(body)) this.#blocked.delete(`${from}>${to}`)
    const sid = createSid('SM', this.#carrier.random)
    const form = {
      ...{ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: this.#carrier.accountSid },
      ...{ From: from, To: to, Body: body, NumMedia: '0', NumSegments: '1', SmsStatus: 'received' },
      ...{ FromCity: '', FromState: '', FromZip: '', FromCountry: 'US', ApiVersion: '2010-04-01' },
      ...(optOutType ? { OptOutType: optOutType } : {}),
      ...params,
    }
    return await this.#post(smsUrl, form)
  }

  async #deliver(text: { status: string; errorCode: number | null } & SentText, callback?: string): Promise<void> {
    const { clock, signal } = this.#carrier
    const callbacks = new CallbackQueue(this.#carrier)
    const outcome = this.phones.get(text.to) ?? 'delivered'
    const end = FAILURES[outcome] ?? { status: 'delivered', errorCode: null }
    const steps = [{ status: 'queued', errorCode: null }, { status: 'sent', errorCode: null }, end]
    for (const step of outcome === 'silent' ? steps.slice(0, 2) : steps) {
      Object.assign(text, step)
      if (callback !== undefined) callbacks.add(() => this.#post(callback, this.#statusForm(text, step)))
      await sleep(clock, STATUS_EVERY_MS, signal)
    }
    await callbacks.flush()
  }

  #statusForm(text: SentText, { status, errorCode }: Pick<SentText, 'status' | 'errorCode'>): Record<string, string> {
    return {
      ...{ MessageSid: text.sid, SmsSid: text.sid, MessageStatus: status, SmsStatus: status },
      ...{ To: text.to, From: text.from, AccountSid: this.#carrier.accountSid, ApiVersion: '2010-04-01' },
      ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
    }
  }

  #post(address: string, params: Record<string, string>): Promise<WebhookAnswer> {
    return deliverWebhook(this.#carrier, { address, method: 'POST', params }, (attempt) => this.webhooks.push(attempt))
  }
}
