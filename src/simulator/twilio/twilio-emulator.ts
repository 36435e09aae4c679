import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { createRandom } from '../seeded-random.ts'
import type { Carrier, Person } from './carrier.ts'
import type { Conference } from './conference/conference.ts'
import { Conferences } from './conference/conferences.ts'
import type { EmulatedCall } from './emulated-call.ts'
import { EmulatedMessages } from './emulated-messages.ts'
import type { CarrierFaults } from './faults.ts'
import { FramePacer } from './frame-pacer.ts'
import type { LookedUpNumber } from './lookup-api.ts'
import { addMessagesApi } from './messages-api.ts'
import { createRestApi } from './rest-api.ts'
import { type PlaceCallOptions, Switchboard } from './switchboard.ts'

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

export interface TwilioEmulator extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: stands in for `https://api.twilio.com`. */
  readonly baseUrl: string
  /** May be changed at any time. */
  readonly faults: CarrierFaults
  readonly seed: number
  /** Every leg there was, by call sid: placed here, asked for by REST, or dialled. */
  readonly calls: ReadonlyMap<string, EmulatedCall>
  /** Every conference there was, oldest first: who was in it, when, and together for how long. */
  readonly conferences: readonly Conference[]
  /** Texts: those it was given (`texts`), how telephones take them (`phones`), and how to send us one (`receive`). */
  readonly messages: EmulatedMessages
  /** Somebody calls the server's number. The call rings when this returns. */
  placeCall(options: PlaceCallOptions): EmulatedCall
}

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
    conferences: new Conferences(),
  }
  const switchboard = new Switchboard(carrier)
  const server = createRestApi(carrier, switchboard)
  const messages = new EmulatedMessages(carrier)
  addMessagesApi(server, messages)
  const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 })
  log.info({ baseUrl, seed }, 'carrier emulator listens')

  return {
    ...{ baseUrl, faults, seed, calls: switchboard.calls, conferences: carrier.conferences.all },
    messages,
    placeCall: (placed) => switchboard.placeCall(placed),
    async [Symbol.asyncDispose]() {
      for (const call of switchboard.calls.values()) call.hangUp('carrier')
      closing.abort(new Error('the carrier emulator was closed'))
      carrier.pacer[Symbol.dispose]()
      await server.close()
    },
  }
}
