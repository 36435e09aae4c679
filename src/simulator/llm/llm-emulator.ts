import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Clock } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { ModelScript } from '../model/model-script.ts'
import { type Reply, ScriptedModel } from '../model/scripted-model.ts'
import { createRandom } from '../seeded-random.ts'
import type { Connection, EmulatedService, Strike } from '../service/emulated-service.ts'
import { type Breakage, type Fault, Faults } from '../service/faults.ts'
import { type Answer, type AnswerTask, composeAnswer } from './answer.ts'
import { AnswerRun } from './answer-run.ts'
import { createChatWire } from './chat-wire.ts'
import { EventStream } from './event-stream.ts'
import { messagesWire } from './messages-wire.ts'
import { type Prompt, type Remembered, RequestRefused } from './prompt.ts'
import { PromptCache } from './prompt-cache.ts'
import { createResponsesWire } from './responses-wire.ts'
import { situationOf } from './situation.ts'
import type { Step, Wire, WireRequest } from './wire.ts'

export interface LlmEmulatorOptions {
  readonly clock: Clock
  readonly log: Log
  readonly script: ModelScript
  /** The only key that is let in; without it any key is. */
  readonly apiKey?: string
  /** A request is a connection; `response` of a failed response counts all answers. */
  readonly faults?: readonly Fault[]
  readonly timing?: Partial<LlmTiming>
}

export interface LlmTiming {
  /** To the first token, where the rule does not say. */
  readonly thinkMs: number
  /** From one delta to the next. */
  readonly tokenMs: number
}

export interface LlmEmulator extends EmulatedService {
  /** Origin, without a path: OpenAI's clients add `/v1`. */
  readonly baseUrl: string
  /** What the model was asked, in order; refused requests are not among them. */
  readonly requests: readonly LlmRequest[]
}

export interface LlmRequest {
  /** By the monotonic clock. */
  readonly atMs: number
  readonly wire: Wire['name']
  readonly model: string
  readonly instructions: string
  readonly memory: readonly Remembered[]
  readonly toolNames: readonly string[]
  readonly usage: Answer['usage']
  /** The client went away before the answer was over. */
  readonly aborted: boolean
}

const DEFAULT_TIMING: LlmTiming = { thinkMs: 300, tokenMs: 15 }

/**
 * Starts a language model on a free loopback port that speaks OpenAI's Responses and Chat Completions and Anthropic's
 * Messages, as streams only. It understands nothing: the wit comes from `script`.
 */
export async function startLlmEmulator(options: LlmEmulatorOptions): Promise<LlmEmulator> {
  const emulator = new Emulator(options)
  await emulator.listen()
  return emulator
}

/** Where a request comes in and how it is answered. */
interface Exchange {
  readonly wire: Wire
  readonly faults: Faults
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

class Emulator implements LlmEmulator {
  readonly name = 'llm'
  readonly connections: Connection[] = []
  readonly requests: (Omit<LlmRequest, 'aborted'> & { aborted: boolean })[] = []
  readonly toolsCalled: string[] = []
  readonly complaints: string[] = []
  readonly #options: LlmEmulatorOptions
  readonly #wires: readonly Wire[]
  readonly #scripted: ScriptedModel
  readonly #cache = new PromptCache()
  readonly #random = createRandom(1)
  readonly #runs = new Set<AnswerRun>()
  readonly #http: Server
  #arrived = 0
  #answers = 0
  #limited = false
  /** Struck while nothing was being answered: the next answer has it. */
  #pending: Breakage | 'garbage' | undefined

  constructor(options: LlmEmulatorOptions) {
    this.#options = options
    this.#wires = [createResponsesWire(options.clock), createChatWire(options.clock), messagesWire]
    this.#scripted = new ScriptedModel(options.script)
    this.#http = createServer((request, response) => void this.#answer(request, response))
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  async listen(): Promise<void> {
    this.#http.listen(0, '127.0.0.1')
    await once(this.#http, 'listening')
  }

  strike(how: Strike): void {
    if (how === 'limit' || how === 'recover') {
      this.#limited = how === 'limit'
      this.#pending = undefined
      return
    }
    if (this.#runs.size === 0) this.#pending = how
    for (const run of this.#runs) strikeRun(run, how)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const run of this.#runs) run[Symbol.dispose]()
    this.#http.closeAllConnections()
    this.#http.close()
    await once(this.#http, 'close')
  }

  /** Never rejects: its caller does not wait for it. */
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const faults = new Faults(this.#options.faults ?? [], ++this.#arrived)
    const wire = this.#wires.find(({ path }) => request.method === 'POST' && request.url === path)
    if (!wire) {
      this.#logConnection(404)
      response.writeHead(404).end()
      return
    }
    const exchange = { wire, faults, request, response }
    try {
      const body = await json(request)
      const refusal = this.#refusal(exchange)
      if (refusal) this.#refuse(exchange, refusal)
      else this.#begin(exchange, wire.parse(body, request.headers))
    } catch (error) {
      this.#complain(exchange, error)
    }
  }

  #refusal({
    wire,
    faults,
    request,
  }: Exchange): { status: number; retryAfterSeconds?: number | undefined } | undefined {
    const key = wire.keyIn(request.headers)
    if (key === undefined || key !== (this.#options.apiKey ?? key)) return { status: 401 }
    return this.#limited ? { status: 429 } : faults.find('refuse connection')
  }

  #complain(exchange: Exchange, error: unknown): void {
    if (exchange.response.destroyed) return
    if (error instanceof RequestRefused || error instanceof SyntaxError) {
      const message = error instanceof SyntaxError ? 'We could not parse the JSON body of your request.' : error.message
      this.complaints.push(message)
      this.#refuse(exchange, { status: 400, message })
    } else {
      this.#options.log.error({ err: error }, 'the LLM emulator failed on a request')
      this.#refuse(exchange, { status: 500, message: messageOf(error) })
    }
  }

  #refuse(
    { wire, response }: Exchange,
    refusal: { status: number; message?: string; retryAfterSeconds?: number | undefined },
  ): void {
    const { status, message = STATUS_CODES[status] ?? '', retryAfterSeconds } = refusal
    this.#logConnection(status)
    const requestId = createId('req')
    response.writeHead(status, {
      'content-type': 'application/json',
      [wire.requestIdHeader]: requestId,
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    })
    response.end(JSON.stringify(wire.errorBody(status, message, requestId)))
  }

  #begin(exchange: Exchange, { prompt, stream }: WireRequest): void {
    const { wire, faults } = exchange
    const reply = this.#scripted.answer(situationOf(prompt))
    const failure = this.#failure(faults, reply)
    const answer = this.#compose(exchange, prompt, reply, failure)
    const entry = this.#logRequest(wire, prompt, answer)
    const status = failure && !failure.midway ? wire.statusOf(failure.code) : undefined
    if (status !== undefined) {
      this.#refuse(exchange, { status, message: failure?.message ?? '' })
      return
    }
    this.#logConnection(200)
    const run = this.#start(exchange, [...stream(answer)], answer)
    exchange.response.on('close', () => {
      run[Symbol.dispose]()
      // What is over, or was broken from here, was not aborted.
      if (!this.#runs.delete(run)) return
      entry.aborted = true
      if (!run.begun) this.#scripted.takeBack(reply)
    })
  }

  #failure(faults: Faults, { rule: { fail } }: Reply): AnswerTask['failure'] {
    const due = ++this.#answers
    if (fail) return { ...fail, midway: false }
    const fault = faults.all('failed response').find(({ response = due }) => response === due)
    if (!fault) return undefined
    const { code, midway = false } = fault
    return { code, message: `The emulated service was told to fail with ${code}.`, midway }
  }

  #compose({ wire, faults }: Exchange, prompt: Prompt, reply: Reply, failure: AnswerTask['failure']): Answer {
    const { thinkMs, tokenMs } = { ...DEFAULT_TIMING, ...this.#options.timing }
    return composeAnswer({
      ...{ reply, failure, tokenMs },
      thinkMs: (reply.rule.thinkMs ?? thinkMs) + (faults.find('slow first audio')?.ms ?? 0),
      maxOutputTokens: prompt.maxOutputTokens,
      duplicateCalls: faults.find('duplicate call')?.as,
      callIdPrefix: wire.callIdPrefix,
      random: this.#random,
      input: wire.bill(this.#cache, prompt),
    })
  }

  #start({ wire, faults, request, response }: Exchange, steps: readonly Step[], answer: Answer): AnswerRun {
    const stream = new EventStream(response, this.#random)
    const run = new AnswerRun({
      ...{ clock: this.#options.clock, stream, steps, faults, wire },
      breakConnection: (how) => {
        if (how === 'half-open') request.socket.pause()
        if (how !== 'drop' && how !== 'drop mid-message') return
        this.#runs.delete(run)
        stream.afterwards(() => request.socket.destroySoon())
      },
      onEnd: () => {
        this.#runs.delete(run)
        this.toolsCalled.push(...answer.calls.map(({ name }) => name))
      },
    })
    this.#runs.add(run)
    stream.open({ [wire.requestIdHeader]: createId('req') })
    run.start()
    if (this.#pending) strikeRun(run, this.#pending)
    this.#pending = undefined
    return run
  }

  #logRequest(wire: Wire, { model, instructions, memory, toolNames }: Prompt, { usage }: Answer): { aborted: boolean } {
    const atMs = this.#options.clock.monotonicMs()
    const entry = { atMs, wire: wire.name, model, instructions, memory, toolNames, usage, aborted: false }
    this.requests.push(entry)
    return entry
  }

  #logConnection(status: number): void {
    this.connections.push({ atMs: this.#options.clock.monotonicMs(), status })
  }
}

function strikeRun(run: AnswerRun, how: Breakage | 'garbage'): void {
  if (how === 'garbage') run.garbage()
  else run.break(how)
}
