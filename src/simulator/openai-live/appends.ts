import { ProtocolError } from '../openai/protocol.ts'
import { textTokens } from '../openai/usage.ts'
import type { Backend } from './backend.ts'
import type { AppendEvent } from './client-event.ts'
import type { Send } from './protocol.ts'
import type { Timeline } from './timeline.ts'

export interface AppendsOptions {
  readonly timeline: Timeline
  readonly backend: Backend
  /** How long an injection takes on the timeline. */
  readonly appendMs: number
  readonly send: Send
  /** Adds the `client_event_id`, where the service echoes it. */
  readonly echo: (event: AppendEvent) => { client_event_id?: string }
  readonly onRefused: (event: AppendEvent) => void
}

const MOST_TOKENS = 500

/** What is told to the model while it goes on: taken at once, acknowledged when the timeline is past it. */
export class Appends {
  readonly #options: AppendsOptions
  readonly #pending = new Map<AppendEvent, Disposable>()

  constructor(options: AppendsOptions) {
    this.#options = options
  }

  /** @throws ProtocolError for more than 500 tokens, or a delegation that is not the client's. */
  take(event: AppendEvent): void {
    const { appendMs, backend, echo, send, timeline } = this.#options
    if (textTokens(event.content) > MOST_TOKENS) throw invalid('content', `longer than ${MOST_TOKENS} tokens`)
    if (event.delegation_id !== null && !backend.isClientDelegation(event.delegation_id))
      throw invalid('delegation_id', 'no client delegation of this session')
    const type = `${event.type}ed` as const
    const times = { start_ms: timeline.nowMs, end_ms: timeline.nowMs + appendMs }
    const acknowledge = () => {
      this.#pending.delete(event)
      send({ type, ...times, ...echo(event) })
    }
    this.#pending.set(event, timeline.after(appendMs, acknowledge))
  }

  /** The session closes: what was not acknowledged yet never will be. */
  refusePending(): void {
    for (const [event, timer] of this.#pending) {
      timer[Symbol.dispose]()
      this.#options.onRefused(event)
    }
    this.#pending.clear()
  }
}

/** The service's own codes for these are not documented. */
function invalid(param: string, problem: string): ProtocolError {
  return new ProtocolError({ code: 'invalid_value', message: `Invalid value for '${param}': ${problem}.`, param })
}
