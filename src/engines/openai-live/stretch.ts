import { durationMs, type EncodedAudio } from '../../audio/encoded-audio.ts'
import { heardText, type WordTiming } from '../../lib/heard-text.ts'
import { createId } from '../../lib/ids.ts'
import { Fragments } from './fragments.ts'
import type { WireFragment } from './server-events.ts'

/** Transcript times are approximate, and nobody says that they count from the first byte of output (contract 8). */
const SLACK_MS = 400

/** Of an utterance so much may be missing in the caller's ear: marks come in whole pieces. */
const AS_GOOD_AS_ALL_MS = 100

/** One stretch of sound in the model's output. Times are ms of that output. */
export class Stretch {
  readonly answerId = createId('answer')
  readonly utteranceId = createId('utterance')
  readonly fromMs: number
  /** Whether anybody is to hear of it. */
  readonly audible: boolean
  /** Where its last sound ended. */
  toMs: number
  askedForTools = false
  /** What comes after a short pause is another stretch: somebody spoke over it, or it waits for a tool. */
  endsSoon = false
  state: 'running' | 'over' | 'cancelled' = 'running'
  readonly #words = new Fragments()
  /** Audio that was passed on, and how much of it until its last sound. */
  #sentMs = 0
  #soundedMs = 0
  /** Silence that was not passed on. */
  readonly #skipped: { readonly atMs: number; readonly ms: number }[] = []
  readonly #spoken: WordTiming[] = []

  constructor(fromMs: number, audible: boolean) {
    this.fromMs = fromMs
    this.toMs = fromMs
    this.audible = audible
  }

  get text(): string {
    return this.#words.text
  }

  sent(audio: EncodedAudio, loud: boolean): void {
    this.#sentMs += durationMs(audio)
    if (loud) this.#soundedMs = this.#sentMs
  }

  skipped(atMs: number, audio: EncodedAudio): void {
    this.#skipped.push({ atMs, ms: durationMs(audio) })
  }

  /** Whether words said at this time are of this stretch. */
  covers(atMs: number): boolean {
    return atMs >= this.fromMs - SLACK_MS && (this.state === 'running' || atMs <= this.toMs + SLACK_MS)
  }

  /** Adds words, and says up to where in its audio all its words so far were spoken. */
  say(fragment: WireFragment): WordTiming {
    this.#words.add(fragment)
    const timing = { chars: this.text.length, ms: this.#sentBy(fragment.end_ms) }
    this.#spoken.push(timing)
    return timing
  }

  wasHeard(heardMs: number): boolean {
    return heardMs > 0 && heardMs >= this.#soundedMs - AS_GOOD_AS_ALL_MS
  }

  heardBy(heardMs: number): string {
    return heardText({ text: this.text, givenMs: this.#soundedMs, heardMs, complete: true, spoken: this.#spoken })
  }

  #sentBy(outputMs: number): number {
    const skipped = this.#skipped.filter(({ atMs }) => atMs < outputMs)
    const skippedMs = skipped.reduce((sum, { ms }) => sum + ms, 0)
    return Math.max(0, Math.round(outputMs - this.fromMs - skippedMs))
  }
}
