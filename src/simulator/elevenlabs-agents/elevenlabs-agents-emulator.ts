import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../lib/clock.ts'
import { createId, createSecret } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { ModelScript } from '../model/model-script.ts'
import { ScriptedModel } from '../model/scripted-model.ts'
import type { Connection, EmulatedService, Strike } from '../service/emulated-service.ts'
import { type Fault, Faults } from '../service/faults.ts'
import type { Hearing } from '../service/hearing.ts'
import type { Refusal } from '../service/refuse.ts'
import { type Opened, SocketService } from '../service/socket-service.ts'
import type { Speech } from '../speech/speech.ts'
import { type AgentPage, DEFAULT_PAGE } from './agent-page.ts'
import { EmulatedConversation, type Timing } from './emulated-conversation.ts'

export interface ElevenLabsAgentsEmulatorOptions {
  readonly clock: Clock
  readonly log: Log
  readonly speech: Speech
  readonly hearing: Hearing
  readonly script: ModelScript
  /** The only key that is let in; without it any key is. */
  readonly apiKey?: string
  /** The only agent there is; without it there is every agent. */
  readonly agentId?: string
  /** What is set in the agent's page at ElevenLabs. */
  readonly page?: Partial<AgentPage>
  readonly faults?: readonly Fault[]
  readonly timing?: Partial<Timing>
}

export interface ElevenLabsAgentsEmulator extends EmulatedService {
  /** In the order they were opened, those that are over included. */
  readonly conversations: readonly EmulatedConversation[]
}

/** A quick day of the real service. Its ping interval and its longest conversation are settings, or not documented. */
const DEFAULT_TIMING: Timing = {
  thinkMs: 400,
  transcriptionMs: 150,
  pace: { speedUp: 4, deltaMs: 300 },
  silenceMs: 600,
  pingEveryMs: 2_000,
  pongWithinMs: 20_000,
  toolTimeoutMs: 20_000,
  receiveTimeoutMs: 60_000,
  maxDurationMs: 60 * 60_000,
}

/** A signed URL starts one conversation or more within this time (contract 1.1). */
const SIGNATURE_VALID_MS = 15 * 60_000

const SOCKET_PATH = '/v1/convai/conversation'
const JSON_BODY = { 'content-type': 'application/json' }

/**
 * Starts the Agents service of ElevenLabs on a free loopback port, with one private agent. It keeps to the protocol and
 * understands nothing: the words come from `hearing`, the wit from `script`.
 */
export async function startElevenLabsAgentsEmulator(
  options: ElevenLabsAgentsEmulatorOptions,
): Promise<ElevenLabsAgentsEmulator> {
  const emulator = new Emulator(options)
  await emulator.listen()
  return emulator
}

class Emulator implements ElevenLabsAgentsEmulator {
  readonly name = 'elevenlabs agents'
  readonly conversations: EmulatedConversation[] = []
  readonly toolsCalled: string[] = []
  readonly complaints: string[] = []
  readonly #options: ElevenLabsAgentsEmulatorOptions
  readonly #page: AgentPage
  readonly #scripted: ScriptedModel
  readonly #service: SocketService<{ language?: string }>
  /** When each signature was given. */
  readonly #signatures = new Map<string, number>()
  #limited = false

  constructor(options: ElevenLabsAgentsEmulatorOptions) {
    this.#options = options
    this.#page = { ...DEFAULT_PAGE, ...options.page }
    this.#scripted = new ScriptedModel(options.script)
    this.#service = new SocketService<{ language?: string }>({
      clock: options.clock,
      faults: options.faults,
      refusal: (_, url) => this.#socketRefusal(url),
      worded,
      describe: () => ({}),
      onRequest: (request, response) => this.#onRequest(request, response),
      onOpened: (opened) => this.#onOpened(opened),
    })
  }

  /** `http://127.0.0.1:<port>`: what ELEVENLABS_BASE_URL is set to. */
  get baseUrl(): string {
    return this.#service.origin
  }

  /** A signed URL that was refused is an attempt to connect; one that was given is none yet. */
  get connections(): readonly Connection[] {
    return this.#service.connections
  }

  async listen(): Promise<void> {
    await this.#service.listen()
  }

  strike(how: Strike): void {
    if (how === 'limit' || how === 'recover') this.#limited = how === 'limit'
    this.#service.strike(how)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const conversation of this.conversations) conversation[Symbol.dispose]()
    await this.#service[Symbol.asyncDispose]()
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.baseUrl)
    const refusal = this.#requestRefusal(request, url)
    if (refusal) {
      const { status, retryAfterSeconds, body } = worded(refusal)
      this.#service.connections.push({ atMs: this.#options.clock.monotonicMs(), status })
      if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds)
      response.writeHead(status, JSON_BODY).end(JSON.stringify(body))
      return
    }
    const signature = createSecret()
    this.#signatures.set(signature, this.#options.clock.monotonicMs())
    const query = new URLSearchParams({ agent_id: agentIn(url) ?? '', conversation_signature: signature })
    const signed_url = `${this.baseUrl.replace('http', 'ws')}${SOCKET_PATH}?${query}`
    response.writeHead(200, JSON_BODY).end(JSON.stringify({ signed_url }))
  }

  #requestRefusal(request: IncomingMessage, url: URL): Refusal | undefined {
    const { apiKey, faults = [] } = this.#options
    const key = request.headers['xi-api-key']
    if (request.method !== 'GET' || url.pathname !== `${SOCKET_PATH}/get-signed-url`) return { status: 404 }
    if (key === undefined || key !== (apiKey ?? key)) return { status: 401 }
    if (agentIn(url) === null) return { status: 422 }
    if (!this.#isAgent(url)) return { status: 404 }
    if (this.#limited) return { status: 429 }
    return new Faults(faults, this.connections.length + 1).find('refuse connection')
  }

  /** A bad signature may as well fail by a close code; which one is not documented. */
  #socketRefusal(url: URL): Refusal | undefined {
    if (url.pathname !== SOCKET_PATH) return worded({ status: 404 })
    const givenAtMs = this.#signatures.get(url.searchParams.get('conversation_signature') ?? '')
    const isValid = givenAtMs !== undefined && this.#options.clock.monotonicMs() - givenAtMs < SIGNATURE_VALID_MS
    return isValid && this.#isAgent(url) ? undefined : worded({ status: 403 })
  }

  #isAgent(url: URL): boolean {
    const agent = agentIn(url)
    return agent !== null && agent === (this.#options.agentId ?? agent)
  }

  #onOpened({ fragile, socket }: Opened): void {
    const { clock, hearing, log, script, speech, timing } = this.#options
    const connection = this.#service.connections.at(-1)!
    const conversation = new EmulatedConversation({
      ...{ clock, log, speech, socket: fragile, page: this.#page, scripted: this.#scripted },
      ear: hearing.ear(),
      timing: { ...DEFAULT_TIMING, ...timing },
      toolNames: this.#page.tools ?? script.flatMap(({ call = [] }) => call.map(({ name }) => name)),
      onToolAsked: (name) => this.toolsCalled.push(name),
      onBegun: (language) => Object.assign(connection, { language }),
      onComplaint: (complaint) => this.complaints.push(complaint),
    })
    this.conversations.push(conversation)
    socket.on('error', (err) => log.debug({ err }, 'the socket of an emulated ElevenLabs conversation failed'))
    socket.on('message', (data) => conversation.receive(data.toString()))
    socket.on('close', () => conversation[Symbol.dispose]())
  }
}

function agentIn(url: URL): string | null {
  return url.searchParams.get('agent_id')
}

/** Type and code as the service words them (contract 2). */
const ERROR_WORDS: Readonly<Record<number, readonly [type: string, code: string]>> = {
  401: ['authentication_error', 'invalid_api_key'],
  403: ['authorization_error', 'feature_not_available'],
  404: ['not_found', 'agent_not_found'],
  422: ['validation_error', 'missing_agent_id'],
  429: ['rate_limit_error', 'rate_limit_exceeded'],
  503: ['service_unavailable', 'service_unavailable'],
}

function worded(refusal: Refusal): Refusal {
  const [type, code] = ERROR_WORDS[refusal.status] ?? ['internal_error', 'internal_error']
  const detail = {
    type,
    code,
    status: code,
    message: `Refused with ${code}.`,
    request_id: createId('req'),
    param: null,
  }
  return { ...refusal, body: { detail } }
}
