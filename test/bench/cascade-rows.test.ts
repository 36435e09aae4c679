import { describe, expect, it } from 'vitest'
import type { CascadeFindings } from '../../scripts/bench/cascade/cascade-play.ts'
import { invalidBecause, isBroken, summariseTurns } from '../../scripts/bench/cascade/cascade-rows.ts'
import { reportTurns } from '../../scripts/bench/cascade/cascade-table.ts'
import type { Round } from '../../scripts/bench/round.ts'

describe('the turns of a cascade', () => {
  it('become one row for each subject: medians, and the sum of what must not happen', () => {
    const rows = summariseTurns([
      round({ sumP99Ms: 3, unanswered: 1 }),
      round({ sumP99Ms: 5 }),
      round({ subject: 'relay' }),
    ])
    expect(rows).toMatchObject([
      { subject: 'server', sum: { p99Ms: 4 }, turns: 200, unanswered: 1, newConnectionShare: 0.05 },
      { subject: 'relay' },
    ])
    expect(rows.map(isBroken)).toEqual([true, false])
  })

  it.each([
    ['the bench itself was too late', { benchDelayMs: 2.5 }],
    ['no turn was answered', { turns: 0 }],
    ['1 calls ended before their time', { callsLost: 1 }],
  ])('say nothing when %s', (because, found) => {
    expect(summariseTurns([round(found)]).map(invalidBecause)).toEqual([because])
  })

  it.each([
    ['met', 5],
    ['MISSED', 5.2],
  ])('have %s the target with a p99 of %d ms, told beside the relay', (verdict, sumP99Ms) => {
    const rows = summariseTurns([round({ subject: 'relay', sumP99Ms: 2 }), round({ sumP99Ms })])
    const [line] = reportTurns(rows, []).match(/^- .*/m) ?? []
    expect(line).toContain(`${verdict}: `)
    expect(line).toContain(`${(sumP99Ms / 2).toFixed(1)}x the relay's`)
  })

  it('are held against no target where the bench was late', () => {
    const rows = summariseTurns([round({ subject: 'relay' }), round({ benchDelayMs: 9 })])
    expect(reportTurns(rows, [])).not.toMatch(/met|MISSED/)
  })
})

interface Found {
  readonly subject?: Round['subject']
  readonly sumP99Ms?: number
  readonly turns?: number
  readonly unanswered?: number
  readonly benchDelayMs?: number
  readonly callsLost?: number
}

function round(found: Found): Round<CascadeFindings> {
  const { subject = 'server', sumP99Ms = 1, turns = 100, unanswered = 0, benchDelayMs = 0.5, callsLost = 0 } = found
  const latency = { count: turns, p50Ms: 1, p99Ms: sumP99Ms, maxMs: sumP99Ms }
  const direction = { latency, sent: 100, lost: 0, misplaced: 0 }
  return {
    subject,
    calls: 50,
    findings: {
      hops: [latency, latency, latency],
      sum: latency,
      unanswered,
      thinkerConnections: 5,
      frames: { toEngine: direction, toCaller: direction, clear: latency },
    },
    process: { cpuSeconds: 1, rssBytes: 1, loopDelayP50Ms: 0, loopDelayP99Ms: 1, loopDelayMaxMs: 2 },
    cpuSecondsPerCallMinute: 0.1,
    kibPerCall: 100,
    bench: { lateness: latency, loopDelayP99Ms: benchDelayMs, cpuShare: 0.2, callsLost },
  }
}
