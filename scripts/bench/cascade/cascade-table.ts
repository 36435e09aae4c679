import { markdownTable, pair } from '../table.ts'
import { type CascadeRow, invalidBecause, TARGET } from './cascade-rows.ts'
import { HOPS } from './turn-meter.ts'

/** The whole result as Markdown, fit for a terminal and for docs/bench.md. */
export function reportTurns(rows: readonly CascadeRow[], surroundings: readonly string[]): string {
  return [...surroundings, '', markdownTable(COLUMNS, rows.map(cellsOf)), '', ...verdicts(rows), ''].join('\n')
}

const COLUMNS = [
  'calls',
  'subject',
  ...HOPS.map((hop) => `${hop} p50 / p99 ms`),
  'own part of a turn p50 / p99 ms',
  'clear p50 / p99 ms',
  'turns',
  'unanswered',
  'lost of frames',
  'new connections a turn',
  'CPU-s per call-minute',
  'loop delay p99 ms',
  'bench late p99 ms',
  'bench CPU',
]

function cellsOf(row: CascadeRow): string[] {
  const invalid = invalidBecause(row)
  const isServer = row.subject === 'server'
  return [
    String(row.calls),
    invalid === undefined ? row.subject : `${row.subject} (INVALID: ${invalid})`,
    ...row.hops.map(pair),
    pair(row.sum),
    isServer ? pair(row.clear) : '-',
    String(row.turns),
    String(row.unanswered),
    `${row.framesLost} of ${row.framesSent}`,
    isServer ? row.newConnectionShare.toFixed(2) : '-',
    row.cpuSecondsPerCallMinute.toFixed(4),
    row.loopDelayP99Ms.toFixed(1),
    row.benchLoopDelayP99Ms.toFixed(1),
    `${(row.benchCpuShare * 100).toFixed(0)} %`,
  ]
}

/** Holds the target against every load up to the one it is for. */
function verdicts(rows: readonly CascadeRow[]): string[] {
  return rows.flatMap((server) => {
    const relay = rows.find(({ subject, calls }) => subject === 'relay' && calls === server.calls)
    if (server.subject !== 'server' || server.calls > TARGET.calls || !relay) return []
    if (invalidBecause(server) ?? invalidBecause(relay)) return []
    const { p50Ms, p99Ms } = server.sum
    const against = `${(p50Ms / relay.sum.p50Ms).toFixed(1)}x and ${(p99Ms / relay.sum.p99Ms).toFixed(1)}x the relay's p50 and p99`
    const verdict = p99Ms <= TARGET.sumP99Ms ? 'met' : 'MISSED'
    return [
      `- ${verdict}: p99 of the server's own part of a turn at ${server.calls} calls: at most ${TARGET.sumP99Ms} ms; found ${p99Ms.toFixed(2)} ms (${against})`,
    ]
  })
}
