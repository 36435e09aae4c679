import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { Finding, Said, Stage, StageFactory } from '../pipeline/stage.ts'
import type { CallFact } from './facts.ts'

/** Lets every stage of a call hear what was said. A stage that fails costs its findings, never the call. */
export class StageRunner {
  readonly #stages: readonly Stage[]
  readonly #note: (fact: CallFact) => void
  readonly #log: Log

  /** `before`: what was found in this call before its process died. `suspicion`: what was thought of its ring. */
  constructor(
    factories: readonly StageFactory[],
    options: { before: readonly Finding[]; suspicion: number; note: (fact: CallFact) => void; log: Log },
  ) {
    this.#stages = factories.map((create) => create(options.before, options.suspicion))
    this.#note = options.note
    this.#log = options.log
  }

  hear(said: Said): Finding[] {
    return this.#stages.flatMap((stage) => this.#ask(stage, said))
  }

  #ask(stage: Stage, said: Said): readonly Finding[] {
    try {
      const findings = stage.hear(said)
      for (const finding of findings) this.#note({ type: 'finding.made', stage: stage.name, finding })
      return findings
    } catch (error) {
      this.#log.error({ stage: stage.name, pii: { error: messageOf(error) } }, 'stage failed')
      return []
    }
  }
}
