import { describe, expect, it } from 'vitest'
import { lastOpen, nextOpen } from '../../../src/business/scheduling/text-hours.ts'
import { schedulingSchema } from '../../../src/config/scheduling-schema.ts'

const hours = schedulingSchema.parse({}).reminderHours
const EASTERN = ['America/New_York']
const BOTH_COASTS = ['America/New_York', 'America/Los_Angeles']

describe('texts may be sent', () => {
  it.each([
    ['at once within the hours', '2026-12-01T15:00-05:00', EASTERN, '2026-12-01T15:00-05:00'],
    ['in the morning, of a night', '2026-12-01T21:00-05:00', EASTERN, '2026-12-02T09:00-05:00'],
    ['from noon on Sundays', '2026-12-06T09:00-05:00', EASTERN, '2026-12-06T12:00-05:00'],
    ['once the last of the zones is open', '2026-12-01T10:00-05:00', BOTH_COASTS, '2026-12-01T12:00-05:00'],
    ['before the first of the zones closes', '2026-12-01T20:30-05:00', BOTH_COASTS, '2026-12-02T12:00-05:00'],
    ['by the new clock on the day it jumps', '2026-03-08T02:00-05:00', EASTERN, '2026-03-08T12:00-04:00'],
  ])('%s', (_, at, zones, open) => {
    expect(nextOpen(Date.parse(at), { hours, zones })).toBe(Date.parse(open))
  })

  it.each([
    ['at once within the hours', '2026-12-01T15:00-05:00', EASTERN, '2026-12-01T15:00-05:00'],
    ['the evening before', '2026-12-01T08:00-05:00', EASTERN, '2026-11-30T19:30-05:00'],
    ['before the first of the zones closes', '2026-12-02T08:00-05:00', BOTH_COASTS, '2026-12-01T19:30-05:00'],
  ])('last: %s', (_, at, zones, open) => {
    expect(lastOpen(Date.parse(at), { hours, zones })).toBe(Date.parse(open))
  })

  it('never where all days are closed', () => {
    const closed = { hours: { mondayToSaturday: 'closed', sunday: 'closed' } as const, zones: EASTERN }
    expect([nextOpen(0, closed), lastOpen(0, closed)]).toEqual([undefined, undefined])
  })
})
