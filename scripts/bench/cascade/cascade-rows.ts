import type { Round } from '../round.ts'
import { median, type Percentiles } from '../summary.ts'
import type { CascadeFindings } from './cascade-play.ts'

/** The rounds of one subject under one load, as one row: medians, and sums of what must not happen at all. */
export interface CascadeRow {
  readonly subject: Round['subject']
  readonly calls: number
  /** In the order of `HOPS`. */
  readonly hops: readonly Percentiles[]
  readonly sum: Percentiles
  readonly clear: Percentiles
  readonly turns: number
  readonly unanswered: number
  readonly framesSent: number
  readonly framesLost: number
  readonly callsLost: number
  /** Of all turns, those for which a connection to the thinker was opened. */
  readonly newConnectionShare: number
  readonly cpuSecondsPerCallMinute: number
  readonly loopDelayP99Ms: number
  readonly benchLoopDelayP99Ms: number
  readonly benchCpuShare: number
}

/** What the server adds to a turn, over what every message through a process costs. */
export const TARGET = { calls: 50, sumP99Ms: 5 } as const

/** A bench later than this has measured itself: the whole target is 5 ms. */
const MOST_BENCH_DELAY_MS = 2
const MOST_CPU_SHARE = 0.9

export function summariseTurns(rounds: readonly Round<CascadeFindings>[]): CascadeRow[] {
  const groups = Map.groupBy(rounds, ({ subject, calls }) => `${calls} ${subject}`)
  return [...groups.values()].map(toRow)
}

/** Why the row says nothing, or undefined. */
export function invalidBecause(row: CascadeRow): string | undefined {
  if (row.callsLost > 0) return `${row.callsLost} calls ended before their time`
  if (row.turns === 0) return 'no turn was answered'
  if (row.benchLoopDelayP99Ms > MOST_BENCH_DELAY_MS) return 'the bench itself was too late'
  return row.benchCpuShare > MOST_CPU_SHARE ? 'the bench itself had too much to do' : undefined
}

/** Whether something is wrong with the subject, however busy the machine was. */
export function isBroken({ callsLost, turns, unanswered, framesLost }: CascadeRow): boolean {
  return callsLost > 0 || turns === 0 || unanswered > 0 || framesLost > 0
}

function toRow(rounds: readonly Round<CascadeFindings>[]): CascadeRow {
  const [{ subject, calls }] = rounds as [Round<CascadeFindings>]
  const medianOf = (read: (round: Round<CascadeFindings>) => number) => median(rounds.map(read))
  const sumOf = (read: (found: CascadeFindings) => number) =>
    rounds.reduce((sum, { findings }) => sum + read(findings), 0)
  const percentiles = (read: (found: CascadeFindings) => Percentiles | undefined) => ({
    p50Ms: medianOf(({ findings }) => read(findings)?.p50Ms ?? 0),
    p99Ms: medianOf(({ findings }) => read(findings)?.p99Ms ?? 0),
  })
  const turns = sumOf(({ sum }) => sum.count)
  return {
    subject,
    calls,
    hops: [0, 1, 2].map((hop) => percentiles(({ hops }) => hops[hop])),
    sum: percentiles(({ sum }) => sum),
    clear: percentiles(({ frames }) => frames.clear),
    turns,
    unanswered: sumOf(({ unanswered }) => unanswered),
    framesSent: sumOf(({ frames: { toEngine, toCaller } }) => toEngine.sent + toCaller.sent),
    framesLost: sumOf(({ frames: { toEngine, toCaller } }) => wrong(toEngine) + wrong(toCaller)),
    callsLost: rounds.reduce((sum, { bench }) => sum + bench.callsLost, 0),
    newConnectionShare: turns === 0 ? 0 : sumOf(({ thinkerConnections }) => thinkerConnections) / turns,
    cpuSecondsPerCallMinute: medianOf((round) => round.cpuSecondsPerCallMinute),
    loopDelayP99Ms: medianOf((round) => round.process.loopDelayP99Ms),
    benchLoopDelayP99Ms: medianOf(({ bench }) => bench.loopDelayP99Ms),
    benchCpuShare: medianOf(({ bench }) => bench.cpuShare),
  }
}

function wrong({ lost, misplaced }: { lost: number; misplaced: number }): number {
  return lost + misplaced
}
