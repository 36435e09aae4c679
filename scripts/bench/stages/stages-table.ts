import type { Latency } from '../measurements.ts'
import { markdownTable, pair } from '../table.ts'
import { WHOLE } from './played-call.ts'
import type { StagesRow } from './stages-rows.ts'
import { judgeStages } from './stages-verdicts.ts'

/** The whole result as Markdown, fit for a terminal and for docs/bench.md. */
export function reportStages(rows: readonly StagesRow[], surroundings: readonly string[]): string {
  const verdicts = judgeStages(rows).map(({ outcome, target, found }) => `- ${outcome}: ${target}; found ${found}`)
  const listening = rows.filter(({ subject }) => subject === 'stages')
  return [
    ...surroundings,
    '',
    markdownTable(
      PROCESS_COLUMNS,
      rows.flatMap((row) => processCells(row, rows)),
    ),
    '',
    markdownTable(WORK_COLUMNS, listening.flatMap(workCells)),
    '',
    markdownTable(SLOW_COLUMNS, listening.flatMap(slowCells)),
    '',
    ...verdicts,
    ...rows.filter(({ failures }) => failures > 0).map(({ failures }) => `- BROKEN: a stage threw ${failures} times`),
    '',
  ].join('\n')
}

/** Whether a target was validly missed. */
export function misses(rows: readonly StagesRow[]): boolean {
  return judgeStages(rows).some(({ outcome }) => outcome === 'MISSED')
}

const PROCESS_COLUMNS = [
  'calls',
  'subject',
  'CPU',
  'CPU of others',
  'memory MiB',
  'loop delay p99 ms',
  'longest stall ms',
  'stalls > 10 ms',
  'longest collection ms',
  'collections > 10 ms',
  'collecting',
  'load ms',
  'first utterance ms',
  'longest stall at the start ms',
]

function processCells(row: StagesRow, rows: readonly StagesRow[]): string[][] {
  const bare = rows.find(({ subject, calls }) => subject === 'bare' && calls === row.calls)
  const cells = [[String(row.calls), row.subject, ...figuresOf(row).map(shown)]]
  if (!bare || bare === row) return cells
  const bareFigures = figuresOf(bare)
  const difference = figuresOf(row).map((figure, column) => ({
    ...figure,
    value: figure.value - bareFigures[column]!.value,
  }))
  return [...cells, [String(row.calls), 'difference', ...difference.map(shown)]]
}

interface Figure {
  readonly value: number
  readonly digits: number
  readonly unit?: string
}

function figuresOf({ cpu, rssBytes, loop, start }: StagesRow): Figure[] {
  return [
    { value: cpu.own * 100, digits: 1, unit: ' %' },
    { value: cpu.others * 100, digits: 1, unit: ' %' },
    { value: rssBytes / 2 ** 20, digits: 0 },
    { value: loop.delayP99Ms, digits: 1 },
    { value: loop.longestMs, digits: 1 },
    { value: loop.stalls, digits: 0 },
    { value: loop.collections.longestMs, digits: 1 },
    { value: loop.collections.stalls, digits: 0 },
    { value: loop.collections.share * 100, digits: 2, unit: ' %' },
    { value: start.loadMs, digits: 0 },
    { value: start.firstUtteranceMs, digits: 1 },
    { value: start.longestMs, digits: 1 },
  ]
}

function shown({ value, digits, unit = '' }: Figure): string {
  return `${value.toFixed(digits)}${unit}`
}

/** What takes less is not shown: most stages pass over what the agent says. */
const LEAST_P99_MS = 0.01

const WORK_COLUMNS = ['calls', 'what', 'times', 'p50 / p99 ms', 'longest ms']

/** The wholes first, then what they are made of, the most expensive first. */
function workCells({ calls, work }: StagesRow): string[][] {
  const wholes = Object.values(WHOLE) as string[]
  const parts = [...work].flatMap(([what, { p99Ms }]) => (wholes.includes(what) || p99Ms < LEAST_P99_MS ? [] : what))
  const byP99 = parts.toSorted((a, b) => work.get(b)!.p99Ms - work.get(a)!.p99Ms)
  const cells = (what: string, { count, maxMs, ...percentiles }: Latency) => [
    String(calls),
    what,
    String(count),
    pair(percentiles),
    maxMs.toFixed(2),
  ]
  return [...wholes, ...byP99].flatMap((what) => {
    const latency = work.get(what)
    return latency ? [cells(what, latency)] : []
  })
}

const SLOW_COLUMNS = ['calls', 'the slowest', 'said', 'characters', 'ms', 'of it collecting']

function slowCells({ calls, slowest }: StagesRow): string[][] {
  return slowest.map(({ what, sort, chars, tookMs, collectedMs }) => [
    String(calls),
    what,
    sort,
    String(chars),
    tookMs.toFixed(2),
    collectedMs.toFixed(2),
  ])
}
