import type { Clock } from '../lib/clock.ts'
import type { RingAnswer } from './ring-answer.ts'

/** Answers are remembered this long, so that a repeated webhook gets the same one (RELIABILITY F18, S7). */
const REMEMBER_MS = 3 * 3_600_000

/** What calls that are over, or never were ours, were last answered. */
export class PastAnswers {
  readonly #clock: Clock
  readonly #answers = new Map<string, { readonly answer: RingAnswer; readonly atMs: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get(carrierCallId: string): { readonly answer: RingAnswer } | undefined {
    return this.#answers.get(carrierCallId)
  }

  remember(carrierCallId: string, answer: RingAnswer): RingAnswer {
    const atMs = this.#clock.monotonicMs()
    this.#answers.set(carrierCallId, { answer, atMs })
    for (const [id, past] of this.#answers) {
      if (atMs - past.atMs < REMEMBER_MS) break
      this.#answers.delete(id)
    }
    return answer
  }
}
