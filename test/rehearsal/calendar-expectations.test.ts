import { expect, it } from 'vitest'
import { checkEvent } from '../../scripts/rehearsal/calendar-expectations.ts'
import type { KeptEvent } from '../../scripts/rehearsal/evidence.ts'
import { startCalendars } from '../../scripts/rehearsal/rehearsed-calendars.ts'
import { scenarioSchema } from '../../src/simulator/scenario.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const HOUR_MS = 60 * 60_000

function scenarioWith(calendar: object) {
  const officers = [
    { id: 'ann', name: 'Ann', phone: '+16175550150', licences: ['TX'], calendar: 'ann@example.com' },
    { id: 'bob', name: 'Bob', phone: '+16175550151', licences: ['TX'] },
  ]
  const rest = { title: 'A call', talk: ['hang up'], expect: [{ heard: 'hello' }], settings: { officers } }
  return scenarioSchema.parse({ ...rest, ...calendar })
}

it('gives officers with a calendar one at Google, with what the scenario says of it', async () => {
  const clock = new FakeClock(Date.parse('2026-11-20T10:00-05:00'))
  expect(await startCalendars(scenarioWith({}), clock)).toBeUndefined()
  const busy = [{ officer: 'ann', fromHours: 1, untilHours: 3 }]
  await using calendars = await startCalendars(scenarioWith({ calendar: { busy } }), clock)
  expect(calendars?.events()).toEqual([
    {
      ...{ officerId: 'ann', isOurs: false, title: 'Busy', status: 'confirmed' },
      ...{ startsAt: clock.now() + HOUR_MS, endsAt: clock.now() + 3 * HOUR_MS },
    },
  ])
  expect(Object.keys(calendars?.env ?? {})).toEqual(['GOOGLE_CALENDAR_CREDENTIALS', 'GOOGLE_BASE_URL'])
})

it('judges what we wrote into a calendar, and whether it stands over something else', () => {
  const event = (changes: Partial<KeptEvent>): KeptEvent => ({
    ...{ officerId: 'ann', isOurs: true, title: 'Call', status: 'confirmed', startsAt: 10, endsAt: 20 },
    ...changes,
  })
  const verdictsOn = (...events: KeptEvent[]) =>
    checkEvent({ officer: 'ann', status: 'confirmed', times: 1 }, { events }).map(({ ok }) => ok)
  const foreign = event({ isOurs: false, title: 'Dentist' })
  expect(verdictsOn(event({}), event({ ...foreign, startsAt: 20, endsAt: 30 }))).toEqual([true, true])
  expect(verdictsOn(event({ officerId: 'bob' }))).toEqual([false, true])
  expect(verdictsOn(foreign)).toEqual([false, true])
  expect(verdictsOn(event({}), foreign)).toEqual([true, false])
  expect(verdictsOn(event({}), event({ status: 'cancelled' }))).toEqual([true, true])
  expect(verdictsOn(event({}), event({ startsAt: 15, endsAt: 25 }))).toEqual([false, false])
})
