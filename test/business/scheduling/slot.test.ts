import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSlotId, slotIdOf } from '../../../src/business/scheduling/slot.ts'

const startsAt = Date.parse('2026-12-01T15:00-05:00')
const SLOT = {
  officerId: 'dana-lee',
  startsAt,
  endsAt: startsAt + 45 * 60_000,
  timeZone: 'America/New_York',
  state: 'TX',
}

describe('the id of a slot', () => {
  it('stands for officer, time, zone and state', () => {
    expect(parseSlotId(slotIdOf(SLOT))).toEqual(SLOT)
    expect(parseSlotId(slotIdOf({ ...SLOT, state: undefined }))).toEqual({ ...SLOT, state: undefined })
  })

  it('is refused with any one character changed, cut off or put to it', () => {
    const id = slotIdOf(SLOT)
    fc.assert(
      fc.property(fc.nat(id.length - 1), fc.constantFrom('a', 'Z', '0', '-', '.'), (at, other) => {
        fc.pre(id[at] !== other)
        expect(parseSlotId(id.slice(0, at) + other + id.slice(at + 1))).toBeUndefined()
        expect(parseSlotId(id.slice(0, at))).toBeUndefined()
      }),
    )
    expect(parseSlotId(`${id}a`)).toBeUndefined()
  })

  it.each(['', 's1', 'slot_1', 'tomorrow at 3', 's1..', 's2.abc.def'])('%j is none', (made) => {
    expect(parseSlotId(made)).toBeUndefined()
  })
})
