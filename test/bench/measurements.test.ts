import { describe, expect, it } from 'vitest'
import { Measurements, nowUs } from '../../scripts/bench/measurements.ts'

describe('measurements', () => {
  it('counts what was skipped and what never came as lost', () => {
    const { toEngine } = afterSending(5, [0, 2, 3])
    expect(toEngine).toMatchObject({ sent: 5, lost: 2, misplaced: 0 })
  })

  it('counts what came twice or late as misplaced', () => {
    const { toEngine } = afterSending(3, [0, 2, 2, 1])
    expect(toEngine).toMatchObject({ lost: 1, misplaced: 2 })
  })

  it('keeps the two directions and the calls apart', () => {
    const measurements = new Measurements(2)
    measurements.sent('toEngine', 0)
    measurements.sent('toCaller', 1)
    measurements.arrived('toCaller', { call: 1, sequence: 0, sentUs: nowUs() })
    expect(measurements.findings()).toMatchObject({ toEngine: { lost: 1 }, toCaller: { sent: 1, lost: 0 } })
  })

  it('takes no latency before the round begins', () => {
    const measurements = new Measurements(1)
    for (const isMeasuring of [false, true]) {
      measurements.isMeasuring = isMeasuring
      measurements.arrived('toEngine', { call: 0, sequence: measurements.sent('toEngine', 0), sentUs: nowUs() })
      measurements.interrupted(0)
      measurements.cleared(0)
    }
    expect(measurements.findings()).toMatchObject({ toEngine: { latency: { count: 1 } }, clear: { count: 1 } })
  })

  it('takes a clear that nothing asked for as none', () => {
    const measurements = new Measurements(1)
    measurements.isMeasuring = true
    measurements.cleared(0)
    expect(measurements.findings().clear.count).toBe(0)
  })
})

function afterSending(count: number, arriving: readonly number[]) {
  const measurements = new Measurements(1)
  for (let sequence = 0; sequence < count; sequence++) measurements.sent('toEngine', 0)
  for (const sequence of arriving) measurements.arrived('toEngine', { call: 0, sequence, sentUs: nowUs() })
  return measurements.findings()
}
