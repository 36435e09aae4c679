import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { LoopShare } from '../lib/loop-share.ts'
import type { Finding, Said, Stage, StageFactory } from '../pipeline/stage.ts'
import type { CallFact } from './facts.ts'

export interface StageRunnerOptions {
  /** What was found in this call before its process died. */
  readonly before: readonly Finding[]
  /** What was thought of its ring, 0 to 1. */
  readonly suspicion: number
  /** Of the event loop, with all other calls. */
  readonly share: LoopShare
  readonly note: (fact: CallFact) => void
  /** All stages have heard it: what they found, which may be nothing. */
  readonly onHeard: (findings: readonly Finding[], said: Said) => void
  readonly log: Log
  readonly watch?: StageWatch
}

/** Sees how long each stage took with each utterance, in ms, whether or not it failed: metrics. */
export interface StageWatch {
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly onStage: (stage: string, tookMs: number) => void
}

/**
 * Lets every stage of a call hear what was said, one utterance after the other: at once, or within the next turns of
 * the event loop when other calls talk, too. A stage that fails costs its findings, never the call.
 */
export class StageRunner {
  readonly #stages: readonly Stage[]
  readonly #options: StageRunnerOptions
  /** Utterances that not all stages have heard, the oldest first. */
  readonly #unheard: Generator<void>[] = []

  constructor(factories: readonly StageFactory[], options: StageRunnerOptions) {
    this.#stages = factories.map((create) => create(options.before, options.suspicion))
    this.#options = options
  }

  hear(said: Said): void {
    const hearing = this.#hear(said)
    this.#unheard.push(hearing)
    this.#options.share.do(hearing)
  }

  /** Whoever acts now has to know all that was said before. Not to be called by a stage. */
  catchUp(): void {
    while (this.#unheard.length > 0) this.#unheard[0]!.next()
  }

  /** A stage is a step. */
  *#hear(said: Said): Generator<void> {
    const findings: Finding[] = []
    try {
      for (const stage of this.#stages) {
        findings.push(...this.#ask(stage, said))
        yield
      }
    } finally {
      // Before it leads to anything: what is found may end the call, which catches up with what is left.
      this.#unheard.shift()
    }
    this.#options.onHeard(findings, said)
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
