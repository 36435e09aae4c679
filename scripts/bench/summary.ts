import type { Round } from './round.ts'

/** The rounds of one subject under one load, as one row: medians, and sums of what must not happen at all. */
export interface Row {
  readonly subject: Round['subject']
  readonly calls: number
  readonly cpuSecondsPerCallMinute: number
  readonly toEngine: Percentiles
  readonly toCaller: Percentiles
  readonly clear: Percentiles
  readonly loopDelayP99Ms: number
  readonly kibPerCall: number
  readonly framesSent: number
  /** Lost, doubled or out of order, in both directions. */
  readonly framesLost: number
  readonly callsLost: number
  /** Frames whose latency was taken, in the direction that had fewer. */
  readonly framesMeasured: number
  readonly benchLatenessP99Ms: number
  readonly benchCpuShare: number
}

export interface Percentiles {
  readonly p50Ms: number
  readonly p99Ms: number
}

/** A bench that is later than this with its own frames has measured itself. */
const MOST_LATENESS_MS = 5
/** Of its core; more, and frames wait in the bench before it can see them. */
const MOST_CPU_SHARE = 0.9

export function summarise(rounds: readonly Round[]): Row[] {
  const groups = Map.groupBy(rounds, ({ subject, calls }) => `${calls} ${subject}`)
  return [...groups.values()].map(toRow)
}

/** Why the row says nothing, or undefined. */
export function invalidBecause(row: Row): string | undefined {
  if (row.callsLost > 0) return `${row.callsLost} calls ended before their time`
  if (row.framesMeasured === 0) return 'nothing came through'
  if (row.benchLatenessP99Ms > MOST_LATENESS_MS) return 'the bench itself was too late'
  return row.benchCpuShare > MOST_CPU_SHARE ? 'the bench itself had too much to do' : undefined
}

/** Whether something is wrong with the subject, however busy the machine was. */
export function isBroken({ framesLost, callsLost, framesMeasured }: Row): boolean {
  return framesLost > 0 || callsLost > 0 || framesMeasured === 0
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

function toRow(rounds: readonly Round[]): Row {
  const [{ subject, calls }] = rounds as [Round]
  const medianOf = (read: (round: Round) => number) => median(rounds.map(read))
  const sumOf = (read: (round: Round) => number) => rounds.reduce((sum, round) => sum + read(round), 0)
  const percentiles = (read: (round: Round) => Percentiles) => ({
    p50Ms: medianOf((round) => read(round).p50Ms),
    p99Ms: medianOf((round) => read(round).p99Ms),
  })
  return {
    subject,
    calls,
    cpuSecondsPerCallMinute: medianOf((round) => round.cpuSecondsPerCallMinute),
    toEngine: percentiles(({ findings }) => findings.toEngine.latency),
    toCaller: percentiles(({ findings }) => findings.toCaller.latency),
    clear: percentiles(({ findings }) => findings.clear),
    loopDelayP99Ms: medianOf((round) => round.process.loopDelayP99Ms),
    kibPerCall: medianOf((round) => round.kibPerCall),
    framesSent: sumOf(({ findings: { toEngine, toCaller } }) => toEngine.sent + toCaller.sent),
    framesLost: sumOf(({ findings: { toEngine, toCaller } }) => wrong(toEngine) + wrong(toCaller)),
    callsLost: sumOf(({ bench }) => bench.callsLost),
    framesMeasured: Math.min(
      sumOf(({ findings }) => findings.toEngine.latency.count),
      sumOf(({ findings }) => findings.toCaller.latency.count),
    ),
    benchLatenessP99Ms: medianOf((round) => round.bench.lateness.p99Ms),
    benchCpuShare: medianOf((round) => round.bench.cpuShare),
  }
}

function wrong({ lost, misplaced }: { lost: number; misplaced: number }): number {
  return lost + misplaced
}
