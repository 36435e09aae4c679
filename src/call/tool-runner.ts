import { createHash } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { orLate } from '../lib/patience.ts'
import type { Action, Tool, ToolContext, ToolOutcome } from '../tools/tool.ts'
import type { CallFact, ToolEnd } from './facts.ts'

export interface ToolRequest {
  readonly requestId: string
  readonly name: string
  readonly argumentsJson: string
}

export interface ToolResult {
  readonly requestId: string
  /** JSON text for the model. */
  readonly output: string
  readonly action: Action | undefined
}

export interface ToolRunnerOptions {
  readonly tools: readonly Tool[]
  readonly context: () => Omit<ToolContext, 'idempotencyKey' | 'signal'>
  readonly clock: Clock
  readonly log: Log
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  readonly note: (fact: CallFact) => void
  /** Resolves when what was noted so far is durable; rejects when it could not be stored. */
  readonly flush: () => Promise<void>
}

interface Ran {
  readonly outcome: ToolEnd
  readonly reply: Record<string, unknown>
  readonly action?: Action | undefined
}

/** A model that calls more tools than this before it speaks again is going round in circles (RELIABILITY F31). */
const CALLS_PER_TURN = 5

/** What a model may be told of a tool's result: long texts crowd out the talk (S14). */
const LONGEST_OUTPUT = 4_000

/** No intent of a caller takes this much to say; a model that writes more has lost its way. */
const LONGEST_ARGUMENTS = 16 * 1024
/** Providers allow names of 64 characters; ours are shorter. */
const LONGEST_NAME = 64
/** How much of them is kept, in whatever is told of what cannot be taken. */
const LONGEST_PROBLEM = 500

/** How long a tool that writes waits for the ledger: a database that is away must not keep the caller from it. */
const FLUSH_TIMEOUT_MS = 1_000

/**
 * Runs what the model asks for, beside the audio: checks the arguments, bounds the time, and gives the first result
 * when the same intent comes twice in a call (under a new request id after a reconnect, or out of confusion).
 */
export class ToolRunner {
  readonly #options: ToolRunnerOptions
  readonly #byIntent = new Map<string, Promise<Ran>>()
  readonly #running = new Set<Promise<Ran>>()
  #callsThisTurn = 0

  constructor(options: ToolRunnerOptions) {
    this.#options = options
  }

  get running(): boolean {
    return this.#running.size > 0
  }

  /** The model calls tools in a circle: it is to be stopped, not answered. */
  get looping(): boolean {
    return this.#callsThisTurn > CALLS_PER_TURN
  }

  /** The caller had their turn: the count of tool calls starts anew. */
  newTurn(): void {
    this.#callsThisTurn = 0
  }

  /** Resolves when nothing runs any more: soon after the call's end, which cancels what does. */
  async settled(): Promise<void> {
    while (this.running) await Promise.all(this.#running)
  }

  /** Never rejects: what goes wrong is a result the model can talk about. */
  async run(request: ToolRequest): Promise<ToolResult> {
    const { clock, note } = this.#options
    const { requestId } = request
    const name = request.name.slice(0, LONGEST_NAME)
    note({ type: 'tool.requested', requestId, name, argumentsJson: storedArguments(request) })
    this.#callsThisTurn += 1
    const startedAtMs = clock.monotonicMs()
    const running = this.#runOnce(request)
    this.#running.add(running)
    const { outcome, reply, action } = await running
    this.#running.delete(running)
    note({ type: 'tool.ended', requestId, name, outcome, reply, tookMs: Math.round(clock.monotonicMs() - startedAtMs) })
    return { requestId, output: outputOf(reply), action }
  }

  async #runOnce(request: ToolRequest): Promise<Ran> {
    if (this.#options.signal.aborted) return CANCELLED
    if (this.looping) return refusal('Too many tools were called in one turn.')
    if (isTooLong(request)) return refusal('The arguments are too long. Say it in fewer words.')
    const tool = this.#options.tools.find(({ name }) => name === request.name)
    if (!tool) return refusal(`There is no tool ${request.name}.`)
    const args = parseArguments(tool, request.argumentsJson)
    if (!args.ok) return refusal(args.problem)
    const intent = intentOf(tool.name, args.value)
    const before = this.#byIntent.get(intent)
    if (before) return { ...(await before), outcome: 'repeated' }
    const running = this.#bounded(tool, args.value, intent)
    this.#byIntent.set(intent, running)
    const ran = await running
    // What failed may be tried again; the tool's own idempotency key keeps its effect single.
    if (ran.outcome !== 'replied' || tool.changes) this.#byIntent.delete(intent)
    return ran
  }

  async #bounded(tool: Tool, args: unknown, intent: string): Promise<Ran> {
    const { clock, signal, context, log } = this.#options
    const call = context()
    const { callId } = call
    const timeUp = new AbortController()
    using _timer = clock.after(tool.timeoutMs, () => timeUp.abort())
    const stop = AbortSignal.any([signal, timeUp.signal])
    const stopped = Promise.withResolvers<Ran>()
    const onStop = () => stopped.resolve(signal.aborted ? CANCELLED : TIMED_OUT)
    stop.addEventListener('abort', onStop, { once: true })
    try {
      const work = this.#perform(tool, args, { ...call, idempotencyKey: `${callId}:${intent}`, signal: stop })
      return await Promise.race([
        work.then(({ reply, action }): Ran => ({ outcome: 'replied', reply, action })),
        stopped.promise,
      ])
    } catch (error) {
      log.warn({ callId, tool: tool.name, pii: { error: messageOf(error) } }, 'tool failed')
      return FAILED
    } finally {
      stop.removeEventListener('abort', onStop)
    }
  }

  /** What a tool writes must not be there before the ledger tells why: whoever takes the call up would not know. */
  async #perform(tool: Tool, args: unknown, context: ToolContext): Promise<ToolOutcome> {
    if (tool.effect === 'writes') await this.#makeDurable(context)
    context.signal.throwIfAborted()
    return await tool.run(args, context)
  }

  async #makeDurable({ callId, signal }: ToolContext): Promise<void> {
    const { flush, clock, log } = this.#options
    const flushed = flush().catch((error: unknown) => {
      log.warn({ callId, error: messageOf(error) }, 'tool runs before its request is stored')
    })
    await orLate(flushed, { clock, signal, ms: FLUSH_TIMEOUT_MS })
  }
}

const TIMED_OUT: Ran = {
  outcome: 'timed out',
  reply: { done: false, reason: 'It took too long. It may still finish; do not say that it is done.' },
}
const CANCELLED: Ran = { outcome: 'cancelled', reply: { done: false, reason: 'The call ended.' } }
const FAILED: Ran = {
  outcome: 'failed',
  reply: { done: false, reason: 'It did not work. Do not say that it is done.' },
}

function refusal(reason: string): Ran {
  return { outcome: 'refused', reply: { done: false, reason: reason.slice(0, LONGEST_PROBLEM) } }
}

function isTooLong({ argumentsJson }: ToolRequest): boolean {
  return argumentsJson.length > LONGEST_ARGUMENTS
}

/** What the ledger keeps of the arguments; the beginning of those that are too long, in what is still JSON. */
function storedArguments(request: ToolRequest): string {
  const { argumentsJson } = request
  return isTooLong(request) ? JSON.stringify({ beginning: argumentsJson.slice(0, LONGEST_PROBLEM) }) : argumentsJson
}

/** A text that is too long is given as the beginning of it, in what is still JSON. */
function outputOf(reply: Record<string, unknown>): string {
  const json = JSON.stringify(reply)
  return json.length <= LONGEST_OUTPUT ? json : JSON.stringify({ beginning: json.slice(0, LONGEST_OUTPUT) })
}

function parseArguments(
  tool: Tool,
  argumentsJson: string,
): { ok: true; value: unknown } | { ok: false; problem: string } {
  let json: unknown
  try {
    json = JSON.parse(argumentsJson === '' ? '{}' : argumentsJson)
  } catch {
    return { ok: false, problem: 'The arguments are not valid JSON.' }
  }
  const parsed = tool.arguments.safeParse(json)
  if (parsed.success) return { ok: true, value: parsed.data }
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'arguments'}: ${message}`)
  return { ok: false, problem: problems.join('; ') }
}

/** The same tool with the same arguments, whatever the order of their keys. */
function intentOf(name: string, args: unknown): string {
  const sorted = JSON.stringify(args, (_key, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return `${name}:${createHash('sha256').update(sorted).digest('hex').slice(0, 32)}`
}
