import type { Outgoing } from '@elevenlabs/types'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { AnswerRequests } from '../answer-requests.ts'
import type { EngineError, EngineEvent, ToolDescription } from '../engine.ts'
import type { LocalTurns } from '../local-turns.ts'
import { Complaints } from '../wire/complaints.ts'
import type { Answers } from './answers.ts'
import { codeOf, elevenLabsFailures, fatalError } from './failures.ts'
import { pong, toolResult } from './protocol.ts'
import type { ServerMessage, WireFailure, WireToolCall } from './server-events.ts'

export interface TranslatorOptions {
  /** The tools of this call. */
  readonly tools: readonly ToolDescription[]
  readonly answers: Answers
  readonly requests: AnswerRequests
  readonly turns: LocalTurns
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: EngineEvent) => void
  readonly send: (
    message: Outgoing.PongClientToOrchestratorEvent | Outgoing.ClientToolResultClientToOrchestratorEvent,
  ) => void
  readonly lose: (error: EngineError) => void
}

/** Providers allow names of 64 characters; what is longer is not told whole. */
const LONGEST_NAME = 64

/** Makes engine events of the agent's events, or hands them to who knows what they mean: one switch. */
export class Translator {
  readonly #options: TranslatorOptions
  /** Tool calls passed on and not answered yet. */
  readonly #openToolCalls = new Set<string>()
  readonly #knownToolCalls = new Set<string>()
  readonly #complaints: Complaints
  #toolNames: ReadonlySet<string> = new Set()

  constructor(options: TranslatorOptions) {
    this.#options = options
    this.#complaints = new Complaints({ ...options, failures: elevenLabsFailures })
    this.tools = options.tools
  }

  set tools(tools: readonly ToolDescription[]) {
    this.#toolNames = new Set(tools.map(({ name }) => name))
  }

  /** Whether the tool call was made in this conversation and still wants its result; asks once. */
  takeToolCall(callId: string): boolean {
    return this.#openToolCalls.delete(callId)
  }

  translate(message: ServerMessage): void {
    const { answers, emit, send, turns } = this.#options
    switch (message.type) {
      case 'audio':
        answers.audio(message)
        break
      case 'agent_response':
        answers.words(message.agent_response_event.agent_response, message.agent_response_event.event_id)
        break
      case 'interruption':
        this.#onInterruption(message.interruption_event?.event_id)
        break
      case 'user_transcript':
        turns.finalWords(message.user_transcription_event.user_transcript ?? '')
        break
      case 'tentative_user_transcript':
        turns.partialWords(message.tentative_user_transcription_event.user_transcript ?? '')
        break
      case 'client_tool_call':
        this.#onToolCall(message.client_tool_call)
        break
      case 'ping':
        send(pong(message.ping_event.event_id))
        break
      case 'error':
        this.#onError(message.error_event ?? {})
        break
      case 'conversation_initiation_metadata':
        break
      case 'unused':
        if (!message.known) this.#complaints.passOver(message.name)
        break
      case 'malformed':
        emit({ type: 'engine.complained', code: 'malformed_event', detail: message.detail })
        break
      default:
        message satisfies never
    }
  }

  /** The caller is heard first: the call then interrupts by itself, and what is left to end here is nothing. */
  #onInterruption(eventId: number | undefined): void {
    const { answers, requests, turns } = this.#options
    const byUs = requests.justAsked && !turns.callerSpeaks
    if (!byUs) turns.noticedByProvider()
    answers.interrupted(eventId, byUs)
  }

  #onToolCall({ tool_name: name, tool_call_id: requestId, parameters }: WireToolCall): void {
    if (this.#knownToolCalls.has(requestId)) return
    this.#knownToolCalls.add(requestId)
    if (!this.#toolNames.has(name)) {
      this.#refuseTool(requestId, 'there is no such tool in this call')
      this.#complaints.tell('unknown_tool', `the agent's page names ${name.slice(0, LONGEST_NAME)}`)
      return
    }
    const argumentsJson = jsonOf(parameters ?? {})
    if (argumentsJson === undefined) {
      this.#refuseTool(requestId, 'the parameters cannot be read')
      return
    }
    this.#openToolCalls.add(requestId)
    const request = { type: 'tool.requested', requestId, name, argumentsJson } as const
    if (this.#options.answers.toolRequested(request)) return
    // It waits for a result, whatever has become of its answer.
    this.#openToolCalls.delete(requestId)
    this.#refuseTool(requestId, 'not done: you were stopped')
  }

  #refuseTool(requestId: string, error: string): void {
    this.#options.send(toolResult(requestId, JSON.stringify({ error }), true))
  }

  #onError(failure: WireFailure): void {
    const fatal = fatalError(failure)
    if (fatal) this.#options.lose(fatal)
    else this.#complaints.tell(codeOf(failure), 'error event', failure.message ?? failure.reason)
  }
}

/** Undefined for what is nested so deep that it can be read and not written. */
function jsonOf(parameters: object): string | undefined {
  try {
    return JSON.stringify(parameters)
  } catch {
    return undefined
  }
}
