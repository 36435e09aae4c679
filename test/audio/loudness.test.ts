import { describe, expect, it } from 'vitest'
import { normaliseLoudness, trimSilence } from '../../src/audio/loudness.ts'

describe('trimSilence', () => {
  it('cuts the silence around speech but for 20 ms on each side', () => {
    const clip = Int16Array.from([...Array(8_000).fill(0), ...Array(4_000).fill(3_000), ...Array(8_000).fill(3)])
    const trimmed = trimSilence(clip, 8_000)
    expect(trimmed.length).toBe(160 + 4_000 + 160)
    expect(trimmed[160]).toBe(3_000)
  })

  it('keeps pauses within speech', () => {
    const clip = Int16Array.from([...Array(800).fill(3_000), ...Array(4_000).fill(0), ...Array(800).fill(3_000)])
    expect(trimSilence(clip, 8_000).length).toBe(5_600)
  })

  it('gives nothing for silence', () => {
    expect(trimSilence(new Int16Array(8_000), 8_000).length).toBe(0)
  })
})

describe('normaliseLoudness', () => {
  it('raises a quiet clip to the level', () => {
    expect(rmsDb(normaliseLoudness(square(300), { rmsDb: -20, peakDb: -3 }))).toBeCloseTo(-20, 1)
  })

  it('stops where the peaks would pass their limit', () => {
    const spiky = Int16Array.from({ length: 8_000 }, (_, at) => (at % 800 === 0 ? 10_000 : 100))
    const peak = Math.max(...normaliseLoudness(spiky, { rmsDb: -10, peakDb: -6 }))
    expect(20 * Math.log10(peak / 32_768)).toBeCloseTo(-6, 1)
  })

  it('leaves silence as it is', () => {
    expect([...normaliseLoudness(new Int16Array(3), { rmsDb: -20, peakDb: -3 })]).toEqual([0, 0, 0])
  })
})

function square(amplitude: number): Int16Array {
  return Int16Array.from({ length: 8_000 }, (_, at) => (at % 20 < 10 ? amplitude : -amplitude))
}

function rmsDb(samples: Int16Array): number {
  return 20 * Math.log10(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) / 32_768)
}
