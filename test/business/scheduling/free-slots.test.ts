import { describe, expect, it } from 'vitest'
import { freeSlots, type SlotRules } from '../../../src/business/scheduling/free-slots.ts'
import { dayHours } from '../../../src/config/values.ts'

const NINE_TO_NOON = dayHours().parse('09:00-12:00')
const NIGHT = dayHours().parse('00:00-04:00')
const RULES: SlotRules = { lengthMinutes: 30, gridMinutes: 30, bufferMinutes: 0, noticeMinutes: 0, daysAhead: 0 }

describe('free times', () => {
  it('lie on the grid within the hours, and end before these do', () => {
    expect(timesOn('2026-12-01', { rules: { lengthMinutes: 45 } })).toEqual([
      '09:00',
      '09:30',
      '10:00',
      '10:30',
      '11:00',
    ])
  })

  it('keep to the grid of the clock when the hours begin beside it', () => {
    const hours = dayHours().parse('09:15-11:00')
    expect(timesOn('2026-12-01', { hours })).toEqual(['09:30', '10:00', '10:30'])
  })

  it('leave the buffer free before and after what is busy', () => {
    const busy = [spanOf('2026-12-01T10:30-05:00', 30)]
    expect(timesOn('2026-12-01', { busy })).toEqual(['09:00', '09:30', '10:00', '11:00', '11:30'])
    expect(timesOn('2026-12-01', { busy, rules: { bufferMinutes: 15 } })).toEqual(['09:00', '09:30', '11:30'])
  })

  it('begin after the notice', () => {
    const now = Date.parse('2026-12-01T09:10-05:00')
    expect(timesOn('2026-12-01', { now, rules: { noticeMinutes: 60 } })).toEqual(['10:30', '11:00', '11:30'])
  })

  it('skip holidays and closed days, and reach as many days ahead as allowed', () => {
    const days = { holidays: ['2026-12-02'], sunday: 'closed' as const }
    const found = daysFrom('2026-12-01', { days, rules: { daysAhead: 6 } })
    expect(found).toEqual(['2026-12-01', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-07'])
  })
})

describe('on the day the clock jumps', () => {
  it('forward, 2:00 and 2:30 do not exist and are not offered, and 3:00 follows half an hour after 1:30', () => {
    const slots = slotsOn('2026-03-08', { hours: NIGHT })
    expect(slots.map(localTime)).toEqual(['00:00', '00:30', '01:00', '01:30', '03:00', '03:30'])
    expect(slots[3]?.endsAt).toBe(Date.parse('2026-03-08T03:00-04:00'))
    expect(slots[4]?.startsAt).toBe(Date.parse('2026-03-08T07:00Z'))
  })

  it('back, 1:00 and 1:30 come twice and are not offered', () => {
    const slots = slotsOn('2026-11-01', { hours: NIGHT })
    expect(slots.map(localTime)).toEqual(['00:00', '00:30', '02:00', '02:30', '03:00', '03:30'])
    expect(slots[2]?.startsAt).toBe(Date.parse('2026-11-01T07:00Z'))
  })

  it('nothing happens in Phoenix and Honolulu', () => {
    for (const timeZone of ['America/Phoenix', 'Pacific/Honolulu']) {
      for (const day of ['2026-03-08', '2026-11-01']) {
        expect(slotsOn(day, { hours: NIGHT, timeZone })).toHaveLength(8)
      }
    }
  })

  it('office hours keep to the wall clock on both sides of it', () => {
    for (const [day, utc] of [
      ['2026-03-07', '14:00'],
      ['2026-03-08', '13:00'],
      ['2026-10-31', '13:00'],
      ['2026-11-01', '14:00'],
    ]) {
      expect(slotsOn(day ?? '')[0]?.startsAt).toBe(Date.parse(`${day}T${utc}Z`))
    }
  })
})

interface Search {
  readonly hours?: ReturnType<typeof dayHours>['_output']
  readonly days?: object
  readonly busy?: { startsAt: number; endsAt: number }[]
  readonly rules?: Partial<SlotRules>
  readonly timeZone?: string
  readonly now?: number
}

function slotsOn(day: string, { hours = NINE_TO_NOON, days, busy = [], rules, timeZone, now }: Search = {}) {
  const zone = timeZone ?? 'America/New_York'
  const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
  const week = Object.fromEntries(names.map((name) => [name, hours])) as Record<string, typeof hours>
  const workingTime = { timeZone: zone, hours: { holidays: [], ...week, ...days } } as never
  return [...freeSlots({ rules: { ...RULES, ...rules }, workingTime, busy, now: now ?? midnightOf(day, zone) })]
}

function timesOn(day: string, search: Search): string[] {
  return slotsOn(day, search).map(localTime)
}

function daysFrom(day: string, search: Search): string[] {
  const dates = slotsOn(day, search).map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 10))
  return [...new Set(dates)]
}

function midnightOf(day: string, timeZone: string): number {
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(Date.parse(`${day}T04:30Z`))
    .find(({ type }) => type === 'timeZoneName')
  return Date.parse(`${day}T00:00${offset?.value.slice(3)}`)
}

function localTime({ startsAt }: { startsAt: number }): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' }).format(startsAt)
}

function spanOf(start: string, minutes: number) {
  return { startsAt: Date.parse(start), endsAt: Date.parse(start) + minutes * 60_000 }
}
