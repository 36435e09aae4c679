import type { Finding, Said, Stage, StageFactory } from '../stage.ts'
import type { CallerFactKey } from './caller-fact.ts'
import { factsIn } from './facts-in.ts'
import { agrees, QUESTION_ABOUT, readsBack } from './read-back.ts'

interface KnownFact {
  readonly value: string
  readonly confirmed: boolean
}

/** Collects what the caller states, and what of it we read back and they agreed to. */
export const createFactsStage: StageFactory = (before = []) => new FactsStage(before)

class FactsStage implements Stage {
  readonly name = 'facts'
  readonly #known = new Map<CallerFactKey, KnownFact>()
  /** What we read back since the caller last spoke. */
  readonly #readBack = new Set<CallerFactKey>()

  constructor(before: readonly Finding[]) {
    for (const finding of before) {
      if (finding.type === 'fact stated') this.#known.set(finding.key, { value: finding.value, confirmed: false })
      if (finding.type === 'fact confirmed') this.#known.set(finding.key, { value: finding.value, confirmed: true })
    }
  }

  hear(said: Said): readonly Finding[] {
    if (said.by === 'caller') return this.#hearCaller(said)
    for (const [key, { value, confirmed }] of this.#known) {
      if (!confirmed && readsBack(said.text, { key, value })) this.#readBack.add(key)
    }
    return []
  }

  #hearCaller({ text, prompt }: Said): Finding[] {
    const agreed = agrees(text)
    const stated = factsIn(text, agreed ? prompt : this.#asked(prompt)).filter(
      ({ key, value }) => this.#known.get(key)?.value !== value,
    )
    for (const { key, value } of stated) {
      this.#known.set(key, { value, confirmed: false })
      this.#readBack.delete(key)
    }
    const confirmed = agreed ? [...this.#readBack].map((key) => this.#confirm(key)) : []
    this.#readBack.clear()
    return [...stated.map(({ key, value }) => ({ type: 'fact stated' as const, key, value })), ...confirmed]
  }

  /** What they answer: our last words and, where we read something back, the question about that. */
  #asked(prompt = ''): string {
    return [prompt, ...[...this.#readBack].map((key) => QUESTION_ABOUT[key])].join(' ')
  }

  #confirm(key: CallerFactKey): Finding {
    const { value } = this.#known.get(key)!
    this.#known.set(key, { value, confirmed: true })
    return { type: 'fact confirmed', key, value }
  }
}
