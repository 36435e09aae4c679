import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { ModelScript } from '../model/model-script.ts'
import { ScriptedModel } from '../model/scripted-model.ts'
import type { Connection, EmulatedService, Strike } from '../service/emulated-service.ts'
import type { Fault } from '../service/faults.ts'
import type { FragileSocket } from '../service/fragile-socket.ts'
import type { Hearing } from '../service/hearing.ts'
import type { Refusal } from '../service/refuse.ts'
import { type Opened, SocketService } from '../service/socket-service.ts'
import type { Speech } from '../speech/speech.ts'
import { CANCEL_CODE } from './answering.ts'
import { Delivery } from './delivery.ts'
import { EmulatedSession, EXPIRED_CODE, type Timing } from './emulated-session.ts'
import { errorEvent, type SentEvent } from './protocol.ts'
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

export interface OpenAiEmulator extends EmulatedService {
  readonly connections: readonly OpenAiConnection[]
  /** Sessions in the order they were opened, those that are over included. */
  readonly sessions: readonly EmulatedSession[]
}

export interface OpenAiConnection extends Connection {
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
  readonly name = 'openai'
  readonly sessions: EmulatedSession[] = []
  readonly toolsCalled: string[] = []
  readonly complaints: string[] = []
  /** When a response last ended of itself, or by the caller's speech. */
  #endedAtMs = Number.NEGATIVE_INFINITY
  readonly #options: OpenAiEmulatorOptions
  readonly #scripted: ScriptedModel
  readonly #service: SocketService<Pick<OpenAiConnection, 'model' | 'safetyIdentifier'>>

  constructor(options: OpenAiEmulatorOptions) {
    this.#options = options
    this.#scripted = new ScriptedModel(options.script)
    this.#service = new SocketService({
      clock: options.clock,
      faults: options.faults,
      largestMessageBytes: LARGEST_MESSAGE_BYTES,
      refusal: (request, url) => this.#refusal(request, url),
      worded,
      describe: (request, url) => ({
        model: url.searchParams.get('model'),
        safetyIdentifier: request.headers['openai-safety-identifier']?.toString(),
      }),
      onRequest: (request, response) => this.#onRequest(request, response),
      onOpened: (opened) => this.#onOpened(opened),
    })
  }

  get baseUrl(): string {
    return `${this.#service.origin}/v1`
  }

  get connections(): readonly OpenAiConnection[] {
    return this.#service.connections
  }

  async listen(): Promise<void> {
    await this.#service.listen()
  }

  strike(how: Strike): void {
    this.#service.strike(how)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of this.sessions) session[Symbol.dispose]()
    await this.#service[Symbol.asyncDispose]()
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    if (request.method === 'POST' && request.url === '/v1/audio/speech' && this.#knows(request))
      void answerSpeech(request, response, this.#options.speech).catch(() => response.destroy())
    else response.writeHead(this.#knows(request) ? 404 : 401).end()
  }

  #refusal(request: IncomingMessage, url: URL): Refusal | undefined {
    if (url.pathname !== '/v1/realtime') return worded({ status: 404 })
    if (!this.#knows(request)) return worded({ status: 401 })
    return url.searchParams.has('model') ? undefined : worded({ status: 400 })
  }

  #knows(request: IncomingMessage): boolean {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    return key !== undefined && key === (this.#options.apiKey ?? key)
  }

  #onOpened({ fragile, socket, request, url }: Opened): void {
    socket.on('error', (err) => this.#options.log.debug({ err }, 'the socket of an emulated OpenAI session failed'))
    if (request.headers['openai-beta']) {
      this.#closeToBeta(fragile)
      return
    }
    const session = this.#openSession(fragile, url.searchParams.get('model') ?? '')
    socket.on('message', (data) => session.receive(data.toString()))
    socket.on('close', () => session[Symbol.dispose]())
  }

  #openSession(socket: FragileSocket, model: string): EmulatedSession {
    const { clock, log, hearing, speech, timing } = this.#options
    const record = new SessionLog(clock)
    const delivery = new Delivery(socket, (event) => {
      record.addSent(event)
      this.#note(event)
    })
    const session = new EmulatedSession({
      ...{ model, clock, log, speech, delivery, record },
      ear: hearing.ear(),
      scripted: this.#scripted,
      timing: { ...DEFAULT_TIMING, ...timing },
    })
    this.sessions.push(session)
    session.open()
    return session
  }

  /** What the service does since the beta ended (contract 2). */
  #closeToBeta(socket: FragileSocket): void {
    const code = 'beta_api_shape_disabled'
    const message = 'The Realtime beta API is no longer supported. Remove the OpenAI-Beta header.'
    this.complaints.push(code)
    socket.send(JSON.stringify({ ...errorEvent({ code, message }, null), event_id: createId('event') }))
    socket.close(4000, code)
  }

  #note(event: SentEvent): void {
    if (event.type === 'response.output_item.done' && 'name' in event.item) this.toolsCalled.push(event.item.name ?? '')
    if (event.type === 'response.done' && !isCancelledByClient(event)) this.#endedAtMs = performance.now()
    if (event.type !== 'error') return
    const { code } = event.error
    // The end of a response and the client's cancel of it may cross on the wire. That a session ends after an hour is
    // nobody's fault.
    const crossed = code === CANCEL_CODE && performance.now() - this.#endedAtMs < CROSSING_MS
    if (!crossed && code !== EXPIRED_CODE) this.complaints.push(code ?? '')
  }
}

/** As long as a message may be on its way. */
const CROSSING_MS = 500

function isCancelledByClient({ response }: Extract<SentEvent, { type: 'response.done' }>): boolean {
  return response.status === 'cancelled' && response.status_details?.reason === 'client_cancelled'
}

/** Codes as the service words them; the client decides by the status alone. */
const ERROR_CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  403: 'account_deactivated',
  429: 'rate_limit_exceeded',
}

function worded(refusal: Refusal): Refusal {
  const { status } = refusal
  const code = ERROR_CODES[status] ?? 'server_error'
  return { ...refusal, body: { error: { type: 'invalid_request_error', code, message: STATUS_CODES[status] } } }
}
