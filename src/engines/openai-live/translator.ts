import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { EngineError, EngineEvent } from '../engine.ts'
import { codeOf, describeFailure, openAiFailures } from '../openai/failures.ts'
import { Complaints } from '../wire/complaints.ts'
import type { Answers } from './answers.ts'
import type { Backend } from './backend.ts'
import type { CallerWords } from './caller-words.ts'
import { closedError, endingError } from './failures.ts'
import type { ServerMessage, WireFailure } from './server-events.ts'
import type { SessionMeter } from './usage.ts'

export interface TranslatorOptions {
  readonly answers: Answers
  readonly backend: Backend
  readonly callerWords: CallerWords
  readonly meter: SessionMeter
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: EngineEvent) => void
  readonly lose: (error: EngineError) => void
}

/** Hands what OpenAI Live says to who knows what it means: one switch. */
export class Translator {
  readonly #options: TranslatorOptions
  readonly #complaints: Complaints

  constructor(options: TranslatorOptions) {
    this.#options = options
    this.#complaints = new Complaints({ ...options, failures: openAiFailures })
  }

  translate(message: ServerMessage): void {
    const { answers, backend, callerWords, meter, clock, emit, lose } = this.#options
    switch (message.type) {
      case 'session.output_audio.delta':
        answers.audio(message.audio)
        break
      case 'session.output_transcript.delta':
        answers.words(message)
        break
      case 'session.input_transcript.delta':
        callerWords.add(message, clock.monotonicMs())
        break
      case 'response.event':
        backend.read(message.event, message.delegation_id ?? undefined)
        break
      case 'session.usage.updated':
        meter.total(message.usage.seconds)
        break
      case 'session.closed':
        if (message.usage) meter.total(message.usage.seconds)
        lose(closedError(message.reason ?? ''))
        break
      case 'error':
        this.#onError(message.error)
        break
      case 'session.started':
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

  complain(failure: WireFailure | undefined): void {
    this.#complaints.tell(codeOf(failure), describeFailure(failure), failure?.message)
  }

  #onError(failure: WireFailure): void {
    const ending = endingError(failure)
    if (ending) this.#options.lose(ending)
    else this.complain(failure)
  }
}
