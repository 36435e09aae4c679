import type { Latency } from '../measurements.ts'
import { median } from '../summary.ts'
import type { CpuShares } from './cpu-use.ts'
import type { LoopFindings } from './loop-watch.ts'
import type { ColdStart, StagesFindings, StagesSubject } from './stages-findings.ts'
import type { StagesRound } from './stages-round.ts'

/** The rounds of one subject under one load as one row: medians, but the worst of what must not happen at all. */
export interface StagesRow {
  readonly subject: StagesSubject
  readonly calls: number
  readonly work: ReadonlyMap<string, Latency>
  readonly slowest: StagesFindings['slowest']
  readonly loop: LoopFindings
  readonly cpu: CpuShares
  readonly rssBytes: number
  readonly start: ColdStart
  readonly failures: number
}

const MOST_SLOW = 10
/** Of a core. With more, what looks slow may have waited for somebody else. */
const MOST_OTHERS = 0.05

export function summariseStages(rounds: readonly StagesRound[]): StagesRow[] {
  const groups = Map.groupBy(rounds, ({ subject, calls }) => `${calls} ${subject}`)
  return [...groups.values()].map(toRow)
}

/** Why what is missed in these two rows says nothing of the stages, or undefined. */
export function invalidBecause(stages: StagesRow, bare: StagesRow): string | undefined {
  if (bare.loop.stalls > 0) return 'the loop was held up with nobody listening, too'
  const others = Math.max(stages.cpu.others, bare.cpu.others)
  return others > MOST_OTHERS ? `others used ${(others * 100).toFixed(0)} % of a core` : undefined
}

/** Whether something is wrong with the stages, however busy the machine was. */
export function isBroken({ failures }: StagesRow): boolean {
  return failures > 0
}

function toRow(rounds: readonly StagesRound[]): StagesRow {
  const [{ subject, calls }] = rounds as [StagesRound]
  const found = rounds.map(({ findings }) => findings)
  const read = (value: (findings: StagesFindings) => number) => found.map(value)
  const kinds = new Set(found.flatMap(({ work }) => Object.keys(work)))
  return {
    subject,
    calls,
    work: new Map([...kinds].map((kind) => [kind, together(found.flatMap(({ work }) => work[kind] ?? []))])),
    slowest: found
      .flatMap(({ slowest }) => slowest)
      .toSorted((a, b) => b.tookMs - a.tookMs)
      .slice(0, MOST_SLOW),
    loop: {
      delayP99Ms: median(read(({ loop }) => loop.delayP99Ms)),
      longestMs: Math.max(...read(({ loop }) => loop.longestMs)),
      stalls: sum(read(({ loop }) => loop.stalls)),
      collections: {
        longestMs: Math.max(...read(({ loop }) => loop.collections.longestMs)),
        stalls: sum(read(({ loop }) => loop.collections.stalls)),
        share: median(read(({ loop }) => loop.collections.share)),
      },
    },
    cpu: { own: median(read(({ cpu }) => cpu.own)), others: Math.max(...read(({ cpu }) => cpu.others)) },
    rssBytes: median(read(({ rssBytes }) => rssBytes)),
    start: {
      loadMs: median(read(({ start }) => start.loadMs)),
      firstUtteranceMs: median(read(({ start }) => start.firstUtteranceMs)),
      longestMs: Math.max(...read(({ start }) => start.longestMs)),
    },
    failures: sum(read(({ failures }) => failures)),
  }
}

function together(latencies: readonly Latency[]): Latency {
  return {
    count: sum(latencies.map(({ count }) => count)),
    p50Ms: median(latencies.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(latencies.map(({ p99Ms }) => p99Ms)),
    maxMs: Math.max(...latencies.map(({ maxMs }) => maxMs)),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
