import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { Finding, Said, Stage, StageFactory } from '../pipeline/stage.ts'
import type { CallFact } from './facts.ts'

export interface StageRunnerOptions {
  /** What was found in this call before its process died. */
  readonly before: readonly Finding[]
  /** What was thought of its ring, 0 to 1. */
  readonly suspicion: number
  readonly note: (fact: CallFact) => void
  readonly log: Log
  readonly watch?: StageWatch
}

/** Sees how long each stage took with each utterance, in ms, whether or not it failed: metrics. */
export interface StageWatch {
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly onStage: (stage: string, tookMs: number) => void
}

/** Lets every stage of a call hear what was said. A stage that fails costs its findings, never the call. */
export class StageRunner {
  readonly #stages: readonly Stage[]
  readonly #options: StageRunnerOptions

  constructor(factories: readonly StageFactory[], options: StageRunnerOptions) {
    this.#stages = factories.map((create) => create(options.before, options.suspicion))
    this.#options = options
  }

  hear(said: Said): Finding[] {
    return this.#stages.flatMap((stage) => this.#ask(stage, said))
  }

  #ask(stage: Stage, said: Said): readonly Finding[] {
    const { note, log } = this.#options
    try {
      const findings = this.#timed(stage, said)
      for (const finding of findings) note({ type: 'finding.made', stage: stage.name, finding })
      return findings
    } catch (error) {
      log.error({ stage: stage.name, pii: { error: messageOf(error) } }, 'stage failed')
      return []
    }
  }

  #timed(stage: Stage, said: Said): readonly Finding[] {
    const { watch } = this.#options
    if (!watch) return stage.hear(said)
    const beganAtMs = watch.clock.monotonicMs()
    try {
      return stage.hear(said)
    } finally {
      watch.onStage(stage.name, watch.clock.monotonicMs() - beganAtMs)
    }
  }
}
