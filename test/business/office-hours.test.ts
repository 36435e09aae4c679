import { describe, expect, it } from 'vitest'
import { isOpen } from '../../src/business/office-hours.ts'
import type { OfficeHours } from '../../src/config/company-schema.ts'

const NINE_TO_FIVE = { opensAtMinute: 9 * 60, closesAtMinute: 17 * 60 }
const ALL_DAY = { opensAtMinute: 0, closesAtMinute: 24 * 60 }

const weekdaysNineToFive: OfficeHours = {
  monday: NINE_TO_FIVE,
  tuesday: NINE_TO_FIVE,
  wednesday: NINE_TO_FIVE,
  thursday: NINE_TO_FIVE,
  friday: NINE_TO_FIVE,
  saturday: 'closed',
  sunday: 'closed',
  holidays: ['2026-11-26'],
}

function sundayFromTo(opensAtHour: number, closesAtHour: number): OfficeHours {
  return {
    ...weekdaysNineToFive,
    sunday: { opensAtMinute: opensAtHour * 60, closesAtMinute: closesAtHour * 60 },
  }
}

describe('office hours', () => {
  it.each([
    ['a minute before opening', '2026-11-20T13:59:59Z', false],
    ['at opening', '2026-11-20T14:00:00Z', true],
    ['in the last second', '2026-11-20T21:59:59Z', true],
    ['at closing', '2026-11-20T22:00:00Z', false],
    ['on a closed day', '2026-11-21T15:00:00Z', false],
    ['on a holiday', '2026-11-26T15:00:00Z', false],
    ['on the day after a holiday', '2026-11-27T15:00:00Z', true],
  ])('%s', (_when, at, open) => {
    expect(isOpen(weekdaysNineToFive, 'America/New_York', Date.parse(at))).toBe(open)
  })

  it('goes by the weekday of the office, not of Greenwich', () => {
    const openOnSunday = { ...weekdaysNineToFive, sunday: ALL_DAY }
    // Monday 04:30 in Greenwich, still Sunday in Honolulu.
    const at = Date.parse('2026-11-23T04:30:00Z')
    expect(isOpen(openOnSunday, 'Pacific/Honolulu', at)).toBe(true)
    expect(isOpen(openOnSunday, 'Europe/London', at)).toBe(false)
  })

  it('goes by the date of the office for holidays', () => {
    const always = { ...weekdaysNineToFive, thursday: ALL_DAY, friday: ALL_DAY }
    // 27 November in Greenwich, still the 26th in New York.
    expect(isOpen(always, 'America/New_York', Date.parse('2026-11-27T02:00:00Z'))).toBe(false)
    expect(isOpen(always, 'Europe/London', Date.parse('2026-11-27T02:00:00Z'))).toBe(true)
  })
})

describe('on the days the clock jumps', () => {
  it('2026-03-08: 01:59 is followed by 03:00, so an hour that does not exist is never open', () => {
    const fromTwoToThree = sundayFromTo(2, 3)
    expect(isOpen(fromTwoToThree, 'America/New_York', Date.parse('2026-03-08T06:59:59Z'))).toBe(false)
    expect(isOpen(fromTwoToThree, 'America/New_York', Date.parse('2026-03-08T07:00:00Z'))).toBe(false)
  })

  it('2026-03-08: opens at nine by the new time', () => {
    const fromNine = sundayFromTo(9, 17)
    expect(isOpen(fromNine, 'America/New_York', Date.parse('2026-03-08T12:59:59Z'))).toBe(false)
    expect(isOpen(fromNine, 'America/New_York', Date.parse('2026-03-08T13:00:00Z'))).toBe(true)
  })

  it('2026-11-01: 01:30 comes twice and is open twice', () => {
    const fromOneToTwo = sundayFromTo(1, 2)
    expect(isOpen(fromOneToTwo, 'America/New_York', Date.parse('2026-11-01T05:30:00Z'))).toBe(true)
    expect(isOpen(fromOneToTwo, 'America/New_York', Date.parse('2026-11-01T06:30:00Z'))).toBe(true)
    expect(isOpen(fromOneToTwo, 'America/New_York', Date.parse('2026-11-01T07:00:00Z'))).toBe(false)
  })

  it('does not jump in Phoenix', () => {
    const fromNine = sundayFromTo(9, 17)
    expect(isOpen(fromNine, 'America/Phoenix', Date.parse('2026-03-08T16:00:00Z'))).toBe(true)
    expect(isOpen(fromNine, 'America/Phoenix', Date.parse('2026-03-08T15:59:59Z'))).toBe(false)
  })
})
