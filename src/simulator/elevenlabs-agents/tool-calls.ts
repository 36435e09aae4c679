import type { Outgoing } from '@elevenlabs/types'
import type { Clock } from '../../lib/clock.ts'
import { createId } from '../../lib/ids.ts'
import type { RememberedTalk } from '../model/remembered-talk.ts'
import type { ServerEvent } from './protocol.ts'

export interface ToolCallsOptions {
  readonly clock: Clock
  readonly talk: RememberedTalk
  /** How long the service waits for a client's tool. */
  readonly timeoutMs: number
  readonly nextEventId: () => number
  readonly send: (event: ServerEvent) => void
  /** A tool was asked for. */
  readonly onAsked: (name: string) => void
  /** Nothing is waited for any more: the model goes on by itself. */
  readonly onSettled: () => void
  readonly onComplaint: (complaint: string) => void
}

type Result = Outgoing.ClientToolResultClientToOrchestratorEvent

/** The client tools the model has asked for: each is answered by the client, or in time by the service itself. */
export class ToolCalls implements Disposable {
  readonly #options: ToolCallsOptions
  readonly #waiting = new Map<string, { readonly name: string; readonly timeout: Disposable }>()
  /** Also those that timed out: a late result is no mistake of the client's. */
  readonly #asked = new Set<string>()

  constructor(options: ToolCallsOptions) {
    this.#options = options
  }

  get waiting(): boolean {
    return this.#waiting.size > 0
  }

  /** @param id of a call that is made a second time. */
  ask(name: string, argumentsJson: string, id = createId('tool')): string {
    const { clock, nextEventId, onAsked, send, talk, timeoutMs } = this.#options
    talk.remember({ by: 'call', words: argumentsJson, tool: name })
    onAsked(name)
    const call = { tool_name: name, tool_call_id: id, event_id: nextEventId() }
    const late = { tool_call_id: id, is_error: true, result: `Tool ${name} timed out.` }
    if (!this.#asked.has(id))
      this.#waiting.set(id, { name, timeout: clock.after(timeoutMs, () => this.#settle({ ...late })) })
    this.#asked.add(id)
    send({ type: 'agent_tool_request', agent_tool_request: { ...call, tool_type: 'client' } })
    send({ type: 'client_tool_call', client_tool_call: { ...call, parameters: JSON.parse(argumentsJson) } })
    return id
  }

  take(result: Result): void {
    if (!this.#asked.has(result.tool_call_id))
      this.#options.onComplaint('client_tool_result for a tool call that was never made')
    this.#settle(result)
  }

  [Symbol.dispose](): void {
    for (const { timeout } of this.#waiting.values()) timeout[Symbol.dispose]()
    this.#waiting.clear()
  }

  #settle({ tool_call_id, result, is_error }: Omit<Result, 'type'>): void {
    const call = this.#waiting.get(tool_call_id)
    if (!call) return
    call.timeout[Symbol.dispose]()
    this.#waiting.delete(tool_call_id)
    const { nextEventId, onSettled, send, talk } = this.#options
    talk.remember({ by: 'result', words: result, tool: call.name })
    const response = { tool_name: call.name, tool_call_id, tool_type: 'client', is_error, is_called: true }
    send({ type: 'agent_tool_response', agent_tool_response: { ...response, event_id: nextEventId() } })
    if (!this.waiting) onSettled()
  }
}
