import { BYTES_PER_MS } from '../../audio/encoded-audio.ts'
import { AudioTimeline } from './audio-timeline.ts'

/** What the caller hears of the server, as it comes to pass. `positionMs` and `startMs` are ms of the stream. */
export type PlaybackEvent =
  /** The agent began to be heard, after silence. */
  | { readonly type: 'agent.began'; readonly positionMs: number }
  | { readonly type: 'agent.fell-silent'; readonly startMs: number; readonly positionMs: number }
  | {
      readonly type: 'mark.reached'
      readonly name: string
      readonly positionMs: number
      readonly because: 'played' | 'cleared'
    }
  /** The server cleared what was queued. */
  | { readonly type: 'agent.cleared'; readonly positionMs: number; readonly droppedMs: number }

/** More than this ahead of the caller's ear is thrown away (carrier error 31931). */
const LONGEST_BUFFER_SAMPLES = 10 * 60_000 * BYTES_PER_MS

/**
 * The carrier's buffer towards the caller's ear. Audio plays in real time from the moment it arrives, or behind what
 * is queued, so the place of every sample is known at once and nothing can drift; only marks and events wait for
 * `settle`. Times are samples (1/8 ms) of the stream and never go backward.
 */
export class Playback {
  /** What is heard. Samples after the present are still to be played and may yet be cleared. */
  readonly heard = new AudioTimeline()
  readonly #listener: (event: PlaybackEvent) => void
  readonly #marks: { name: string; dueSample: number }[] = []
  #spanStartSample: number | undefined

  constructor(listener: (event: PlaybackEvent) => void) {
    this.#listener = listener
  }

  /** How much is queued, in ms. */
  bufferedMs(nowSample: number): number {
    return Math.max(0, this.heard.endSample - nowSample) / BYTES_PER_MS
  }

  /** False when the buffer was full and the audio was thrown away. */
  play(mulaw: Buffer, nowSample: number): boolean {
    this.settle(nowSample)
    const startSample = Math.max(nowSample, this.heard.endSample)
    if (startSample + mulaw.length - nowSample > LONGEST_BUFFER_SAMPLES) return false
    this.heard.add(startSample, mulaw)
    if (this.#spanStartSample !== undefined || mulaw.length === 0) return true
    this.#spanStartSample = startSample
    this.#listener({ type: 'agent.began', positionMs: startSample / BYTES_PER_MS })
    return true
  }

  /** Reached when all audio before it was heard; at once when there is none. */
  mark(name: string, nowSample: number): void {
    this.#marks.push({ name, dueSample: Math.max(nowSample, this.heard.endSample) })
    this.settle(nowSample)
  }

  /** Drops what was not heard; every waiting mark is reached at once, in order. */
  clear(nowSample: number): void {
    this.settle(nowSample)
    const positionMs = nowSample / BYTES_PER_MS
    this.#listener({ type: 'agent.cleared', positionMs, droppedMs: this.heard.cut(nowSample) / BYTES_PER_MS })
    this.#endSpan(nowSample)
    for (const { name } of this.#marks.splice(0)) {
      this.#listener({ type: 'mark.reached', name, positionMs, because: 'cleared' })
    }
  }

  /** Reports what has come to pass until now. */
  settle(nowSample: number): void {
    for (let next = this.#marks[0]; next && next.dueSample <= nowSample; next = this.#marks[0]) {
      this.#marks.shift()
      const positionMs = next.dueSample / BYTES_PER_MS
      this.#listener({ type: 'mark.reached', name: next.name, positionMs, because: 'played' })
    }
    if (this.heard.endSample <= nowSample) this.#endSpan(this.heard.endSample)
  }

  /** The stream is over: nothing is heard any more, and no mark is reached. */
  stop(nowSample: number): void {
    this.settle(nowSample)
    this.#marks.length = 0
    this.heard.cut(nowSample)
    this.#endSpan(nowSample)
  }

  #endSpan(atSample: number): void {
    if (this.#spanStartSample === undefined) return
    const startMs = this.#spanStartSample / BYTES_PER_MS
    this.#spanStartSample = undefined
    this.#listener({ type: 'agent.fell-silent', startMs, positionMs: atSample / BYTES_PER_MS })
  }
}
