import type { Finding, Said } from '../pipeline/stage.ts'
import type { AgentSpeech } from './agent-speech.ts'
import type { CallerSound } from './caller-sound.ts'
import type { StageRunner } from './stage-runner.ts'

export interface ListeningOptions {
  readonly stages: StageRunner
  readonly speech: AgentSpeech
  readonly sound: CallerSound
  /** Ms since the call began. */
  readonly nowMs: () => number
  /** All that the stages found in one utterance. */
  readonly onFindings: (findings: readonly Finding[], said: Said) => void
}

/** What the caller said, as the call understood it. */
export interface CallerWords {
  readonly text: string
  /** It was said over us, and meant to be. */
  readonly interrupted: boolean
  /** How long ago it began to be said. */
  readonly sinceMs: number
  /** The recogniser's own opinion. */
  readonly language: string | undefined
}

/** Puts what was said before the stages, with what they need to judge it: our question, the tone, the interruption. */
export class Listening {
  readonly #options: ListeningOptions
  /** What we had said when the caller's latest speech began. */
  #prompt = ''

  constructor(options: ListeningOptions) {
    this.#options = options
  }

  callerStarted(): void {
    const { speech, sound } = this.#options
    this.#prompt = speech.saying().heard
    sound.callerStarted()
  }

  callerStopped(): void {
    this.#options.sound.callerStopped()
  }

  caller({ text, interrupted, sinceMs, language }: CallerWords): void {
    const { sound, nowMs } = this.#options
    const { raisedDb } = sound
    const atMs = nowMs()
    this.#hear({
      by: 'caller',
      text,
      atMs,
      fromMs: atMs - sinceMs,
      ...(this.#prompt === '' ? {} : { prompt: this.#prompt }),
      ...(language === undefined ? {} : { reportedLanguage: language }),
      ...(interrupted ? { interrupted } : {}),
      ...(raisedDb === undefined ? {} : { raisedDb }),
    })
  }

  /** `spokenMs`: how long it took to be heard. */
  agent(text: string, spokenMs: number): void {
    const atMs = this.#options.nowMs()
    this.#hear({ by: 'agent', text, atMs, fromMs: atMs - spokenMs })
  }

  #hear(said: Said): void {
    const { stages, onFindings } = this.#options
    const findings = stages.hear(said)
    if (findings.length > 0) onFindings(findings, said)
  }
}
