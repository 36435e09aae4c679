import { expect, it } from 'vitest'
import { packed, unpacked } from '../../../src/pipeline/text-model/packed-weights.ts'

it('gives weights back to the tenth, and cuts what is beyond its range', () => {
  expect(unpacked(packed([0, 0.26, -0.31, 4, -4.94]))).toEqual([0, 0.3, -0.3, 4, -4.9])
  expect(unpacked(packed([99, -99]))).toEqual([4.1, -5])
})

it('writes one sign for each weight, in JSON too', () => {
  const tenths = Array.from({ length: 92 }, (_, at) => at / 10 - 5)
  expect(new Set(packed(tenths)).size).toBe(92)
  expect(JSON.stringify(packed(tenths))).toHaveLength(92 + 2)
})
