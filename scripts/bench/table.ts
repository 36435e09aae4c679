import { cpus, loadavg, release, totalmem, type } from 'node:os'
import type { BenchOptions } from './options.ts'
import { invalidBecause, type Percentiles, type Row } from './summary.ts'
import { judge } from './targets.ts'

/** The whole result as Markdown, fit for a terminal and for docs/bench.md. */
export function report(rows: readonly Row[], surroundings: readonly string[]): string {
  const verdicts = judge(rows).map(({ target, found, met }) => `- ${met ? 'met' : 'MISSED'}: ${target}; found ${found}`)
  const cells = rows.map((row) => cellsOf(row, rows))
  return [...surroundings, '', markdownTable(COLUMNS, cells), '', ...verdicts, ''].join('\n')
}

/** The machine, and how the processes share it. */
export function describeSurroundings(
  plan: Pick<BenchOptions, 'measured' | 'rounds' | 'secondsPerRound'> & { pinned: boolean },
): string[] {
  const [cpu] = cpus()
  const memoryGib = (totalmem() / 2 ** 30).toFixed(0)
  const subjects = plan.measured === 'stages' ? 'bare and stages' : 'relay and server'
  const sharing = plan.pinned ? 'the measured process on core 0, the bench on core 1' : 'nothing pinned to a core'
  return [
    `${new Date().toISOString().slice(0, 10)}: ${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ` +
      `${memoryGib} GiB, ${type()} ${release()}, Node ${process.versions.node}.`,
    `Medians of ${plan.rounds} rounds of ${plan.secondsPerRound} s, ${subjects} in turns, ${sharing}. ` +
      `Load average before: ${loadavg()[0]!.toFixed(2)}.`,
  ]
}

const COLUMNS = [
  'calls',
  'subject',
  'CPU-s per call-minute',
  'to engine p50 / p99 ms',
  'to caller p50 / p99 ms',
  'clear p50 / p99 ms',
  'lost of frames',
  'loop delay p99 ms',
  'KiB per call',
  'bench late p99 ms',
  'bench CPU',
]

export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [columns, ...rows]
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)))
  const lines = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function cellsOf(row: Row, rows: readonly Row[]): string[] {
  const relay = rows.find(({ subject, calls }) => subject === 'relay' && calls === row.calls)
  const ratio = relay && relay !== row ? row.cpuSecondsPerCallMinute / relay.cpuSecondsPerCallMinute : undefined
  const invalid = invalidBecause(row)
  return [
    String(row.calls),
    invalid === undefined ? row.subject : `${row.subject} (INVALID: ${invalid})`,
    row.cpuSecondsPerCallMinute.toFixed(4) + (ratio === undefined ? '' : ` (${ratio.toFixed(2)}x)`),
    pair(row.toEngine),
    pair(row.toCaller),
    pair(row.clear),
    `${row.framesLost} of ${row.framesSent}`,
    row.loopDelayP99Ms.toFixed(1),
    row.kibPerCall.toFixed(0),
    row.benchLatenessP99Ms.toFixed(1),
    `${(row.benchCpuShare * 100).toFixed(0)} %`,
  ]
}

export function pair({ p50Ms, p99Ms }: Percentiles): string {
  return `${p50Ms.toFixed(2)} / ${p99Ms.toFixed(2)}`
}
