import { dropOldest } from '../lib/drop-oldest.ts'
import type { AgentSpeech } from './agent-speech.ts'
import type { CallerSound } from './caller-sound.ts'
import type { StageRunner } from './stage-runner.ts'

export interface ListeningOptions {
  readonly stages: StageRunner
  readonly speech: AgentSpeech
  readonly sound: CallerSound
  /** Ms since the call began. */
  readonly nowMs: () => number
}

/** What the caller said, as the call understood it. */
export interface CallerWords {
  /** The stretch of speech they are of. */
  readonly turnId: string
  readonly text: string
  /** It was said over us, and meant to be. */
  readonly interrupted: boolean
  /** How long ago it began to be said. */
  readonly sinceMs: number
  /** The recogniser's own opinion. */
  readonly language: string | undefined
}

/** A stretch of the caller's speech. Its words may come when the next has begun. */
interface Stretch {
  /** What we had said when it began. */
  readonly prompt: string
  readonly raisedDb?: number | undefined
}

/** Turns that words may still come for. */
const MOST_REMEMBERED = 20

/** Puts what was said before the stages, with what they need to judge it: our question, the tone, the interruption. */
export class Listening {
  readonly #options: ListeningOptions
  #stretch: Stretch = { prompt: '' }
  /** Those that have ended and whose words have not come, by turn. */
  readonly #ended = new Map<string, Stretch>()

  constructor(options: ListeningOptions) {
    this.#options = options
  }

  callerStarted(): void {
    const { speech, sound } = this.#options
    this.#stretch = { prompt: speech.saying().heard }
    sound.callerStarted()
  }

  callerStopped(turnId: string): void {
    const { sound } = this.#options
    sound.callerStopped()
    this.#stretch = { ...this.#stretch, raisedDb: sound.raisedDb }
    this.#ended.set(turnId, this.#stretch)
    dropOldest(this.#ended, MOST_REMEMBERED)
  }

  caller({ turnId, text, interrupted, sinceMs, language }: CallerWords): void {
    const { stages, nowMs } = this.#options
    const atMs = nowMs()
    const { prompt, raisedDb } = this.#ended.get(turnId) ?? this.#stretch
    this.#ended.delete(turnId)
    stages.hear({
      by: 'caller',
      text,
      atMs,
      fromMs: atMs - sinceMs,
      ...(prompt === '' ? {} : { prompt }),
      ...(language === undefined ? {} : { reportedLanguage: language }),
      ...(interrupted ? { interrupted } : {}),
      ...(raisedDb === undefined ? {} : { raisedDb }),
    })
  }

  /** `spokenMs`: how long it took to be heard. */
  agent(text: string, spokenMs: number): void {
    const { stages, nowMs } = this.#options
    const atMs = nowMs()
    stages.hear({ by: 'agent', text, atMs, fromMs: atMs - spokenMs })
  }
}
