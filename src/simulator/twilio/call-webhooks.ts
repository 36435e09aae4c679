import type { CallHappening, CallStatus } from './call-events.ts'
import { CallbackQueue } from './callback-queue.ts'
import type { Carrier } from './carrier.ts'
import { type CallDescription, describeCall, describeOrigin } from './voice-params.ts'
import { deliverWebhook, type WebhookAnswer, type WebhookMethod, type WebhookParams } from './webhook-client.ts'

export interface CallWebhooksOptions {
  readonly description: Omit<CallDescription, 'status' | 'accountSid'>
  /** Added to the params, or put in their place; undefined takes one away. */
  readonly overrides: Readonly<Record<string, string | undefined>>
  readonly emit: (event: CallHappening) => void
}

/** All that one call asks of the server's webhooks and tells them. */
export class CallWebhooks {
  readonly #carrier: Carrier
  readonly #options: CallWebhooksOptions
  readonly #callbacks: CallbackQueue
  #originTold = false

  constructor(carrier: Carrier, options: CallWebhooksOptions) {
    this.#carrier = carrier
    this.#options = options
    this.#callbacks = new CallbackQueue(carrier)
  }

  /** What every webhook of the call carries; `extra` params may be overridden as well. */
  params(status: CallStatus, extra: WebhookParams = {}): WebhookParams {
    const { accountSid } = this.#carrier
    const { description, overrides } = this.#options
    const all = Object.entries({ ...extra, ...describeCall({ ...description, accountSid, status }), ...overrides })
    return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined))
  }

  /** Asks an address what to do; `params` come on top of the call's own. Never rejects. */
  ask(address: string, method: WebhookMethod, status: CallStatus, params: WebhookParams): Promise<WebhookAnswer> {
    const { direction, from } = this.#options.description
    const origin = direction === 'inbound' && !this.#originTold ? describeOrigin(from) : {}
    this.#originTold = true
    return this.#deliver('instructions', address, method, { ...this.params(status, origin), ...params })
  }

  /** Sends a callback in the background, behind earlier ones. */
  tell(address: string, method: WebhookMethod, params: WebhookParams): void {
    this.#callbacks.add(() => this.#deliver('callback', address, method, params))
  }

  /** Nothing more will be told. Resolves when all was delivered. */
  flush(): Promise<void> {
    return this.#callbacks.flush()
  }

  #deliver(
    purpose: 'instructions' | 'callback',
    address: string,
    method: WebhookMethod,
    params: WebhookParams,
  ): Promise<WebhookAnswer> {
    return deliverWebhook(this.#carrier, { address, method, params }, (attempt) =>
      this.#options.emit({ type: 'webhook.tried', purpose, ...attempt }),
    )
  }
}
