import type { CallStatus } from './call-events.ts'
import type { CallbackTarget } from './leg.ts'
import { toRfc2822 } from './voice-params.ts'
import type { WebhookMethod, WebhookParams } from './webhook-client.ts'

export type SendCallback = (address: string, method: WebhookMethod, params: WebhookParams) => void

const FINAL: ReadonlySet<CallStatus> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])

/** Answers of the telephone network to calls that did not come about. */
const SIP_CODES: Readonly<Partial<Record<CallStatus, string>>> = {
  busy: '486',
  'no-answer': '480',
  failed: '503',
  canceled: '487',
}

/** A call's status on its way from first to last, and the callbacks that tell of it, numbered from 0. */
export class CallProgress {
  readonly #target: CallbackTarget | undefined
  readonly #send: SendCallback
  #status: CallStatus
  #sequenceNumber = 0

  constructor(status: CallStatus, target: CallbackTarget | undefined, send: SendCallback) {
    this.#status = status
    this.#target = target
    this.#send = send
  }

  get status(): CallStatus {
    return this.#status
  }

  get isFinal(): boolean {
    return FINAL.has(this.#status)
  }

  /** False when the call had ended already: the first final status stands. */
  become(status: CallStatus): boolean {
    if (this.isFinal) return false
    this.#status = status
    return true
  }

  /** Sends the callback for where the call is now, if it was asked for. */
  tell(params: WebhookParams, epochMs: number): void {
    const event = this.isFinal ? 'completed' : this.#status === 'in-progress' ? 'answered' : this.#status
    if (!this.#target?.events.includes(event)) return
    this.#send(this.#target.address, this.#target.method, {
      ...params,
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(this.#sequenceNumber),
      Timestamp: toRfc2822(epochMs),
    })
    this.#sequenceNumber += 1
  }

  /** What only the last callback says; `talkedMs` counts from the answer. */
  describeEnd(talkedMs: number): WebhookParams {
    return {
      CallDuration: String(Math.ceil(talkedMs / 1000)),
      Duration: String(Math.ceil(talkedMs / 60_000)),
      SipResponseCode: SIP_CODES[this.#status] ?? '200',
    }
  }
}
