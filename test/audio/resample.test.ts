import { describe, expect, it } from 'vitest'
import { resample } from '../../src/audio/resample.ts'

describe('resample', () => {
  it.each([
    [24_000, 8_000],
    [22_050, 8_000],
    [16_000, 8_000],
    [8_000, 24_000],
  ])('keeps a voice as it is from %i to %i Hz', (fromHz, toHz) => {
    const resampled = resample(tone(1_000, fromHz), fromHz, toHz)
    expect(resampled.length).toBe(toHz)
    expect(differenceDb(resampled, tone(1_000, toHz))).toBeLessThan(-40)
  })

  it('removes what the lower rate cannot hold instead of folding it into the voice', () => {
    expect(loudnessDb(resample(tone(5_500, 24_000), 24_000, 8_000))).toBeLessThan(-60)
  })

  it('clips instead of wrapping around', () => {
    const square = Int16Array.from({ length: 24_000 }, (_, at) => (at % 60 < 30 ? 32_767 : -32_768))
    expect(Math.max(...resample(square, 24_000, 8_000))).toBe(32_767)
  })

  it('gives back audio of the same rate', () => {
    const samples = tone(1_000, 8_000)
    expect(resample(samples, 8_000, 8_000)).toBe(samples)
  })
})

/** One second at half of full scale. */
function tone(hz: number, sampleRate: number): Int16Array {
  return Int16Array.from({ length: sampleRate }, (_, at) => 16_384 * Math.sin((2 * Math.PI * hz * at) / sampleRate))
}

/** Without the edges, where the filter has nothing to see on one side. */
function loudnessDb(samples: Int16Array): number {
  const middle = samples.subarray(200, -200)
  const energy = middle.reduce((sum, sample) => sum + sample * sample, 0)
  return 20 * Math.log10(Math.sqrt(energy / middle.length) / 32_768 + 1e-9)
}

function differenceDb(one: Int16Array, other: Int16Array): number {
  return loudnessDb(one.map((sample, at) => sample - other[at]!))
}
