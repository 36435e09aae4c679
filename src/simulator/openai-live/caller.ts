import { BYTES_PER_MS, FRAME_MS, SILENCE } from '../../audio/encoded-audio.ts'
import { SpeechDetector } from '../../audio/speech-detector.ts'
import type { Ear } from '../service/ear.ts'
import type { Timeline } from './timeline.ts'
import { GRID_MS, type Transcript } from './transcript.ts'

export interface CallerOptions {
  readonly ear: Ear
  readonly timeline: Timeline
  readonly transcript: Transcript
  /** Quiet for this long, and the model takes it that the caller is done. Nobody is told. */
  readonly silenceMs: number
  readonly onStarted: () => void
  /** The caller speaks for so long now. */
  readonly onSpeaking: (ms: number) => void
  /** The caller is done; empty when there was sound without words. */
  readonly onDone: (words: string) => void
}

const FRAME_BYTES = FRAME_MS * BYTES_PER_MS

/** The caller as the model hears them: fragments of a transcript for the client, turns only for the model itself. */
export class Caller {
  readonly #options: CallerOptions
  readonly #detector: SpeechDetector
  #muted = false
  #words: string[] = []
  #startedAtMs = 0

  constructor(options: CallerOptions) {
    this.#options = options
    this.#detector = new SpeechDetector({
      silenceDurationMs: options.silenceMs,
      prefixPaddingMs: 0,
      threshold: 0.5,
    })
  }

  get speaking(): boolean {
    return this.#detector.speaking
  }

  mute(muted: boolean): void {
    this.#muted = muted
  }

  /** Frame by frame, for a piece may hold several changes. */
  hear(mulaw: Buffer): void {
    const heard = this.#muted ? Buffer.alloc(mulaw.length, SILENCE) : mulaw
    for (let at = 0; at < heard.length; at += FRAME_BYTES) this.#hearFrame(heard.subarray(at, at + FRAME_BYTES))
  }

  #hearFrame(frame: Buffer): void {
    const { ear, onDone, onSpeaking, onStarted, timeline } = this.#options
    ear.hear(frame)
    timeline.hear(frame.length)
    const change = this.#detector.hear(frame)
    if (change === 'started') {
      this.#startedAtMs = timeline.heardMs
      onStarted()
    }
    if (timeline.heardMs % GRID_MS === 0 || change === 'stopped') this.#tell()
    if (this.speaking) onSpeaking(timeline.heardMs - this.#startedAtMs)
    if (change !== 'stopped') return
    onDone(this.#words.join(' '))
    this.#words = []
  }

  #tell(): void {
    const { ear, timeline, transcript } = this.#options
    const words = ear.take()
    if (words === '') return
    transcript.add(this.#words.length === 0 ? words : ` ${words}`, timeline.heardAtMs)
    this.#words.push(words)
  }
}
