import { expect, it, vi } from 'vitest'
import { TurnMeter } from '../../scripts/bench/cascade/turn-meter.ts'

it('adds up the three ways of a turn, and none of the time the providers take', () => {
  const meter = createMeter()
  goesThrough(meter, { call: 1, tookMs: [2, 1, 3] })
  goesThrough(meter, { call: 2, tookMs: [4, 1, 5] })
  const { hops, sum, unanswered } = meter.findings()
  expect(hops.map(({ maxMs }) => Math.round(maxMs))).toEqual([4, 1, 5])
  expect([sum.count, Math.round(sum.p50Ms), Math.round(sum.maxMs), unanswered]).toEqual([2, 6, 10, 0])
})

it('counts only the first text and the first frame, and nothing before they were set off', () => {
  const meter = createMeter()
  meter.sent(1, 0)
  // The rest of the answer before this one.
  meter.arrived(1, 2)
  meter.arrived(1, 0)
  meter.arrived(1, 1)
  meter.sent(1, 1)
  meter.arrived(1, 1)
  meter.arrived(1, 1)
  meter.sent(1, 2)
  meter.arrived(1, 2)
  meter.arrived(1, 2)
  expect(meter.findings().hops.map(({ count }) => count)).toEqual([1, 1, 1])
})

it('tells of a turn whose answer had not come when the next began', () => {
  const meter = createMeter()
  meter.sent(1, 0)
  meter.arrived(1, 0)
  meter.sent(1, 0)
  expect(meter.findings()).toMatchObject({ unanswered: 1, sum: { count: 0 } })
})

function createMeter(): TurnMeter {
  const meter = new TurnMeter()
  meter.isMeasuring = true
  return meter
}

function goesThrough(meter: TurnMeter, { call, tookMs }: { call: number; tookMs: readonly number[] }): void {
  let nowMs = 1_000
  using _clock = { [Symbol.dispose]: () => vi.restoreAllMocks() }
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  for (const hop of [0, 1, 2] as const) {
    // The provider thinks.
    nowMs += 500
    meter.sent(call, hop)
    nowMs += tookMs[hop] ?? 0
    meter.arrived(call, hop)
  }
}
