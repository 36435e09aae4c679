import { describe, expect, it } from 'vitest'
import { AREA_CODES_BY_ZONES, STATES_BY_ZONES } from '../../src/lib/us-area-codes.ts'
import { zonesOfNumber, zonesOfState } from '../../src/lib/us-time-zones.ts'

describe('the time zones of a number', () => {
  it.each([
    ['+16175550123', ['America/New_York']],
    ['+12145550123', ['America/Chicago']],
    // El Paso keeps Denver's time.
    ['+19155550123', ['America/Denver']],
    ['+16025550123', ['America/Phoenix']],
    ['+19285550123', ['America/Phoenix', 'America/Denver']],
    ['+18505550123', ['America/Chicago', 'America/New_York']],
    ['+18085550123', ['Pacific/Honolulu']],
    ['+19075550123', ['America/Anchorage', 'America/Adak']],
    ['+17875550123', ['America/Puerto_Rico']],
    ['+17095550123', ['America/St_Johns', 'America/Halifax']],
  ])('%s: %j', (number, zones) => {
    expect(zonesOfNumber(number)).toEqual(zones)
  })

  it.each(['+18005550123', '+19005550123', '+18765550123', '+442079460958', '6175550123', '+1617555012', ''])(
    'are unknown for %j',
    (number) => {
      expect(zonesOfNumber(number)).toEqual([])
    },
  )
})

describe('the time zones of a state', () => {
  it.each([
    ['MA', ['America/New_York']],
    ['tx', ['America/Chicago', 'America/Denver']],
    ['TN', ['America/Chicago', 'America/New_York']],
    ['PR', ['America/Puerto_Rico']],
    ['XX', []],
  ])('%s: %j', (state, zones) => {
    expect(zonesOfState(state)).toEqual(zones)
  })

  it('are known for all 50, the district and five territories', () => {
    const states = Object.values(STATES_BY_ZONES).flatMap((names) => names.split(' '))
    expect([states.length, new Set(states).size]).toEqual([56, 56])
  })
})

describe('the area codes', () => {
  const codes = Object.values(AREA_CODES_BY_ZONES).flatMap((list) => list.split(' '))

  it('are written once each, as three digits', () => {
    expect(codes.filter((code, at) => codes.indexOf(code) !== at || !/^[2-9]\d\d$/.test(code))).toEqual([])
  })

  it('name only zones this machine has', () => {
    const zones = Object.keys(AREA_CODES_BY_ZONES).flatMap((list) => list.split(' '))
    for (const zone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow()
  })
})
