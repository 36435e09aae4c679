import { describe, expect, it } from 'vitest'
import type { Round } from '../../scripts/bench/round.ts'
import { invalidBecause, isBroken, median, summarise } from '../../scripts/bench/summary.ts'
import { judge } from '../../scripts/bench/targets.ts'

describe('the summary', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
  ])('takes the median of %j', (values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('makes one row of the rounds of a subject under a load: medians, and the sum of what was lost', () => {
    const rows = summarise([round({ cpu: 0.1 }), round({ cpu: 0.3, lost: 2 }), round({ subject: 'relay', cpu: 0.2 })])
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ subject: 'server', cpuSecondsPerCallMinute: 0.2, framesLost: 2 })
  })

  it.each([
    ['the bench itself was too late', { latenessMs: 6 }],
    ['the bench itself had too much to do', { benchCpu: 0.95 }],
    ['1 calls ended before their time', { callsLost: 1 }],
    ['nothing came through', { measured: 0 }],
  ])('is not valid when %s', (because, found) => {
    expect(summarise([round(found)]).map(invalidBecause)).toEqual([because])
  })

  it('calls lost frames and calls broken, and a busy machine not', () => {
    const broken = [{ lost: 1 }, { callsLost: 1 }, { measured: 0 }, { latenessMs: 50 }, {}].map((found) =>
      summarise([round(found)]).some(isBroken),
    )
    expect(broken).toEqual([true, true, true, false, false])
  })
})

describe('the targets', () => {
  it('hold the server against the relay under the same load', () => {
    const verdicts = judge(summarise([round({ subject: 'relay', cpu: 0.1 }), round({ cpu: 0.12 })]))
    expect(verdicts[0]).toMatchObject({ found: '1.20x', met: true })
    const missed = judge(summarise([round({ subject: 'relay', cpu: 0.1 }), round({ cpu: 0.13, lost: 1 })]))
    expect(missed.filter(({ met }) => !met).map(({ found }) => found)).toEqual(['1.30x', '1'])
  })

  it('say nothing about a load that was not validly measured', () => {
    expect(judge(summarise([round({ subject: 'relay' }), round({ latenessMs: 50 })]))).toEqual([])
    expect(judge(summarise([round({})]))).toEqual([])
  })
})

interface Found {
  readonly subject?: Round['subject']
  readonly cpu?: number
  readonly lost?: number
  readonly latenessMs?: number
  readonly benchCpu?: number
  readonly callsLost?: number
  readonly measured?: number
}

function round(found: Found): Round {
  const {
    subject = 'server',
    cpu = 0.1,
    lost = 0,
    latenessMs = 1,
    benchCpu = 0.5,
    callsLost = 0,
    measured = 100,
  } = found
  const latency = { count: measured, p50Ms: 1, p99Ms: 2, maxMs: 3 }
  const direction = { latency, sent: 100, misplaced: 0 }
  return {
    subject,
    calls: 250,
    findings: { toEngine: { ...direction, lost }, toCaller: { ...direction, lost: 0 }, clear: latency },
    process: { cpuSeconds: 1, rssBytes: 1, loopDelayP50Ms: 0, loopDelayP99Ms: 1, loopDelayMaxMs: 2 },
    cpuSecondsPerCallMinute: cpu,
    kibPerCall: 100,
    bench: { loopDelayP99Ms: 0, lateness: { ...latency, p99Ms: latenessMs }, cpuShare: benchCpu, callsLost },
  }
}
