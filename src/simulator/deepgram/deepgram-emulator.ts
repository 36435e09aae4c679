import { randomUUID } from 'node:crypto'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Connection, EmulatedService, Strike } from '../service/emulated-service.ts'
import type { Fault } from '../service/faults.ts'
import type { Hearing } from '../service/hearing.ts'
import type { Refusal } from '../service/refuse.ts'
import { type Opened, SocketService } from '../service/socket-service.ts'
import { FluxSession } from './flux-session.ts'
import type { ListenParts, Timing } from './listen-session.ts'
import { NovaSession } from './nova-session.ts'
import { parseFluxQuery, parseNovaQuery } from './query.ts'

export interface DeepgramEmulatorOptions {
  readonly clock: Clock
  readonly log: Log
  readonly hearing: Hearing
  /** The only key that is let in; without it any key is. */
  readonly apiKey?: string
  /** Types they name: those of v1's messages; of v2 the events of a turn (`EndOfTurn`), else the message's type. */
  readonly faults?: readonly Fault[]
  readonly timing?: Partial<Timing>
}

export interface DeepgramEmulator extends EmulatedService {
  readonly connections: readonly DeepgramConnection[]
}

export interface DeepgramConnection extends Connection {
  readonly model: string | null
  /** What it was opened for: `multi` for several; undefined where the model's own languages are all. */
  readonly language: string | undefined
}

const DEFAULT_TIMING: Timing = { finalMs: 120, interimMs: 250 }

/**
 * Starts Deepgram's streaming transcription on a free loopback port: v1/listen (Nova) and v2/listen (Flux). It keeps to
 * the protocol and recognises nothing: the words come from `hearing`.
 */
export async function startDeepgramEmulator(options: DeepgramEmulatorOptions): Promise<DeepgramEmulator> {
  const emulator = new Emulator(options)
  await emulator.listen()
  return emulator
}

/** One version of the API. */
interface Version {
  /** @throws z.ZodError for a query the service refuses. */
  readonly check: (parameters: URLSearchParams) => unknown
  readonly open: (parts: ListenParts, parameters: URLSearchParams) => NovaSession | FluxSession
}

const VERSIONS: Readonly<Record<string, Version>> = {
  '/v1/listen': { check: parseNovaQuery, open: (parts, query) => new NovaSession(parts, parseNovaQuery(query)) },
  '/v2/listen': { check: parseFluxQuery, open: (parts, query) => new FluxSession(parts, parseFluxQuery(query)) },
}

class Emulator implements DeepgramEmulator {
  readonly name = 'deepgram'
  /** It has no model that could ask for any. */
  readonly toolsCalled: readonly string[] = []
  readonly complaints: string[] = []
  readonly #options: DeepgramEmulatorOptions
  readonly #service: SocketService<Pick<DeepgramConnection, 'model' | 'language'>>

  constructor(options: DeepgramEmulatorOptions) {
    this.#options = options
    this.#service = new SocketService({
      clock: options.clock,
      faults: options.faults,
      refusal: (request, url) => this.#refusal(request, url),
      worded: (refusal) => worded(refusal),
      describe: (_, { searchParams }) => ({
        model: searchParams.get('model'),
        language: searchParams.get('language') ?? undefined,
      }),
      onOpened: (opened) => this.#open(opened),
    })
  }

  get baseUrl(): string {
    return this.#service.origin
  }

  get connections(): readonly DeepgramConnection[] {
    return this.#service.connections
  }

  async listen(): Promise<void> {
    await this.#service.listen()
  }

  strike(how: Strike): void {
    this.#service.strike(how)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service[Symbol.asyncDispose]()
  }

  #refusal(request: IncomingMessage, url: URL): Refusal | undefined {
    const version = VERSIONS[url.pathname]
    if (!version) return worded({ status: 404 })
    if (!this.#knows(request)) return worded({ status: 401 })
    try {
      version.check(url.searchParams)
      return undefined
    } catch (error) {
      const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
      this.complaints.push(`INVALID_QUERY_PARAMETER: ${problem}`)
      return worded({ status: 400 }, problem)
    }
  }

  /** `Token` for keys, `Bearer` for the tokens made of them, which are not told apart here. */
  #knows(request: IncomingMessage): boolean {
    const key = /^(?:Token|Bearer) (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    return key !== undefined && key === (this.#options.apiKey ?? key)
  }

  #open({ fragile, socket, url }: Opened): void {
    const { clock, log, hearing, timing } = this.#options
    const parts: ListenParts = {
      clock,
      socket: fragile,
      ear: hearing.ear(),
      timing: { ...DEFAULT_TIMING, ...timing },
      onComplaint: (code) => this.complaints.push(code),
    }
    const session = VERSIONS[url.pathname]!.open(parts, url.searchParams)
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) session.hear(data)
      else session.receive(data.toString())
    })
    socket.on('error', (err) => log.debug({ err }, 'the socket of an emulated Deepgram session failed'))
    socket.on('close', () => session[Symbol.dispose]())
  }
}

/** Codes as the service words them (contract 1); those of other statuses are not documented. */
const ERROR_CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_QUERY_PARAMETER',
  401: 'INVALID_AUTH',
  429: 'TOO_MANY_REQUESTS',
}

function worded(refusal: Refusal, problem?: string): Refusal {
  const { status } = refusal
  const request_id = randomUUID()
  const err_code = ERROR_CODES[status] ?? 'SERVER_ERROR'
  const err_msg = status === 401 ? 'Invalid credentials.' : (problem ?? STATUS_CODES[status])
  return { ...refusal, body: { err_code, err_msg, request_id }, headers: { 'dg-request-id': request_id } }
}
