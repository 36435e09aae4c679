import type { EncodedAudio } from '../audio/encoded-audio.ts'

export interface SilenceFillerOptions {
  /** A line brings a frame every 20 ms: after this long without one it is lost, and may come back. */
  readonly lineLostMs: number
  /** How often silence is due from then on. */
  readonly everyMs: number
  readonly silence: EncodedAudio
}

/** Keeps a provider's session alive while no line brings audio. */
export class SilenceFiller {
  readonly #options: SilenceFillerOptions
  #nowMs: number
  #lastAtMs: number
  #dueAfterMs: number

  constructor(nowMs: number, options: SilenceFillerOptions) {
    this.#options = options
    this.#nowMs = nowMs
    this.#lastAtMs = nowMs
    this.#dueAfterMs = options.lineLostMs
  }

  /** Hot path: reads no clock; the last tick is near enough. */
  heard(): void {
    this.#lastAtMs = this.#nowMs
    this.#dueAfterMs = this.#options.lineLostMs
  }

  /** Silence to send now, if it is due. To be called every 100 ms. */
  tick(nowMs: number): EncodedAudio | undefined {
    this.#nowMs = nowMs
    if (nowMs - this.#lastAtMs < this.#dueAfterMs) return undefined
    this.#lastAtMs = nowMs
    this.#dueAfterMs = this.#options.everyMs
    return this.#options.silence
  }
}
