import type { IncomingMessage } from 'node:http'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { ModelScript } from '../model/model-script.ts'
import { ScriptedModel } from '../model/scripted-model.ts'
import type { Connection, EmulatedService, Strike } from '../service/emulated-service.ts'
import type { Fault } from '../service/faults.ts'
import type { Hearing } from '../service/hearing.ts'
import type { Refusal } from '../service/refuse.ts'
import { type Opened, SocketService } from '../service/socket-service.ts'
import type { Speech } from '../speech/speech.ts'
import { EmulatedLiveSession } from './emulated-live-session.ts'
import type { Manners, Timing } from './live-model.ts'

export interface OpenAiLiveEmulatorOptions {
  readonly clock: Clock
  readonly log: Log
  readonly speech: Speech
  readonly hearing: Hearing
  readonly script: ModelScript
  /** The only key that is let in; without it any key is. */
  readonly apiKey?: string
  readonly faults?: readonly Fault[]
  readonly timing?: Partial<Timing>
  readonly manners?: Partial<Manners>
  /** Length of one piece of output; undocumented: 20, 100 and 200 ms are likely. 100 unless said otherwise. */
  readonly chunkMs?: number
  /** Whether acknowledgements name the event they answer: true unless said otherwise. */
  readonly echoesIds?: boolean
}

export interface OpenAiLiveEmulator extends EmulatedService {
  /** In the order they were opened, those that are over included. */
  readonly sessions: readonly EmulatedLiveSession[]
}

const DEFAULT_TIMING: Timing = {
  thinkMs: 400,
  transcriptionMs: 250,
  silenceMs: 500,
  yieldAfterMs: 300,
  appendMs: 300,
  drainMs: 500,
}

const DEFAULT_MANNERS: Manners = {
  overlap: 'yield',
  backchannels: false,
  drivenByInput: false,
  announcesLate: false,
}

/**
 * Starts an OpenAI Live service (GPT-Live) on a free loopback port: the primary WebSocket, with mu-law or PCM.
 * It understands nothing: the words come from `hearing`, the wit from `script`. Decisions, fixtures, sidebands and forks
 * are not emulated, and refused.
 */
export async function startOpenAiLiveEmulator(options: OpenAiLiveEmulatorOptions): Promise<OpenAiLiveEmulator> {
  const emulator = new Emulator(options)
  await emulator.listen()
  return emulator
}

class Emulator implements OpenAiLiveEmulator {
  readonly name = 'openai live'
  readonly sessions: EmulatedLiveSession[] = []
  readonly toolsCalled: string[] = []
  readonly complaints: string[] = []
  readonly #options: OpenAiLiveEmulatorOptions
  readonly #scripted: ScriptedModel
  readonly #service: SocketService<object>

  constructor(options: OpenAiLiveEmulatorOptions) {
    this.#options = options
    this.#scripted = new ScriptedModel(options.script)
    this.#service = new SocketService<object>({
      clock: options.clock,
      faults: options.faults,
      refusal: (request, url) => this.#refusal(request, url),
      worded,
      describe: () => ({}),
      onOpened: (opened) => this.#onOpened(opened),
    })
  }

  /** `http://127.0.0.1:<port>/v1`: what OPENAI_BASE_URL is set to. */
  get baseUrl(): string {
    return `${this.#service.origin}/v1`
  }

  get connections(): readonly Connection[] {
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

  /** The model is named in `session.start`, never in the address (contract 2). */
  #refusal(request: IncomingMessage, url: URL): Refusal | undefined {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (url.pathname !== '/v1/live/sessions') return worded({ status: 404 })
    if (key === undefined || key !== (this.#options.apiKey ?? key)) return worded({ status: 401 })
    return url.search === '' ? undefined : worded({ status: 400 })
  }

  #onOpened({ fragile, socket }: Opened): void {
    const { chunkMs = 100, clock, echoesIds = true, hearing, log, manners, script, speech, timing } = this.#options
    const session = new EmulatedLiveSession({
      ...{ clock, log, speech, socket: fragile, scripted: this.#scripted, chunkMs, echoesIds },
      ear: hearing.ear(),
      scriptedTools: script.flatMap(({ call = [] }) => call.map(({ name }) => name)),
      timing: { ...DEFAULT_TIMING, ...timing },
      manners: { ...DEFAULT_MANNERS, ...manners },
      onToolAsked: (name) => this.toolsCalled.push(name),
      onComplaint: (code) => this.complaints.push(code),
    })
    this.sessions.push(session)
    socket.on('error', (err) => log.debug({ err }, 'the socket of an emulated OpenAI Live session failed'))
    socket.on('message', (data) => session.receive(data.toString()))
    socket.on('close', () => session[Symbol.dispose]())
  }
}

/** Codes as the service words them elsewhere; the client decides by the status alone. */
const ERROR_CODES: Readonly<Record<number, string>> = {
  400: 'unknown_parameter',
  401: 'invalid_api_key',
  403: 'account_deactivated',
  404: 'not_found',
  429: 'rate_limit_exceeded',
}

function worded(refusal: Refusal): Refusal {
  const code = ERROR_CODES[refusal.status] ?? 'server_error'
  return { ...refusal, body: { error: { type: 'invalid_request_error', code, message: `Refused with ${code}.` } } }
}
