import { createSid } from '../seeded-random.ts'
import type { CallEvent } from './call-events.ts'
import type { EmulatedCallOptions } from './call-options.ts'
import type { CallBackend, CallOrder } from './calls-api.ts'
import type { Carrier, Person } from './carrier.ts'
import { EmulatedCall } from './emulated-call.ts'
import type { CallbackTarget, DialledLeg, DialRequest } from './leg.ts'

export interface PlaceCallOptions {
  /** E.164, or `anonymous`. */
  readonly from: string
  readonly to: string
  /** May carry a connection override (`#rt=5000&rc=2`). */
  readonly voiceUrl: string
  /** Asked when an address fails. */
  readonly fallbackUrl?: string
  readonly statusCallbackUrl?: string
  /** `completed` unless given; also `initiated`, `ringing`, `answered`. */
  readonly statusCallbackEvents?: readonly string[]
  /** Added to the webhooks' params, or put in their place; undefined takes one away. */
  readonly params?: Readonly<Record<string, string | undefined>>
  /** What the caller does when something asks them for a key or a word; nothing unless set. */
  readonly replies?: Pick<Person, 'presses' | 'says'>
  readonly onEvent?: (event: CallEvent) => void
}

const DEFAULT_TIMEOUT_SECONDS = 60

/** Makes legs and remembers them. */
export class Switchboard implements CallBackend {
  readonly calls = new Map<string, EmulatedCall>()
  readonly #carrier: Carrier

  constructor(carrier: Carrier) {
    this.#carrier = carrier
  }

  placeCall({
    voiceUrl,
    fallbackUrl,
    statusCallbackUrl,
    statusCallbackEvents,
    replies,
    ...rest
  }: PlaceCallOptions): EmulatedCall {
    const statusCallback = toTarget(statusCallbackUrl, statusCallbackEvents)
    const person: Person | undefined = replies && { outcome: 'answers', ...replies }
    const call = this.#add({ ...rest, person, direction: 'inbound', fallbackAddress: fallbackUrl, statusCallback })
    void call.ringIn({ type: 'address', address: voiceUrl, method: 'POST' })
    return call
  }

  /** By REST; the form was found complete. */
  createCall(form: URLSearchParams, { instructions, detection }: CallOrder): EmulatedCall {
    const to = form.get('To') ?? ''
    const call = this.#add({
      direction: 'outbound-api',
      from: form.get('From') ?? '',
      to,
      person: this.#carrier.people.get(to),
      fallbackAddress: form.get('FallbackUrl') ?? undefined,
      statusCallback: toTarget(form.get('StatusCallback') ?? undefined, form.getAll('StatusCallbackEvent')),
      timeLimitMs: form.has('TimeLimit') ? Number(form.get('TimeLimit')) * 1000 : undefined,
    })
    void call.ringOut(instructions, Number(form.get('Timeout') ?? DEFAULT_TIMEOUT_SECONDS) * 1000, detection)
    return call
  }

  #dial({ parentCallSid, number, callerId, statusCallback }: DialRequest): DialledLeg {
    const person = this.#carrier.people.get(number)
    return this.#add({ direction: 'outbound-dial', from: callerId, to: number, parentCallSid, statusCallback, person })
  }

  #add(options: Omit<EmulatedCallOptions, 'callSid' | 'dial'>): EmulatedCall {
    const callSid = createSid('CA', this.#carrier.random)
    const call = new EmulatedCall(this.#carrier, { ...options, callSid, dial: (request) => this.#dial(request) })
    this.calls.set(callSid, call)
    return call
  }
}

function toTarget(address: string | undefined, events: readonly string[] = []): CallbackTarget | undefined {
  if (address === undefined) return undefined
  return { address, method: 'POST', events: events.length === 0 ? ['completed'] : events }
}
