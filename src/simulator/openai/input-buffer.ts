import { BYTES_PER_MS, FRAME_MS } from '../../audio/encoded-audio.ts'
import { SpeechDetector } from '../../audio/speech-detector.ts'
import type { TurnDetection } from './session-schema.ts'

/** What the buffer hears; positions are ms from the start of all audio of the session. */
export type HeardTurn =
  | { readonly type: 'started'; readonly audioStartMs: number }
  | { readonly type: 'stopped'; readonly audioEndMs: number; readonly audioMs: number }

const FRAME_BYTES = FRAME_MS * BYTES_PER_MS

/** Semantic detection is played by waiting longer the less eager it is; it reads no meaning. */
const SEMANTIC_SILENCE_MS = { low: 1_200, medium: 700, auto: 700, high: 400 } as const

/** The caller's audio since the last commit. Only its length is kept: what was said comes from elsewhere. */
export class InputBuffer {
  #detector: SpeechDetector | undefined
  /** Where the detector's own positions begin. */
  #detectorBeginsAtMs = 0
  #positionMs = 0
  #beginsAtMs = 0

  get bufferedMs(): number {
    return this.#positionMs - this.#beginsAtMs
  }

  get positionMs(): number {
    return this.#positionMs
  }

  /** Whether the caller is speaking, as far as turn detection can say. */
  get speaking(): boolean {
    return this.#detector?.speaking ?? false
  }

  /** Turn detection from here on; null leaves commits to the client. */
  detect(detection: TurnDetection | null): void {
    this.#detectorBeginsAtMs = this.#positionMs
    this.#detector = detection ? new SpeechDetector(optionsOf(detection)) : undefined
  }

  /** Hears mu-law and says where turns began and ended in it. Frame by frame, for a piece may hold several changes. */
  append(mulaw: Buffer): HeardTurn[] {
    const turns: HeardTurn[] = []
    for (let at = 0; at < mulaw.length; at += FRAME_BYTES) {
      const frame = mulaw.subarray(at, at + FRAME_BYTES)
      this.#positionMs += frame.length / BYTES_PER_MS
      const change = this.#detector?.hear(frame)
      if (change === 'started') turns.push(this.#start())
      if (change === 'stopped')
        turns.push({ type: 'stopped', audioEndMs: Math.round(this.#positionMs), audioMs: this.take() })
    }
    return turns
  }

  /** Takes what is buffered, as a commit does: ms of audio. */
  take(): number {
    const audioMs = this.bufferedMs
    this.#beginsAtMs = this.#positionMs
    return audioMs
  }

  /** A turn holds the speech and what is padded before it, not the silence since the last one. */
  #start(): HeardTurn {
    const startedAtMs = this.#detectorBeginsAtMs + (this.#detector?.startedAtMs ?? 0)
    this.#beginsAtMs = Math.max(this.#beginsAtMs, startedAtMs)
    return { type: 'started', audioStartMs: Math.round(this.#beginsAtMs) }
  }
}

function optionsOf(detection: TurnDetection) {
  if (detection.type === 'semantic_vad')
    return { silenceDurationMs: SEMANTIC_SILENCE_MS[detection.eagerness], prefixPaddingMs: 300, threshold: 0.5 }
  return {
    silenceDurationMs: detection.silence_duration_ms,
    prefixPaddingMs: detection.prefix_padding_ms,
    threshold: detection.threshold,
  }
}
