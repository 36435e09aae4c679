import type { EngineEvent } from '../engine.ts'
import { createResponse, createToolOutput } from './protocol.ts'
import type { WireBackendEvent, WireFailure } from './server-events.ts'
import { countBackend } from './usage.ts'

export interface BackendOptions {
  /** The backend's model, as the price table names it. */
  readonly model: string
  readonly emit: (event: EngineEvent) => void
  readonly send: (event: ReturnType<typeof createToolOutput | typeof createResponse>) => void
  readonly onToolRequested: (request: Extract<EngineEvent, { type: 'tool.requested' }>) => void
  /** A response failed; whoever waits for it waits in vain. */
  readonly onFailed: (failure: WireFailure | undefined) => void
}

/**
 * What thinks behind the voice, by the events of its responses (contract section 6). A call is made in one event, its
 * response ends in a later one, and the backend goes on when every call has its output and we say so. Events do not name
 * their response: they belong to the one that runs in their delegation, which is null for those we asked for.
 */
export class Backend {
  readonly #options: BackendOptions
  readonly #knownCalls = new Set<string>()
  /** Calls that want their output, with their delegation. */
  readonly #openCalls = new Map<string, string>()
  /** Delegations whose response is being made. */
  readonly #running = new Set<string>()
  /** Delegations that were given outputs since the backend was last told to go on. */
  readonly #answered = new Set<string>()

  constructor(options: BackendOptions) {
    this.#options = options
  }

  read({ type, item, response }: WireBackendEvent, delegation = ''): void {
    const { model, emit, onFailed } = this.#options
    if (response?.usage) emit({ type: 'usage.counted', usage: countBackend(model, response.usage) })
    switch (type) {
      case 'response.created':
        this.#running.add(delegation)
        break
      case 'response.output_item.done':
        if (item) this.#onItem(item, delegation)
        break
      case 'response.completed':
        this.#running.delete(delegation)
        this.#goOn()
        break
      case 'response.failed':
      case 'response.incomplete':
        this.#forget(delegation)
        onFailed(response?.error ?? undefined)
        this.#goOn()
        break
      default:
      // Pieces of what the finished item tells whole.
    }
  }

  /** False when no call of this session waits for it. */
  returnResult(callId: string, output: string): boolean {
    const delegation = this.#openCalls.get(callId)
    if (delegation === undefined) return false
    this.#openCalls.delete(callId)
    this.#answered.add(delegation)
    this.#options.send(createToolOutput(callId, output))
    this.#goOn()
    return true
  }

  #onItem(
    { type, status, name, call_id: requestId, arguments: json }: NonNullable<WireBackendEvent['item']>,
    of: string,
  ) {
    if (type !== 'function_call' || (status ?? 'completed') !== 'completed') return
    if (!name || !requestId || this.#knownCalls.has(requestId)) return
    this.#knownCalls.add(requestId)
    this.#openCalls.set(requestId, of)
    this.#options.onToolRequested({ type: 'tool.requested', requestId, name, argumentsJson: json || '{}' })
  }

  /** Outputs for the calls of a response that failed are refused. */
  #forget(delegation: string): void {
    this.#running.delete(delegation)
    this.#answered.delete(delegation)
    for (const [callId, of] of [...this.#openCalls]) if (of === delegation) this.#openCalls.delete(callId)
  }

  /** A part of the outputs is refused, and so is what comes before the end of the response that made the calls. */
  #goOn(): void {
    if (this.#answered.size === 0 || this.#openCalls.size > 0) return
    if ([...this.#answered].some((delegation) => this.#running.has(delegation))) return
    this.#answered.clear()
    this.#options.send(createResponse())
  }
}
