import { BYTES_PER_MS, FRAME_MS } from '../../audio/encoded-audio.ts'
import { SpeechDetector } from '../../audio/speech-detector.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Ear } from '../service/ear.ts'
import type { ServerEvent } from './protocol.ts'

export interface CallerTurnsOptions {
  readonly clock: Clock
  readonly ear: Ear
  /** Quiet for this long ends a turn. */
  readonly silenceMs: number
  /** From the end of a turn to its words. */
  readonly transcriptionMs: number
  readonly nextEventId: () => number
  readonly send: (event: ServerEvent) => void
  readonly onStarted: () => void
  /** A turn is over and its words are known; empty when there was sound without words. */
  readonly onTurn: (words: string) => void
}

const FRAME_BYTES = FRAME_MS * BYTES_PER_MS

/** How much audio each score and each guess at the words covers. */
const VAD_WINDOW_MS = 100
const TENTATIVE_EVERY_MS = 300

/** A telephone voice starts and stops: the detector's own measure, without padding, for nothing is cut here. */
const DETECTION = { prefixPaddingMs: 0, threshold: 0.5 }

/** The caller's side of a conversation: audio becomes turns, turns get their words. */
export class CallerTurns implements Disposable {
  readonly #options: CallerTurnsOptions
  readonly #detector: SpeechDetector
  readonly #timers = new DisposableStack()
  #frames = 0
  #tentative = ''

  constructor(options: CallerTurnsOptions) {
    this.#options = options
    this.#detector = new SpeechDetector({ ...DETECTION, silenceDurationMs: options.silenceMs })
  }

  get speaking(): boolean {
    return this.#detector.speaking
  }

  /** Frame by frame, for a piece may hold several changes. */
  hear(mulaw: Buffer): void {
    for (let at = 0; at < mulaw.length; at += FRAME_BYTES) this.#hearFrame(mulaw.subarray(at, at + FRAME_BYTES))
  }

  [Symbol.dispose](): void {
    this.#timers.dispose()
  }

  #hearFrame(frame: Buffer): void {
    const { ear, onStarted, send } = this.#options
    ear.hear(frame)
    this.#frames += 1
    const change = this.#detector.hear(frame)
    const isDue = (everyMs: number) => (this.#frames * FRAME_MS) % everyMs === 0
    if (isDue(VAD_WINDOW_MS)) send({ type: 'vad_score', vad_score_event: { vad_score: this.speaking ? 0.95 : 0.02 } })
    if (change === 'started') onStarted()
    if (this.speaking && isDue(TENTATIVE_EVERY_MS)) this.#guess()
    if (change === 'stopped') this.#stop()
  }

  #guess(): void {
    const { ear, nextEventId, send } = this.#options
    if (ear.words === this.#tentative) return
    this.#tentative = ear.words
    const guess = { user_transcript: ear.words, event_id: nextEventId() }
    send({ type: 'tentative_user_transcript', tentative_user_transcription_event: guess })
  }

  #stop(): void {
    const { clock, ear, nextEventId, onTurn, send, transcriptionMs } = this.#options
    const words = ear.take()
    this.#tentative = ''
    const transcribe = () => {
      const transcript = { user_transcript: words, event_id: nextEventId() }
      if (words !== '') send({ type: 'user_transcript', user_transcription_event: transcript })
      onTurn(words)
    }
    this.#timers.use(clock.after(transcriptionMs, transcribe))
  }
}
