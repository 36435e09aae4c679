import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMulaw, encodeMulaw, rmsOf } from '../../src/audio/mulaw.ts'

const EVERY_CODE = Uint8Array.from({ length: 256 }, (_, code) => code)

describe('mu-law', () => {
  it("gives the samples of G.711's table", () => {
    expect([...decodeMulaw(Uint8Array.of(0x00, 0x01, 0x7f, 0x80, 0xff, 0x8f, 0xf0))]).toEqual([
      -32_124, -31_100, 0, 32_124, 0, 16_764, 120,
    ])
  })

  it('gives back every code it was given, negative zero as zero', () => {
    const again = encodeMulaw(decodeMulaw(EVERY_CODE))
    expect([...again]).toEqual([...EVERY_CODE].map((code) => (code === 0x7f ? 0xff : code)))
  })

  it('keeps every sample within half a step of its segment', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_768, max: 32_767 }), (sample) => {
        const [again] = decodeMulaw(encodeMulaw(Int16Array.of(sample)))
        // The steps double from 8 up to 1024, as loudness does.
        const step = Math.max(8, 2 ** (Math.floor(Math.log2(Math.abs(sample) + 132)) - 4))
        expect(Math.abs(again! - sample)).toBeLessThanOrEqual(Math.abs(sample) > 32_124 ? 644 : step / 2)
      }),
    )
  })

  it('measures loudness as a share of full scale', () => {
    expect(rmsOf(Buffer.alloc(160, 0xff))).toBe(0)
    expect(rmsOf(Buffer.alloc(0))).toBe(0)
    expect(rmsOf(Buffer.alloc(160, 0x80))).toBeCloseTo(32_124 / 32_768, 6)
    expect(rmsOf(encodeMulaw(sine({ hz: 400, amplitude: 16_000 })))).toBeCloseTo(16_000 / 32_768 / Math.SQRT2, 2)
  })
})

function sine({ hz, amplitude }: { hz: number; amplitude: number }): Int16Array {
  return Int16Array.from({ length: 8_000 }, (_, at) => amplitude * Math.sin((2 * Math.PI * hz * at) / 8_000))
}
