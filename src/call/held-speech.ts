import type { EngineEvent } from '../engines/engine.ts'

export type AgentEvent = Extract<EngineEvent, { type: `agent.${string}` }>

/**
 * Speech of an engine that cannot be stopped, kept back from the moment a caller cut it until it is known whether they
 * said anything. Then it follows the rest of what was cut, or nobody hears of it.
 */
export class HeldSpeech {
  #held: AgentEvent[] | undefined
  /** Where in `#held` the speech of an answer begins that was begun after the cut: it may be the one to their words. */
  #newFrom = Number.POSITIVE_INFINITY
  readonly #dropped = new Set<string>()
  #cut: string[] = []

  /** From now on everything is kept. `cut`: the utterances that were silenced. */
  hold(cut: readonly string[]): void {
    this.#held ??= []
    this.#cut.push(...cut)
  }

  answerStarted(): void {
    if (this.#held) this.#newFrom = this.#held.length
  }

  /** Hot path. Whether the event was kept, or belongs to speech that is not to be heard any more. */
  takes(event: AgentEvent): boolean {
    if (this.#dropped.has(event.utteranceId)) return true
    this.#held?.push(event)
    return this.#held !== undefined
  }

  /** What the engine has made of the noise in an answer of its own is not to be heard. Gives its utterances. */
  dropNew(): readonly string[] {
    const held = this.#held ?? []
    const unheard = [
      ...new Set(held.splice(Math.min(this.#newFrom, held.length)).map(({ utteranceId }) => utteranceId)),
    ]
    this.drop(unheard)
    return unheard
  }

  /** It was a false alarm: gives everything that was kept, in order. */
  release(): readonly AgentEvent[] {
    const held = this.#held ?? []
    this.forget()
    return held
  }

  /** The caller had a turn: gives what was said since in a new answer, and drops what was cut with all that follows. */
  releaseNew(): readonly AgentEvent[] {
    const held = this.#held ?? []
    const from = Math.min(this.#newFrom, held.length)
    this.drop([...this.#cut, ...held.slice(0, from).map(({ utteranceId }) => utteranceId)])
    this.forget()
    return held.slice(from).filter(({ utteranceId }) => !this.#dropped.has(utteranceId))
  }

  /** Nothing more of these is to be heard. */
  drop(utteranceIds: readonly string[]): void {
    for (const utteranceId of utteranceIds) this.#dropped.add(utteranceId)
  }

  /** The engine is gone, or nobody is there to hear it. */
  forget(): void {
    this.#held = undefined
    this.#newFrom = Number.POSITIVE_INFINITY
    this.#cut = []
  }
}
