import { expect, it } from 'vitest'
import { slotWords, zoneWords } from '../../../src/business/scheduling/slot-words.ts'

const AT_THREE = Date.parse('2026-12-01T20:00Z')

it.each([
  ['en-US', 'America/New_York', 'Tuesday, December 1 at 3 PM Eastern'],
  ['en-US', 'America/Los_Angeles', 'Tuesday, December 1 at 12 PM Pacific'],
  ['en-US', 'America/Phoenix', 'Tuesday, December 1 at 1 PM Mountain Standard'],
  ['en-US', 'America/St_Johns', 'Tuesday, December 1 at 4:30 PM Newfoundland'],
  ['es-US', 'America/Chicago', 'martes, 1 de diciembre, 2 p.m. hora central'],
] as const)('a time is told in %s for %s: %s', (language, timeZone, words) => {
  expect(slotWords(AT_THREE, { timeZone, language })).toBe(words)
})

it('tells minutes where there are some, and both sides of a jump of the clock by the wall', () => {
  const told = (iso: string) => slotWords(Date.parse(iso), { timeZone: 'America/New_York', language: 'en-US' })
  expect(told('2026-12-01T20:30Z')).toBe('Tuesday, December 1 at 3:30 PM Eastern')
  expect(told('2026-03-08T06:30Z')).toBe('Sunday, March 8 at 1:30 AM Eastern')
  expect(told('2026-03-08T07:00Z')).toBe('Sunday, March 8 at 3 AM Eastern')
})

it('a zone is told by its name', () => {
  expect([zoneWords('America/Denver', 'en-US'), zoneWords('America/Denver', 'es-US')]).toEqual([
    'Mountain',
    'hora de las Montañas Rocosas',
  ])
})
