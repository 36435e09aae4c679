import { expect, it } from 'vitest'
import { createOfficers, syncOfficers } from '../../../src/business/officers/officers.ts'
import { type OfficerSettings, officersFileSchema } from '../../../src/config/officers-schema.ts'
import type { Database } from '../../../src/storage/database.ts'
import { type DatabasePlace, describeOnEachDatabase } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { someOfficer } from './some-officer.ts'

describeOnEachDatabase('the officers', (newPlace) => {
  it('are those of the file, and those it no longer names have left but are still known', async () => {
    await using office = await openOffice(await newPlace())
    await office.sync(someOfficer('ann'), someOfficer('bob'))
    await office.sync(someOfficer('bob', { name: 'Robert', licences: ['FL'] }))
    expect(await office.names()).toEqual(['Robert'])
    expect((await office.officers.find('bob'))?.officer).toMatchObject({ licences: ['FL'], nmlsId: undefined })
    expect(await office.officers.find('ann')).toMatchObject({ active: false, officer: { name: 'Officer ann' } })
    await office.sync()
    expect(await office.names()).toEqual([])
  })

  it('keep their presence and their turn when the file is read again', async () => {
    await using office = await openOffice(await newPlace())
    await office.sync(someOfficer('ann'))
    await office.officers.setPresence('ann', 'away')
    await office.officers.offer('ann', undefined)
    await office.sync(someOfficer('ann', { name: 'Anna' }))
    const before = { presence: 'away', awayUntil: undefined, lastOfferedAt: office.clock.now() }
    expect(await office.officers.find('ann')).toMatchObject({ officer: { name: 'Anna' }, ...before })
  })

  it('that the office added stay when the file is read, and only the office can let them go', async () => {
    await using office = await openOffice(await newPlace())
    await office.sync(someOfficer('ann'))
    expect(await office.officers.addByOffice(someOfficer('zoe'))).toBe(true)
    expect(await office.sync(someOfficer('ann'), someOfficer('zoe', { name: 'Zoe of the file' }))).toEqual(['zoe'])
    expect(await office.names()).toEqual(['Officer ann', 'Officer zoe'])
    expect(await office.officers.removeByOffice('ann')).toBe(false)
    expect(await office.officers.addByOffice(someOfficer('ann', { name: 'Another' }))).toBe(false)
    expect(await office.officers.removeByOffice('zoe')).toBe(true)
    expect(await office.names()).toEqual(['Officer ann'])
    expect(await office.sync(someOfficer('zoe', { name: 'Zoe of the file' }))).toEqual([])
    expect(await office.names()).toEqual(['Zoe of the file'])
  })

  it('are away until they say so, or until the time they named', async () => {
    await using office = await openOffice(await newPlace())
    const { officers, clock } = office
    await office.sync(someOfficer('ann'))
    await officers.setPresence('ann', 'away', clock.now() + 60_000)
    clock.advance(59_999)
    expect(await officers.find('ann')).toMatchObject({ presence: 'away', awayUntil: clock.now() + 1 })
    clock.advance(1)
    expect(await officers.find('ann')).toMatchObject({ presence: 'here', awayUntil: undefined })
    await officers.setPresence('ann', 'away')
    clock.advance(365 * 24 * 3600_000)
    expect(await officers.find('ann')).toMatchObject({ presence: 'away' })
    await officers.setPresence('ann', 'here')
    expect(await officers.find('ann')).toMatchObject({ presence: 'here' })
    expect(await officers.setPresence('nobody', 'away')).toBe(false)
  })

  it('are the same when two servers start at once', async () => {
    await using office = await openOffice(await newPlace())
    const all = ['a', 'b', 'c', 'd'].map((id) => someOfficer(id))
    await Promise.all([office.sync(...all), office.sync(...all.toReversed())])
    expect(await office.names()).toHaveLength(4)
  })
})

async function openOffice(place: DatabasePlace) {
  const database: Database = await place.open()
  const clock = new FakeClock()
  const officers = createOfficers(database, { clock })
  return {
    ...{ officers, clock },
    async sync(...settings: OfficerSettings[]) {
      const file = { ...officersFileSchema.parse({}), officers: settings }
      return (await syncOfficers(database, file)).keptByOffice
    },
    names: async () => (await officers.list()).map(({ officer }) => officer.name),
    async [Symbol.asyncDispose]() {
      await database.destroy()
      await place[Symbol.asyncDispose]()
    },
  }
}
