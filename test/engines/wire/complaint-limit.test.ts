import { expect, it } from 'vitest'
import { ComplaintLimit } from '../../../src/engines/wire/complaint-limit.ts'

it('tells twenty complaints a second and the flood of them once, and gives the provider up at two hundred (F28)', () => {
  // A provider that sent errors as fast as it could filled the ledger with a row for each.
  const limit = new ComplaintLimit()
  const second = Array.from({ length: 201 }, () => limit.count(5_000))
  expect(second.filter((verdict) => verdict === 'tell')).toHaveLength(20)
  expect(second[20]).toBe('tell the flood')
  expect(second.slice(21, 200).every((verdict) => verdict === 'pass over')).toBe(true)
  expect(second[200]).toBe('too many')
  expect(limit.count(5_999)).toBe('too many')
  expect(limit.count(6_000)).toBe('tell')
})
