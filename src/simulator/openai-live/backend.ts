import type { DelegationCreatedEvent } from 'openai/resources/live/live'
import { createId } from '../../lib/ids.ts'
import type { RememberedTalk } from '../model/remembered-talk.ts'
import type { Reply } from '../model/scripted-model.ts'
import { ProtocolError } from '../openai/protocol.ts'
import { type BackendCall, backendEvents } from './backend-response.ts'
import type { BackendItem } from './client-event.ts'
import type { Send } from './protocol.ts'
import type { LiveConfig } from './session-schema.ts'
import type { Timeline } from './timeline.ts'

export interface BackendOptions {
  readonly talk: RememberedTalk
  readonly timeline: Timeline
  readonly config: () => LiveConfig
  /** The delegation is announced behind its first response event, as clients have seen it. */
  readonly announcesLate: boolean
  /** Each call is made twice in its response, under the same id or another one. */
  readonly duplicateCalls: 'same id' | 'new id' | undefined
  readonly send: Send
  readonly onToolAsked: (name: string) => void
}

/** One response to make, and what it goes on with. */
export interface Delegated {
  readonly delegationId: string | null
}

type Calls = Reply['calls']

/** What works behind the voice: delegations, function calls and their outputs (contract 6). */
export class Backend {
  readonly #options: BackendOptions
  /** Calls of the last response, in order, with their outputs as far as they came. */
  #calls = new Map<string, { readonly name: string; output: string | undefined }>()
  /** Calls that will be made one after the other, when they may not be made at once. */
  #queued: Calls = []
  /** Of responses that failed: nobody may answer them. */
  readonly #dead = new Set<string>()
  readonly #clientDelegations = new Set<string>()
  #delegationId: string | null = null

  constructor(options: BackendOptions) {
    this.#options = options
  }

  /** Calls wait for their outputs, which blocks every further call. */
  get waiting(): boolean {
    return this.#calls.size > 0
  }

  isClientDelegation(id: string): boolean {
    return this.#clientDelegations.has(id)
  }

  /** Hands the work to the client. What it is about is not said. */
  delegateToClient(): void {
    const id = createId('dlg')
    this.#clientDelegations.add(id)
    this.#announce({ id, type: 'delegation', target: 'client' })
  }

  /** Hands the work to the backend, which calls functions. */
  delegate(calls: Calls, failure: string | undefined): void {
    this.#delegationId = createId('dlg')
    this.#respond({ calls, text: undefined, failure, delegation: this.#delegationId, isNew: true })
  }

  /** Goes on with what was delegated, or with what the client has asked for. */
  continueWith({ calls, say }: Pick<Reply, 'calls' | 'say'>, { delegationId }: Delegated, failure: string | undefined) {
    this.#respond({ calls, text: say, failure, delegation: delegationId, isNew: false })
  }

  /** @throws ProtocolError for the output of a call that was not made, failed, or has one. */
  addItem(item: BackendItem): void {
    const { talk } = this.#options
    if (item.type === 'function_call_output') {
      const call = this.#calls.get(item.call_id)
      if (!call || call.output !== undefined) throw unknownCall(item.call_id, this.#dead.has(item.call_id))
      call.output = item.output
      return
    }
    const words = typeof item.content === 'string' ? item.content : (item.content[0]?.text ?? '')
    talk.remember({ by: item.role === 'user' ? 'caller' : 'note', words })
  }

  /**
   * The client asks the backend to go on. Gives what is to be continued; undefined when another call comes first.
   * @throws ProtocolError when a call has no output yet: a partial batch is refused.
   */
  proceed(): Delegated | undefined {
    const open = [...this.#calls].find(([, { output }]) => output === undefined)
    if (open) throw noOutput(open[0])
    const delegationId = this.waiting ? this.#delegationId : null
    for (const { name, output = '' } of this.#calls.values())
      this.#options.talk.remember({ by: 'result', words: output, tool: name })
    this.#calls.clear()
    if (this.#queued.length === 0) return { delegationId }
    this.continueWith({ calls: this.#queued, say: undefined }, { delegationId }, undefined)
    return undefined
  }

  #respond(work: {
    readonly calls: Calls
    readonly text: string | undefined
    readonly failure: string | undefined
    readonly delegation: string | null
    readonly isNew: boolean
  }): void {
    const { announcesLate, config, send, talk } = this.#options
    const { delegation: settings } = config()
    const { model, parallel_tool_calls = true } = settings.type === 'responses' ? settings.responses : { model: '' }
    const now = parallel_tool_calls ? work.calls : work.calls.slice(0, 1)
    this.#queued = work.failure === undefined ? work.calls.slice(now.length) : []
    const calls = now.flatMap((call) => this.#make(call))
    const response = { id: createId('resp'), model, prompt: talk.entries.map(({ words }) => words).join(' '), calls }
    const announce = () => {
      const { delegation: id } = work
      if (work.isNew && id) this.#announce({ id, type: 'delegation', target: 'responses', response_id: response.id })
    }
    if (!announcesLate) announce()
    for (const [number, event] of [
      ...backendEvents({ ...response, text: work.text, failure: work.failure }),
    ].entries()) {
      const numbered = { ...event, sequence_number: number }
      send({ type: 'response.event', delegation_id: work.delegation, event: numbered })
      if (announcesLate && number === 0) announce()
    }
    for (const call of calls) this.#settle(call, work.failure !== undefined)
  }

  #make({ name, arguments: argumentsJson }: Calls[number]): BackendCall[] {
    const call = { name, arguments: argumentsJson, callId: createId('call') }
    const { duplicateCalls } = this.#options
    if (!duplicateCalls) return [call]
    return [call, duplicateCalls === 'same id' ? call : { ...call, callId: createId('call') }]
  }

  #settle({ callId, name, arguments: argumentsJson }: BackendCall, failed: boolean): void {
    if (failed) {
      this.#dead.add(callId)
      return
    }
    this.#calls.set(callId, { name, output: undefined })
    this.#options.talk.remember({ by: 'call', words: argumentsJson, tool: name })
    this.#options.onToolAsked(name)
  }

  #announce(delegation: DelegationCreatedEvent.Delegation): void {
    const { send, timeline } = this.#options
    send({ type: 'session.delegation.created', offset_ms: timeline.nowMs, delegation })
  }
}

/** The service's own codes for these are not documented. */
function unknownCall(callId: string, failed: boolean): ProtocolError {
  const problem = failed ? 'belongs to a response that failed' : 'waits for no output'
  return new ProtocolError({ code: 'invalid_value', message: `Call '${callId}' ${problem}.`, param: 'item.call_id' })
}

function noOutput(callId: string): ProtocolError {
  const message = `No tool output found for function call '${callId}'.`
  return new ProtocolError({ code: 'missing_tool_output', message, param: 'item' })
}
