import type { AddressInfo } from 'node:net'
import twilio from 'twilio'
import { WebSocket } from 'ws'
import type { PlacedCall } from '../../src/call/outbound/placed-call.ts'
import type { ChallengeReply, IncomingCall, RingAnswer } from '../../src/call/ring-answer.ts'
import { OfficerLegs } from '../../src/call/transfer/officer-legs.ts'
import { createCarrierTerms } from '../../src/http/carrier-terms.ts'
import { createServer, type HttpSwitchboard, type ServerOptions } from '../../src/http/server.ts'
import type { RecordedMessage, WebhookOutbound } from '../../src/http/webhook-services.ts'
import { type Clock, systemClock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import { createMetrics } from '../../src/lib/metrics.ts'
import type { LineEvent, LineListener, PhoneLine } from '../../src/telephony/line.ts'

export const AUTH_TOKEN = '12345'
export const PUBLIC_URL = 'https://phone.example.com'
export const INSTANCE_URL = 'https://one.phone.example.com'
export const CALL_SID = 'CA1234567890ABCDE'
/** The one token the fake switchboard knows, for `CALL_SID`, once. */
export const STREAM_TOKEN = 'one-use-token'
const RECORDING_ORIGIN = 'https://api.twilio.com'

/** Remembers what it was asked, answers what the test has set, and knows one token. */
export class FakeSwitchboard implements HttpSwitchboard {
  readonly asked: unknown[] = []
  readonly lineEvents: LineEvent[] = []
  answer: () => Promise<RingAnswer> = async () => ({ do: 'stream', token: STREAM_TOKEN })
  onLineEvent: (event: LineEvent) => void = () => {}
  failsToConnect = false
  isAstray = false
  /** Of a call that we placed. */
  outbound: PlacedCall | undefined
  linesOpened = 0
  /** The latest that was opened. */
  line: PhoneLine | undefined
  liveCalls = 0
  draining = false
  capacity = 2
  #tokenUsed = false

  ring(call: IncomingCall): Promise<RingAnswer> {
    this.asked.push({ ring: call })
    return this.answer()
  }

  challenged(call: IncomingCall, reply: ChallengeReply): Promise<RingAnswer> {
    this.asked.push({ challenged: call, reply })
    return this.answer()
  }

  resume(carrierCallId: string): Promise<RingAnswer> {
    this.asked.push({ resume: carrierCallId })
    return this.answer()
  }

  placed(call: IncomingCall, placed: PlacedCall): Promise<RingAnswer> {
    this.asked.push({ call, placed })
    return this.answer()
  }

  async leftAlone(carrierCallId: string, { isLong }: { isLong: boolean }): Promise<boolean> {
    this.asked.push({ leftAlone: carrierCallId, isLong })
    return this.isAstray
  }

  pickedUpBy(carrierCallId: string, answeredBy: string): void {
    this.asked.push({ pickedUpBy: carrierCallId, answeredBy })
  }

  async carrierEnded(carrierCallId: string): Promise<void> {
    this.asked.push({ carrierEnded: carrierCallId })
  }

  claim(token: string, carrierCallId: string) {
    if (token !== STREAM_TOKEN || carrierCallId !== CALL_SID || this.#tokenUsed) return undefined
    this.#tokenUsed = true
    return {
      call: { outbound: this.outbound },
      connect: (openLine: (onEvent: LineListener) => PhoneLine) => this.#connect(openLine),
    }
  }

  #connect(openLine: (onEvent: LineListener) => PhoneLine): void {
    if (this.failsToConnect) throw new Error('call is over')
    this.linesOpened += 1
    this.line = openLine((event) => {
      this.lineEvents.push(event)
      this.onLineEvent(event)
    })
  }
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

/** The real server on a free port, with a fake switchboard behind it and Twilio's signatures in front. */
export async function startTestServer(
  overrides: Partial<
    Pick<
      ServerOptions,
      'carrier' | 'isDatabaseReady' | 'timeouts' | 'rescue' | 'outbound' | 'messageLeft' | 'texts' | 'officerFeed'
    >
  > & {
    clock?: Clock
    validateSignatures?: boolean
    signingTokens?: readonly string[]
  } = {},
) {
  const { clock = systemClock, validateSignatures = true, signingTokens = [AUTH_TOKEN], ...rest } = overrides
  const switchboard = new FakeSwitchboard()
  const metrics = createMetrics()
  const messages: unknown[] = []
  const texts: unknown[] = []
  const officerLegs = new OfficerLegs()
  const transferNews: unknown[] = []
  const server = await createServer({
    config: {
      http: { host: '127.0.0.1', port: 0, publicUrl: PUBLIC_URL, instanceUrl: INSTANCE_URL },
      twilio: {
        accountSid: 'AC1',
        authToken: AUTH_TOKEN,
        signingTokens,
        validateSignatures,
        phoneNumber: undefined,
        baseUrl: RECORDING_ORIGIN,
      },
    },
    switchboard,
    carrier: NEVER_ASKED,
    officerLegs,
    transferNews: {
      legStatus: async (news) => void transferNews.push(news),
      parted: async (leg) => void transferNews.push(leg),
    },
    officerFeed: { read: async () => undefined },
    outbound: NO_CALLS_OF_OURS,
    terms: createCarrierTerms({
      publicUrl: PUBLIC_URL,
      instanceUrl: INSTANCE_URL,
      ringSeconds: 25,
      timeLimitSeconds: 3600,
    }),
    rescue: () => ({ to: 'message' }),
    messageLeft: async (carrierCallId: string, message: RecordedMessage) => {
      messages.push({ carrierCallId, ...message })
    },
    texts: {
      received: async (text) => void texts.push({ received: text }),
      statusReported: async (report) => void texts.push({ statusReported: report }),
    },
    isDatabaseReady: async () => true,
    metrics,
    clock,
    log: createLog({ level: 'silent' }),
    ...rest,
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo

  return {
    server,
    switchboard,
    messages,
    texts,
    officerLegs,
    transferNews,
    port,
    get: (path: string) => fetch(`http://127.0.0.1:${port}${path}`),
    /** Posts a form as Twilio does; what Twilio would have signed may differ from what is sent. */
    post(path: string, params: Form, options: { signed?: Signed | false; headers?: Record<string, string> } = {}) {
      const { signed = {}, headers } = options
      return fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(signed === false ? {} : { 'x-twilio-signature': sign(path, params, signed) }),
          ...headers,
        },
        body: new URLSearchParams(entriesOf(params)).toString(),
      })
    },
    openSocket(path = '/twilio/media', headers: Record<string, string> = { 'x-twilio-signature': signUpgrade() }) {
      return new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    },
    async [Symbol.asyncDispose]() {
      for (const client of server.websocketServer.clients) client.terminate()
      await server.close()
      metrics[Symbol.dispose]()
    },
  }
}

export const NEVER_ASKED: ServerOptions['carrier'] = {
  hangUp: neverAsked,
  redirect: neverAsked,
  statusOf: neverAsked,
}

const NO_CALLS_OF_OURS: WebhookOutbound = {
  answered: neverAsked,
  abandoned: neverAsked,
  answeredBy: neverAsked,
  report: neverAsked,
}

export type Form = Record<string, string | string[]>

interface Signed {
  token?: string
  url?: string
  params?: Form
}

export function signUpgrade(url = 'wss://one.phone.example.com/twilio/media', token = AUTH_TOKEN): string {
  return twilio.getExpectedTwilioSignature(token, url, {})
}

export function startMessage({ callSid = CALL_SID, token = STREAM_TOKEN } = {}): string {
  const start = {
    accountSid: 'AC1',
    streamSid: 'MZ1',
    callSid,
    tracks: ['inbound'],
    mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
    customParameters: token === '' ? {} : { token },
  }
  return JSON.stringify({ event: 'start', sequenceNumber: '1', start, streamSid: 'MZ1' })
}

function sign(path: string, params: Form, { token = AUTH_TOKEN, url = PUBLIC_URL + path, params: signed }: Signed) {
  return twilio.getExpectedTwilioSignature(token, url, signed ?? params)
}

function entriesOf(params: Form): [string, string][] {
  return Object.entries(params).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]))
}

async function neverAsked(): Promise<never> {
  throw new Error('asked what this test does not expect to be asked')
}
