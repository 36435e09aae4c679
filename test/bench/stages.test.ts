import { createHistogram } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { readOptions } from '../../scripts/bench/options.ts'
import { HOSTILE_CHARS, HOSTILE_TEXTS, hostileText } from '../../scripts/bench/stages/hostile-texts.ts'
import { InventedTalk } from '../../scripts/bench/stages/invented-talk.ts'
import { countAbove } from '../../scripts/bench/stages/loop-watch.ts'
import type { StagesFindings, StagesSubject } from '../../scripts/bench/stages/stages-findings.ts'
import type { StagesRound } from '../../scripts/bench/stages/stages-round.ts'
import { isBroken, summariseStages } from '../../scripts/bench/stages/stages-rows.ts'
import { misses, reportStages } from '../../scripts/bench/stages/stages-table.ts'
import { WorkMeter } from '../../scripts/bench/stages/work-meter.ts'
import { createRandom } from '../../src/simulator/seeded-random.ts'

const CALLER = 'an utterance of the caller'

interface Found {
  readonly p99Ms?: number
  readonly stalls?: number
  readonly others?: number
  readonly failures?: number
}

function round(subject: StagesSubject, { p99Ms = 1, stalls = 0, others = 0, failures = 0 }: Found = {}): StagesRound {
  const findings: StagesFindings = {
    work: { [CALLER]: { count: 100, p50Ms: 0.5, p99Ms, maxMs: 9 } },
    slowest: [{ what: 'stage: mood', sort: 'long en', chars: 80, atMs: 0, tookMs: 7.5, collectedMs: 2.25 }],
    loop: { delayP99Ms: 1, longestMs: 12, stalls, collections: { longestMs: 3, stalls: 0, share: 0.01 } },
    cpu: { own: 0.2, others },
    rssBytes: 100 * 2 ** 20,
    start: { loadMs: 300, firstUtteranceMs: 40, longestMs: 60 },
    failures,
  }
  return { subject, calls: 200, seconds: 10, warmUpMs: 1000, findings }
}

describe('the targets of listening', () => {
  it('are met by quick stages on a loop that is never held up', () => {
    const rows = summariseStages([round('bare'), round('stages')])
    expect(misses(rows)).toBe(false)
    expect(reportStages(rows, [])).toContain(`- met: p99 of ${CALLER} at 200 calls: at most 5 ms; found 1.00 ms`)
  })

  it.each([{ p99Ms: 5.1 }, { stalls: 1 }])('are missed with %o', (found) => {
    expect(misses(summariseStages([round('bare'), round('stages', found)]))).toBe(true)
  })

  it.each([{ stalls: 1 }, { others: 0.2 }])('are not judged as missed when the bare play had %o', (noise) => {
    const rows = summariseStages([round('bare', noise), round('stages', { p99Ms: 9, stalls: 3 })])
    expect(misses(rows)).toBe(false)
    expect(reportStages(rows, [])).toContain('- INVALID')
  })

  it('add up the stalls of all rounds', () => {
    const rows = summariseStages([round('stages', { stalls: 2 }), round('stages', { stalls: 3 })])
    expect(rows[0]!.loop.stalls).toBe(5)
  })

  it('say which work was slowest, on what, and what of it was the collector', () => {
    const lines = reportStages(summariseStages([round('stages')]), []).split('\n')
    expect(lines.find((line) => line.includes('long en'))).toMatch(/stage: mood .* 80 .* 7\.50 .* 2\.25/)
  })
})

it('is broken when a stage throws', () => {
  expect(summariseStages([round('stages'), round('stages', { failures: 1 })]).some(isBroken)).toBe(true)
})

it('counts the values of a histogram above a limit', () => {
  const histogram = createHistogram()
  expect(countAbove(histogram, 100)).toBe(0)
  for (let value = 1; value <= 1000; value++) histogram.record(value)
  expect(countAbove(histogram, 2000)).toBe(0)
  for (const value of [5000, 6000, 7000]) histogram.record(value)
  expect(countAbove(histogram, 2000)).toBe(3)
})

it('measures work that throws, and lets the error pass', () => {
  const meter = new WorkMeter()
  const fail = () => {
    throw new Error('a stage failed')
  }
  expect(() => meter.measure('a stage', fail)).toThrow('a stage failed')
  expect(meter.findings().work['a stage']!.count).toBe(1)
})

it('makes up the same talk for the same seed, with nothing left to fill in', () => {
  const said = (seed: number) => {
    const talk = new InventedTalk(createRandom(seed))
    return Array.from({ length: 200 }, () => [talk.caller(), talk.agent()]).flat()
  }
  expect(said(1)).toEqual(said(1))
  expect(said(1)).not.toEqual(said(2))
  expect(said(1).filter(({ text }) => /[#~]/.test(text))).toEqual([])
})

it('has hostile texts of one size, each another', () => {
  const texts = Array.from({ length: HOSTILE_TEXTS }, (_, which) => hostileText(which))
  expect(new Set(texts).size).toBe(HOSTILE_TEXTS)
  expect(texts.every(({ length }) => length === HOSTILE_CHARS)).toBe(true)
})

it('is asked for by --stages, with 200 calls, and by no engine besides', () => {
  expect(readOptions(['--stages'])).toMatchObject({ measured: 'stages', calls: [200] })
  expect(readOptions([])).toMatchObject({ measured: 'openai' })
  expect(() => readOptions(['--stages', '--engine', 'cascade'])).toThrow('leave out --engine')
})
