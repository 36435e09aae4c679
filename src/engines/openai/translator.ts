import type { RealtimeClientEvent } from 'openai/resources/realtime/realtime'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { AnswerOutcome, EngineError, EngineEvent } from '../engine.ts'
import { Complaints } from '../wire/complaints.ts'
import type { AudioDelta } from './audio-delta.ts'
import { codeOf, describeFailure, fatalError, openAiFailures } from './failures.ts'
import { truncateItem } from './protocol.ts'
import type { RequestError, ResponseSequencer } from './response-sequencer.ts'
import type { ServerMessage, WireFailure, WireItem, WireResponse, WireTranscriptionUsage } from './server-events.ts'
import { countResponse, countTranscription } from './usage.ts'
import type { Utterances } from './utterances.ts'

export interface TranslatorOptions {
  readonly model: string
  readonly transcriptionModel: string
  /** The silence after which the provider calls a turn ended. */
  readonly endpointingMs: number
  readonly sequencer: ResponseSequencer
  readonly utterances: Utterances
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: EngineEvent) => void
  readonly send: (event: RealtimeClientEvent) => void
  readonly lose: (error: EngineError) => void
}

/** Makes engine events of OpenAI's server events: one switch, and the memory it takes to say each thing once. */
export class Translator {
  readonly #options: TranslatorOptions
  /** What the caller has said so far, by turns whose transcription is not finished. */
  readonly #callerWords = new Map<string, string>()
  /** Function calls passed on and not answered yet. */
  readonly #openToolCalls = new Set<string>()
  readonly #knownToolCalls = new Set<string>()
  readonly #complaints: Complaints

  constructor(options: TranslatorOptions) {
    this.#options = options
    this.#complaints = new Complaints({ ...options, failures: openAiFailures })
  }

  /** Whether the function call was made in this session and still wants its output; asks once. */
  takeToolCall(callId: string): boolean {
    return this.#openToolCalls.delete(callId)
  }

  translate(message: ServerMessage): void {
    const { sequencer, emit } = this.#options
    switch (message.type) {
      case 'response.output_audio.delta':
        this.#onAudio(message)
        break
      case 'response.output_audio_transcript.delta':
        this.#onAgentWords(message.response_id, message.item_id, message.delta)
        break
      case 'response.output_audio_transcript.done':
        this.#onAgentSaid(message.response_id, message.item_id, message.transcript)
        break
      case 'response.output_audio.done':
        this.#complete(message.item_id)
        break
      case 'response.output_item.done':
        this.#onItem(message.item)
        break
      case 'response.created':
        sequencer.created(message.response.id)
        emit({ type: 'answer.started', answerId: message.response.id })
        break
      case 'response.done':
        this.#onResponseDone(message.response)
        break
      case 'input_audio_buffer.speech_started':
        sequencer.callerSpoke()
        emit({ type: 'caller.started-speaking' })
        break
      case 'input_audio_buffer.speech_stopped':
        emit({ type: 'caller.stopped-speaking', turnId: message.item_id, endpointingMs: this.#options.endpointingMs })
        break
      case 'conversation.item.input_audio_transcription.delta':
        this.#onCallerWords(message.item_id, message.delta ?? '')
        break
      case 'conversation.item.input_audio_transcription.completed':
        this.#countTranscription(message.usage)
        this.#onCallerSaid(message.item_id, message.transcript ?? '', message.languages?.[0]?.code)
        break
      case 'conversation.item.input_audio_transcription.failed':
        this.#complain(message.error)
        this.#onCallerSaid(message.item_id, '')
        break
      case 'rate_limits.updated':
        for (const { name, remaining, reset_seconds } of message.rate_limits)
          emit({ type: 'limit.reported', name, remaining, resetMs: Math.round(reset_seconds * 1000) })
        break
      case 'error':
        this.#onError(message.error)
        break
      case 'session.created':
      case 'session.updated':
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

  /** Hot path. */
  #onAudio({ itemId, responseId, audio }: AudioDelta): void {
    const { sequencer, utterances, emit } = this.#options
    const audible = !sequencer.isSilenced(responseId)
    utterances.addAudio(itemId, responseId, audio, audible)
    if (audible) emit({ type: 'agent.audio', utteranceId: itemId, audio })
  }

  #onAgentWords(responseId: string, itemId: string, words: string): void {
    const { sequencer, utterances, emit } = this.#options
    if (sequencer.isSilenced(responseId)) return
    emit({
      type: 'agent.words',
      utteranceId: itemId,
      text: utterances.addWords(itemId, responseId, words),
      final: false,
    })
  }

  #onAgentSaid(responseId: string, itemId: string, text: string): void {
    const { sequencer, utterances, emit } = this.#options
    if (sequencer.isSilenced(responseId)) return
    utterances.setWords(itemId, responseId, text)
    emit({ type: 'agent.words', utteranceId: itemId, text, final: true })
  }

  #complete(itemId: string): void {
    const { utterances, emit } = this.#options
    if (utterances.complete(itemId)) emit({ type: 'agent.utterance-complete', utteranceId: itemId })
  }

  /** A call that was cancelled halfway ends `incomplete`, with arguments nobody may act on. */
  #onItem({ type, status, name, call_id: callId, arguments: argumentsJson }: WireItem): void {
    if (type !== 'function_call' || status === 'incomplete' || status === 'in_progress') return
    if (!name || !callId || this.#knownToolCalls.has(callId)) return
    this.#knownToolCalls.add(callId)
    this.#openToolCalls.add(callId)
    this.#options.emit({ type: 'tool.requested', requestId: callId, name, argumentsJson: argumentsJson ?? '{}' })
  }

  #onResponseDone(response: WireResponse): void {
    const { sequencer, utterances, emit, send } = this.#options
    const { id: answerId, usage, status_details: details } = response
    // A cancelled response closes without its `*.done` events when it is cut early enough.
    for (const itemId of utterances.of(answerId)) this.#complete(itemId)
    for (const item of response.output ?? []) this.#onItem(item)
    if (sequencer.isSilenced(answerId))
      for (const { itemId, audioEndMs } of utterances.cutHeldBack(answerId)) send(truncateItem(itemId, audioEndMs))
    if (usage) emit({ type: 'usage.counted', usage: countResponse(this.#options.model, usage) })

    const outcome = outcomeOf(response, utterances.spokeIn(answerId))
    const detail = details?.reason ?? (details?.error ? codeOf(details.error) : undefined)
    emit({ type: 'answer.ended', answerId, outcome, ...(detail === undefined ? {} : { detail }) })
    // After the event: an answer asked for by its listener joins the one that waits.
    sequencer.done(answerId, outcome)

    const fatal = details?.error && fatalError(details.error)
    if (fatal) this.#options.lose(fatal)
  }

  #onCallerWords(turnId: string, words: string): void {
    const text = (this.#callerWords.get(turnId) ?? '') + words
    this.#callerWords.set(turnId, text)
    this.#options.emit({ type: 'caller.words', turnId, text, final: false })
  }

  #onCallerSaid(turnId: string, text: string, language?: string): void {
    this.#callerWords.delete(turnId)
    const heardAs = language === undefined ? {} : { language }
    this.#options.emit({ type: 'caller.words', turnId, text, final: true, ...heardAs })
  }

  #countTranscription(usage: WireTranscriptionUsage | null | undefined): void {
    const { transcriptionModel, emit } = this.#options
    if (usage) emit({ type: 'usage.counted', usage: countTranscription(transcriptionModel, usage) })
  }

  #onError(failure: WireFailure): void {
    const { sequencer, lose } = this.#options
    const fatal = fatalError(failure)
    if (fatal) lose(fatal)
    else if (!sequencer.absorb(requestErrorOf(failure))) this.#complain(failure)
  }

  #complain(failure: WireFailure | null | undefined): void {
    this.#complaints.tell(codeOf(failure), describeFailure(failure), failure?.message)
  }
}

function requestErrorOf({ code, event_id: eventId, param }: WireFailure): RequestError {
  return { code: code ?? undefined, eventId: eventId ?? undefined, param: param ?? undefined }
}

function outcomeOf({ status, output }: WireResponse, spoke: boolean): AnswerOutcome {
  if (status === 'cancelled') return 'cancelled'
  if (status === 'incomplete') return 'cut short'
  if (status === 'failed') return 'failed'
  if (output?.some(({ type }) => type === 'function_call')) return 'asked for tools'
  return spoke ? 'spoke' : 'empty'
}
