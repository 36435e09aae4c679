import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { dayIn, momentIn } from '../../src/tools/wished-time.ts'

/** A Saturday. */
const TODAY = Temporal.PlainDate.from('2026-11-21')
const NOW = Temporal.ZonedDateTime.from('2026-11-21T16:30[America/New_York]')

describe('the day words name', () => {
  it.each([
    ['2026-12-01', '2026-12-01'],
    ['today', '2026-11-21'],
    ['this afternoon', '2026-11-21'],
    ['tomorrow morning', '2026-11-22'],
    ['the day after tomorrow', '2026-11-23'],
    ['Tuesday', '2026-11-24'],
    ['on Saturday', '2026-11-21'],
    ['next Saturday', '2026-11-28'],
    ['sometime next week', '2026-11-23'],
    ['December 1', '2026-12-01'],
    ['the 3rd of January', '2027-01-03'],
    ['2026-02-30', undefined],
    ['February 30', undefined],
    ['whenever', undefined],
    ['maybe later', undefined],
  ])('%s is %s', (words, date) => {
    expect(dayIn(words, TODAY)?.toString()).toBe(date)
  })
})

describe('the moment words name', () => {
  it.each([
    ['tomorrow at 3 PM', '2026-11-22T15:00'],
    ['Monday at 9:30 a.m.', '2026-11-23T09:30'],
    ['2026-12-01T15:00', '2026-12-01T15:00'],
    ['tomorrow', '2026-11-22T09:00'],
    ['tomorrow afternoon', '2026-11-22T14:00'],
    ['at 6 pm', '2026-11-21T18:00'],
    ['at 12 pm', '2026-11-22T12:00'],
    ['in the morning', '2026-11-22T09:00'],
    ['today at 2 pm', '2026-11-21T16:30'],
    ['soon', undefined],
    ['at 25:70', undefined],
  ])('%s is %s', (words, moment) => {
    expect(momentIn(words, NOW)?.toPlainDateTime().toString({ smallestUnit: 'minute' })).toBe(moment)
  })

  it('is the same hour of the clock on a day that has an hour less', () => {
    const before = Temporal.ZonedDateTime.from('2027-03-13T12:00[America/New_York]')
    expect(momentIn('tomorrow at 3 pm', before)?.toInstant().toString()).toBe('2027-03-14T19:00:00Z')
  })
})
