import { SpeechDetector } from '../../audio/speech-detector.ts'

/** So much speech, and so long after it began, a listener has at least noticed that somebody speaks. */
const UNNOTICED_SPEECH_MS = 1_500
const UNNOTICED_SINCE_MS = 2_500

/** Speech before so long a silence is not counted any more: three coughs in a minute are not one sentence. */
const FORGOTTEN_AFTER_MS = 3_000

/** Silence after which an open turn should have ended whatever the endpointing: the listener is hurried. */
const LATE_AFTER_MS = 1_000

/** Short, so that the silence after a cough is not counted as speech; one word with its pauses is not the question. */
const SPEECH = { silenceDurationMs: 200, prefixPaddingMs: 0, threshold: 0.5 } as const

/**
 * Holds what a listener reports against the sound itself. `deaf`: there is speech and the listener says nothing of it.
 * `late`: the caller fell silent and the turn has not ended. Pure: time is the audio it was given.
 */
export class ListenerWatch {
  readonly #speech = new SpeechDetector(SPEECH)
  #unnoticedMs = 0
  #unnoticedFromMs = 0
  #quietMs = 0
  #turnRuns = false
  #hurried = false
  #calledDeaf = false

  get hearsSpeech(): boolean {
    return this.#speech.speaking
  }

  /** The listener reported something of a turn. */
  noticed({ turnRuns, words }: { turnRuns: boolean; words: boolean }): void {
    this.#turnRuns = turnRuns
    this.#unnoticedMs = 0
    this.#hurried = false
    if (words) this.#calledDeaf = false
  }

  /** Another listener hears from now on, and has to be given its time. */
  listenerChanged(): void {
    this.#unnoticedMs = 0
  }

  hear(mulaw: Uint8Array): 'deaf' | 'late' | undefined {
    const fromMs = this.#speech.positionMs
    this.#speech.hear(mulaw)
    const toMs = this.#speech.positionMs
    if (this.#speech.speaking) this.#countSpeech(fromMs, toMs)
    else this.#countQuiet(toMs - fromMs)
    return this.#judgeDeaf(toMs) ?? this.#judgeLate()
  }

  #countSpeech(fromMs: number, toMs: number): void {
    this.#quietMs = 0
    if (this.#unnoticedMs === 0) this.#unnoticedFromMs = fromMs
    this.#unnoticedMs += toMs - fromMs
  }

  #countQuiet(ms: number): void {
    this.#quietMs += ms
    if (this.#quietMs >= FORGOTTEN_AFTER_MS) this.#unnoticedMs = 0
  }

  /** Once until there are words: where two listeners in a row hear none, there is music and not a caller. */
  #judgeDeaf(nowMs: number): 'deaf' | undefined {
    if (this.#calledDeaf || this.#unnoticedMs < UNNOTICED_SPEECH_MS) return undefined
    if (nowMs - this.#unnoticedFromMs < UNNOTICED_SINCE_MS) return undefined
    this.#calledDeaf = true
    return 'deaf'
  }

  #judgeLate(): 'late' | undefined {
    if (!this.#turnRuns || this.#hurried || this.#quietMs < LATE_AFTER_MS) return undefined
    this.#hurried = true
    return 'late'
  }
}
