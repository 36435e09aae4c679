import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { createRandom, createSid } from '../seeded-random.ts'
import type { CallEvent } from './call-events.ts'
import type { Carrier, Person } from './carrier.ts'
import { EmulatedCall, type EmulatedCallOptions } from './emulated-call.ts'
import type { CarrierFaults } from './faults.ts'
import { FramePacer } from './frame-pacer.ts'
import type { CallbackTarget, DialledLeg, DialRequest } from './leg.ts'
import type { LookedUpNumber } from './lookup-api.ts'
import { createRestApi, readInstructions } from './rest-api.ts'

export interface TwilioEmulatorOptions {
  /** All pacing, timeouts and ringing go by it; it may run faster than real time. */
  readonly clock: Clock
  readonly log: Log
  readonly accountSid: string
  readonly authToken: string
  /**
   * Where a public address is really served; addresses are signed as they are and requested where this says. Called
   * for webhooks and for the media socket: `wss://agent.example.com/media` to `ws://127.0.0.1:3000/media`.
   * The address itself unless given.
   */
  readonly reach?: (publicUrl: string) => string
  /** Who can be dialled, by number. */
  readonly people?: Readonly<Record<string, Person>>
  /** What Lookup tells, by number in E.164. */
  readonly numbers?: Readonly<Record<string, LookedUpNumber>>
  readonly faults?: CarrierFaults
  /** All chance is drawn from it, so a run can be had again; logged at the start. */
  readonly seed?: number
}

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

export interface TwilioEmulator extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: stands in for `https://api.twilio.com`. */
  readonly baseUrl: string
  /** May be changed at any time. */
  readonly faults: CarrierFaults
  readonly seed: number
  /** Every leg there was, by call sid: placed here, asked for by REST, or dialled. */
  readonly calls: ReadonlyMap<string, EmulatedCall>
  /** Somebody calls the server's number. The call rings when this returns. */
  placeCall(options: PlaceCallOptions): EmulatedCall
}

const DEFAULT_TIMEOUT_SECONDS = 60

/** A carrier in a box on loopback: REST for the official client, signed webhooks, TwiML that is really executed, media. */
export async function startTwilioEmulator(options: TwilioEmulatorOptions): Promise<TwilioEmulator> {
  const { clock, log, accountSid, authToken, reach = (url) => url, faults = {}, people = {}, numbers = {} } = options
  const { seed = Math.floor(clock.now()) >>> 0 } = options
  const closing = new AbortController()
  const carrier: Carrier = {
    ...{ clock, log, accountSid, authToken, reach, faults, signal: closing.signal },
    random: createRandom(seed),
    pacer: new FramePacer(clock),
    people: new Map(Object.entries(people)),
    numbers: new Map(Object.entries(numbers)),
  }
  const switchboard = new Switchboard(carrier)
  const server = createRestApi(carrier, switchboard)
  const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 })
  log.info({ baseUrl, seed }, 'carrier emulator listens')

  return {
    ...{ baseUrl, faults, seed, calls: switchboard.calls },
    placeCall: (placed) => switchboard.placeCall(placed),
    async [Symbol.asyncDispose]() {
      for (const call of switchboard.calls.values()) call.hangUp('carrier')
      closing.abort(new Error('the carrier emulator was closed'))
      carrier.pacer[Symbol.dispose]()
      await server.close()
    },
  }
}

/** Makes legs and remembers them. */
class Switchboard {
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
  createCall(form: URLSearchParams): EmulatedCall {
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
    const instructions = readInstructions(form)
    if (instructions) void call.ringOut(instructions, Number(form.get('Timeout') ?? DEFAULT_TIMEOUT_SECONDS) * 1000)
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
