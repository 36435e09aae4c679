import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { ModelScript } from '../model/model-script.ts'
import { ScriptedModel } from '../model/scripted-model.ts'
import { type Fault, Faults } from '../service/faults.ts'
import type { Hearing } from '../service/hearing.ts'
import type { Speech } from '../speech/speech.ts'
import { Delivery } from './delivery.ts'
import { EmulatedSession, type Timing } from './emulated-session.ts'
import { errorEvent } from './protocol.ts'
import { SessionLog } from './session-log.ts'
import { answerSpeech } from './speech-endpoint.ts'

export interface OpenAiEmulatorOptions {
  readonly clock: Clock
  /** The only key that is let in; without it any key is. */
  readonly apiKey?: string
  readonly script: ModelScript
  readonly speech: Speech
  readonly hearing: Hearing
  readonly faults?: readonly Fault[]
  readonly timing?: Partial<Timing>
  readonly log: Log
}

export interface OpenAiEmulator extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/v1`: what OPENAI_BASE_URL is set to. */
  readonly baseUrl: string
  /** Every attempt to connect, with the HTTP status it got; 101 where it was let in. */
  readonly connections: readonly Connection[]
  /** Sessions in the order they were opened, those that are over included. */
  readonly sessions: readonly EmulatedSession[]
}

export interface Connection {
  /** By the monotonic clock. */
  readonly atMs: number
  readonly status: number
  readonly model: string | null
  /** `OpenAI-Safety-Identifier`, where it was sent. */
  readonly safetyIdentifier: string | undefined
}

/** A quick day of the real service: first audio after half a second, speech four times faster than it plays. */
const DEFAULT_TIMING: Timing = { thinkMs: 400, transcriptionMs: 250, pace: { speedUp: 4, deltaMs: 300 } }

/** 15 MiB of base64 and its envelope: the largest append there may be (contract 4). */
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024

/**
 * Starts an OpenAI Realtime service on a free loopback port. It speaks the protocol to the letter and understands
 * nothing: the words come from `hearing`, the wit from `script`.
 */
export async function startOpenAiEmulator(options: OpenAiEmulatorOptions): Promise<OpenAiEmulator> {
  const emulator = new Emulator(options)
  await emulator.listen()
  return emulator
}

class Emulator implements OpenAiEmulator {
  readonly connections: Connection[] = []
  readonly sessions: EmulatedSession[] = []
  readonly #options: OpenAiEmulatorOptions
  readonly #scripted: ScriptedModel
  readonly #http: Server
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE_BYTES,
  })

  constructor(options: OpenAiEmulatorOptions) {
    this.#options = options
    this.#scripted = new ScriptedModel(options.script)
    this.#http = createServer((request, response) => {
      if (request.method === 'POST' && request.url === '/v1/audio/speech' && this.#knows(request))
        void answerSpeech(request, response, options.speech).catch(() => response.destroy())
      else response.writeHead(this.#knows(request) ? 404 : 401).end()
    })
    this.#http.on('upgrade', (request, stream, head) => this.#onUpgrade(request, stream, head))
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/v1`
  }

  async listen(): Promise<void> {
    this.#http.listen(0, '127.0.0.1')
    await once(this.#http, 'listening')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of this.sessions) session[Symbol.dispose]()
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#http.closeAllConnections()
    this.#http.close()
    await once(this.#http, 'close')
  }

  #onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // A client that goes away while it is refused is no news.
    stream.on('error', () => {})
    const url = new URL(request.url ?? '/', 'http://localhost')
    const model = url.searchParams.get('model')
    const faults = new Faults(this.#options.faults ?? [], this.connections.length + 1)
    const refusal = this.#refusal(request, url, faults)
    const safetyIdentifier = request.headers['openai-safety-identifier']?.toString()
    const atMs = this.#options.clock.monotonicMs()
    this.connections.push({ atMs, status: refusal?.status ?? 101, model, safetyIdentifier })
    if (refusal) refuse(stream, refusal)
    else
      this.#sockets.handleUpgrade(request, stream, head, (socket) => {
        if (request.headers['openai-beta']) closeToBeta(socket)
        else this.#openSession({ socket, stream, model: model ?? '', faults })
      })
  }

  #refusal(request: IncomingMessage, url: URL, faults: Faults): Refusal | undefined {
    if (url.pathname !== '/v1/realtime') return { status: 404 }
    if (!this.#knows(request)) return { status: 401 }
    return faults.find('refuse connection') ?? (url.searchParams.has('model') ? undefined : { status: 400 })
  }

  #knows(request: IncomingMessage): boolean {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    return key !== undefined && key === (this.#options.apiKey ?? key)
  }

  #openSession(opened: { socket: WebSocket; stream: Duplex; model: string; faults: Faults }): void {
    const { socket, stream, model, faults } = opened
    const { clock, log, hearing, speech, timing } = this.#options
    const record = new SessionLog(clock)
    const delivery = new Delivery({ socket, stream, clock, faults, onSent: (event) => record.addSent(event) })
    const session = new EmulatedSession({
      ...{ model, clock, log, hearing, speech, faults, delivery, record },
      scripted: this.#scripted,
      timing: { ...DEFAULT_TIMING, ...timing },
    })
    this.sessions.push(session)
    socket.on('message', (data) => session.receive(data.toString()))
    socket.on('error', (err) => log.debug({ err }, 'the socket of an emulated OpenAI session failed'))
    socket.on('close', () => session[Symbol.dispose]())
    session.open()
  }
}

interface Refusal {
  readonly status: number
  readonly retryAfterSeconds?: number | undefined
}

/** Codes as the service words them; the client decides by the status alone. */
const ERROR_CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  403: 'account_deactivated',
  429: 'rate_limit_exceeded',
}

function refuse(stream: Duplex, { status, retryAfterSeconds }: Refusal): void {
  const body = JSON.stringify({
    error: {
      type: 'invalid_request_error',
      code: ERROR_CODES[status] ?? 'server_error',
      message: STATUS_CODES[status],
    },
  })
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]),
  ]
  stream.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** What the service does since the beta ended (contract 2). */
function closeToBeta(socket: WebSocket): void {
  const code = 'beta_api_shape_disabled'
  const message = 'The Realtime beta API is no longer supported. Remove the OpenAI-Beta header.'
  socket.send(JSON.stringify({ ...errorEvent({ code, message }, null), event_id: createId('event') }))
  socket.close(4000, code)
}
