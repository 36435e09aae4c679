import type { Latency } from '../measurements.ts'
import type { CpuShares } from './cpu-use.ts'
import type { LoopFindings } from './loop-watch.ts'
import type { SlowWork } from './work-meter.ts'

export const STAGES_SUBJECTS = ['bare', 'stages'] as const

/** `bare`: the same play with nobody listening. */
export type StagesSubject = (typeof STAGES_SUBJECTS)[number]

/** What the measured process is told to play. */
export interface StagesOrder {
  readonly subject: StagesSubject
  /** At the same time. */
  readonly calls: number
  readonly seconds: number
  /** Played before anything counts. */
  readonly warmUpMs: number
}

/** What it found. */
export interface StagesFindings {
  /** By what was done. */
  readonly work: Readonly<Record<string, Latency>>
  /** The slowest first. `collectedMs`: what of it went to V8's collector. */
  readonly slowest: readonly (SlowWork & { readonly collectedMs: number })[]
  readonly loop: LoopFindings
  readonly cpu: CpuShares
  readonly rssBytes: number
  readonly start: ColdStart
  /** How often a stage threw. */
  readonly failures: number
}

/** What the first callers after a start pay. */
export interface ColdStart {
  /** Reading code and models. */
  readonly loadMs: number
  readonly firstUtteranceMs: number
  /** The longest the event loop was held up while the calls began. */
  readonly longestMs: number
}
