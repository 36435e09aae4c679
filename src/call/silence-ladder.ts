export interface SilenceLadderOptions {
  /** Silence before the first and second prompt and before the goodbye, in ms (RELIABILITY F21). */
  readonly firstPromptMs: number
  readonly secondPromptMs: number
  readonly goodbyeMs: number
}

export type SilenceStep = 'first prompt' | 'second prompt' | 'goodbye'

/**
 * A caller who says nothing is asked twice and then let go. Counts only silence that is the caller's: whoever uses it
 * reports every moment in which it was ours (speech, tools, hold) as activity.
 */
export class SilenceLadder {
  readonly #steps: readonly { step: SilenceStep; afterMs: number }[]
  #silentMs = 0
  #taken = 0
  #lastTickMs: number | undefined

  constructor({ firstPromptMs, secondPromptMs, goodbyeMs }: SilenceLadderOptions) {
    this.#steps = [
      { step: 'first prompt', afterMs: firstPromptMs },
      { step: 'second prompt', afterMs: secondPromptMs },
      { step: 'goodbye', afterMs: goodbyeMs },
    ]
  }

  /** A prompt was given and has not been answered. */
  get prompting(): boolean {
    return this.#taken > 0
  }

  /** The caller spoke or pressed a key: the ladder starts anew. */
  reset(): void {
    this.#silentMs = 0
    this.#taken = 0
  }

  /** `ours`: the moment since the last tick was not the caller's to fill. Gives the step that has become due. */
  tick(nowMs: number, ours: boolean): SilenceStep | undefined {
    if (!ours) this.#silentMs += nowMs - (this.#lastTickMs ?? nowMs)
    this.#lastTickMs = nowMs
    const next = this.#steps[this.#taken]
    if (!next || this.#silentMs < next.afterMs) return undefined
    this.#taken += 1
    return next.step
  }
}
