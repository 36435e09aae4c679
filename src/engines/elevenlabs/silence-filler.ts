import type { EncodedAudio } from '../../audio/encoded-audio.ts'
import { SHORT_SILENCE } from './protocol.ts'

/** A line brings a frame every 20 ms: after this long it is lost, and may come back. */
const LINE_LOST_MS = 10_000
/** Far from the 60 s without audio after which the provider ends a conversation (RELIABILITY 2.2). */
const FILL_EVERY_MS = 5_000

/** Keeps a conversation alive while no line brings audio. */
export class SilenceFiller {
  #nowMs: number
  #lastAtMs: number
  #dueAfterMs = LINE_LOST_MS

  constructor(nowMs: number) {
    this.#nowMs = nowMs
    this.#lastAtMs = nowMs
  }

  /** Hot path: reads no clock; the last tick is near enough. */
  heard(): void {
    this.#lastAtMs = this.#nowMs
    this.#dueAfterMs = LINE_LOST_MS
  }

  /** Silence to send now, if it is due. To be called every 100 ms. */
  tick(nowMs: number): EncodedAudio | undefined {
    this.#nowMs = nowMs
    if (nowMs - this.#lastAtMs < this.#dueAfterMs) return undefined
    this.#lastAtMs = nowMs
    this.#dueAfterMs = FILL_EVERY_MS
    return SHORT_SILENCE
  }
}
