import { BYTES_PER_MS, FRAME_MS, SILENCE } from '../../audio/encoded-audio.ts'
import type { Clock } from '../../lib/clock.ts'

export const FRAME_BYTES = FRAME_MS * BYTES_PER_MS

/** Always this very buffer, so a receiver can know silence by identity. */
export const SILENT_FRAME: Buffer = Buffer.alloc(FRAME_BYTES, SILENCE)

/** Something the caller says. Positions are ms of the stream that carried it; undefined when none listened. */
export interface Utterance {
  readonly startMs: number | undefined
  readonly endMs: number | undefined
  /** Resolves when the last frame has left, or when the caller was made to stop. */
  readonly ended: Promise<void>
}

interface Speaking extends Utterance {
  startMs: number | undefined
  endMs: number | undefined
  readonly mulaw: Buffer
  /** By the clock's monotonic ms. */
  readonly saidMs: number
  readonly end: () => void
  sentBytes: number
}

/** The caller's mouth: what is said goes out in 20 ms frames, one utterance behind the other, silence between. */
export class CallerVoice {
  readonly #clock: Clock
  readonly #queue: Speaking[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get speaking(): boolean {
    return this.#queue.length > 0
  }

  /** Begins with the next frame, or behind what is being said already. */
  say(mulaw: Buffer): Utterance {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const saidMs = this.#clock.monotonicMs()
    const utterance: Speaking = { mulaw, saidMs, sentBytes: 0, startMs: undefined, endMs: undefined, ended, end }
    if (mulaw.length === 0) end()
    else this.#queue.push(utterance)
    return utterance
  }

  /** Falls silent in the middle of the word. */
  stop(): void {
    for (const utterance of this.#queue.splice(0)) utterance.end()
  }

  /** The 160 bytes due at `dueMs`. `positionMs` is where the listening stream, if any, puts them. */
  takeFrame(dueMs: number, positionMs: number | undefined): Buffer {
    const utterance = this.#queue[0]
    // A late pacer asks for frames of the past; what was said since does not belong there.
    if (!utterance || utterance.saidMs > dueMs) return SILENT_FRAME
    const piece = utterance.mulaw.subarray(utterance.sentBytes, utterance.sentBytes + FRAME_BYTES)
    utterance.sentBytes += piece.length
    if (positionMs !== undefined) {
      utterance.startMs ??= positionMs
      utterance.endMs = positionMs + piece.length / BYTES_PER_MS
    }
    if (utterance.sentBytes === utterance.mulaw.length) this.#queue.shift()?.end()
    return piece.length === FRAME_BYTES ? piece : Buffer.concat([piece, SILENT_FRAME], FRAME_BYTES)
  }
}
