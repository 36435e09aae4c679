import { BYTES_PER_MS, SILENCE } from '../../audio/encoded-audio.ts'

/** A stretch without a pause. Ms of the timeline it belongs to. */
export interface Span {
  readonly startMs: number
  readonly endMs: number
}

interface Piece {
  readonly atSample: number
  readonly mulaw: Buffer
}

/**
 * Which mu-law sample was at which place of a stream, exactly: one byte a sample, 8 to the ms, silence between.
 * Pieces are added in order and never overlap.
 */
export class AudioTimeline {
  readonly #pieces: Piece[] = []

  /** Where the last piece ends; 0 when there is none. */
  get endSample(): number {
    const last = this.#pieces.at(-1)
    return last ? last.atSample + last.mulaw.length : 0
  }

  add(atSample: number, mulaw: Buffer): void {
    if (mulaw.length > 0) this.#pieces.push({ atSample, mulaw })
  }

  /** Forgets everything from `atSample` on and returns how many samples that were. */
  cut(atSample: number): number {
    let forgotten = 0
    for (
      let last = this.#pieces.at(-1);
      last && last.atSample + last.mulaw.length > atSample;
      last = this.#pieces.at(-1)
    ) {
      this.#pieces.pop()
      const kept = Math.max(0, atSample - last.atSample)
      forgotten += last.mulaw.length - kept
      this.add(last.atSample, last.mulaw.subarray(0, kept))
      if (kept > 0) break
    }
    return forgotten
  }

  /** Everything from the timeline's zero to `untilMs` (its end, unless given), silence where nothing was. */
  toBuffer(untilMs = this.endSample / BYTES_PER_MS): Buffer {
    const untilSample = Math.floor(untilMs * BYTES_PER_MS)
    const whole = Buffer.alloc(untilSample, SILENCE)
    for (const { atSample, mulaw } of this.#pieces) if (atSample < untilSample) mulaw.copy(whole, atSample)
    return whole
  }

  /** Pieces that follow each other without a gap are one span. What lies after `untilMs` is left out. */
  spans(untilMs = Number.POSITIVE_INFINITY): Span[] {
    const spans: { startMs: number; endMs: number }[] = []
    for (const { atSample, mulaw } of this.#pieces) {
      const startMs = atSample / BYTES_PER_MS
      if (startMs >= untilMs) break
      const endMs = Math.min(untilMs, (atSample + mulaw.length) / BYTES_PER_MS)
      const last = spans.at(-1)
      if (last?.endMs === startMs) last.endMs = endMs
      else spans.push({ startMs, endMs })
    }
    return spans
  }
}
