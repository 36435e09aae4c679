import type { Random } from '../seeded-random.ts'
import type { Send } from './protocol.ts'
import type { Timeline } from './timeline.ts'

/** Fragments stand on a grid of so many ms (contract 6, seen by clients). */
export const GRID_MS = 200

export interface TranscriptOptions {
  readonly type: 'session.input_transcript.delta' | 'session.output_transcript.delta'
  readonly timeline: Timeline
  /** A fragment comes up to so much later than its sound; the two sides are not in step. */
  readonly lagMs: number
  readonly random: Random
  readonly send: Send
}

/** One side's words as they are told: in fragments, late, in their own order, and without a word about turns. */
export class Transcript {
  readonly #options: TranscriptOptions
  /** No fragment overtakes the one before it. */
  #tellAtMs = 0

  constructor(options: TranscriptOptions) {
    this.#options = options
  }

  /** These words were said in the grid cell that ends at `endMs` of the session. */
  add(delta: string, endMs: number): void {
    const { lagMs, random, send, timeline, type } = this.#options
    if (delta === '') return
    const end_ms = Math.ceil(endMs / GRID_MS) * GRID_MS
    this.#tellAtMs = Math.max(this.#tellAtMs, timeline.nowMs + random() * lagMs)
    timeline.after(this.#tellAtMs - timeline.nowMs, () => send({ type, delta, start_ms: end_ms - GRID_MS, end_ms }))
  }
}
