import type { Insertable } from 'kysely'
import { expect, it } from 'vitest'
import { countCall } from '../../../src/business/contacts.ts'
import { createOfficers, syncOfficers } from '../../../src/business/officers/officers.ts'
import { createRouting, type OfficerNeed, type RankedOfficer } from '../../../src/business/officers/routing.ts'
import { type OfficersFile, officersFileSchema, type WeeklyHours } from '../../../src/config/officers-schema.ts'
import type { AppointmentsTable } from '../../../src/storage/office-tables.ts'
import { type DatabasePlace, describeOnEachDatabase } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { someOfficer } from './some-officer.ts'

const HOUR_MS = 3600_000
const CALLER = '+14155550123'
/** Friday, 20 November 2026, 12:00 in New York and 9:00 in Los Angeles. */
const NOON = Date.UTC(2026, 10, 20, 17)

const DAY = { opensAtMinute: 9 * 60, closesAtMinute: 17 * 60 }
const WEEK: WeeklyHours = {
  ...{ monday: DAY, tuesday: DAY, wednesday: DAY, thursday: DAY, friday: DAY },
  ...{ saturday: 'closed', sunday: 'closed' },
}
const OFFICE = { timeZone: 'America/New_York', hours: { ...WEEK, holidays: ['2026-11-26'] } }

const ANN = someOfficer('ann')
const BOB = someOfficer('bob')
const LOS_ANGELES = { timeZone: 'America/Los_Angeles' }

const idsOf = (ranked: readonly RankedOfficer[]) => ranked.map(({ officer }) => officer.id)

describeOnEachDatabase('routing', (newPlace) => {
  it('gives the officer the office gave to the caller, and says why', async () => {
    await using office = await openOffice(await newPlace(), { officers: [ANN, BOB] })
    await office.caller({ officer_id: 'bob' })
    const [first] = await office.find({ callerNumber: '(415) 555-0123', state: 'Texas' })
    expect(first).toMatchObject({
      officer: { id: 'bob' },
      because: ['licensed in TX', 'speaks English', 'knows the caller', '0 of 6 today'],
    })
  })

  it('knows who was last connected or booked with the caller, as long as they are there', async () => {
    await using office = await openOffice(await newPlace(), { officers: [ANN, BOB], strategy: 'sticky' })
    await office.connected('ann', { at: NOON - 50 * HOUR_MS, from: CALLER })
    expect(await office.knower()).toBe('ann')
    await office.booked('bob', { starts_at: NOON + 24 * HOUR_MS, created_at: NOON - 49 * HOUR_MS })
    expect(await office.knower()).toBe('bob')
    await office.connected('ann', { at: NOON - 48 * HOUR_MS, from: CALLER })
    expect(await office.knower()).toBe('ann')
    await office.caller({ officer_id: 'one who has left' })
    expect(await office.knower()).toBe('ann')
  })

  it('does not take a cancelled appointment, or another caller, for an acquaintance', async () => {
    await using office = await openOffice(await newPlace(), { officers: [ANN, BOB] })
    await office.booked('bob', { status: 'cancelled' })
    await office.connected('ann', { at: NOON - 50 * HOUR_MS, from: '+14155550124' })
    expect(await office.knower()).toBeUndefined()
  })

  it('counts what an officer has on their own day: connected callers, and appointments that stand', async () => {
    await using office = await openOffice(await newPlace(), { officers: [someOfficer('ann', LOS_ANGELES), BOB] })
    const midnightInLosAngeles = Date.UTC(2026, 10, 20, 8)
    const lateYesterdayInNewYork = Date.UTC(2026, 10, 20, 4, 59)
    await office.connected('ann', { at: midnightInLosAngeles })
    await office.connected('ann', { at: midnightInLosAngeles - 1 })
    await office.connected('bob', { at: lateYesterdayInNewYork })
    await office.booked('ann', { starts_at: midnightInLosAngeles + 24 * HOUR_MS - 1, status: 'confirming' })
    await office.booked('ann', { starts_at: midnightInLosAngeles + 24 * HOUR_MS })
    for (const status of ['held', 'cancelled', 'lapsed']) await office.booked('ann', { status })
    const ranked = await office.find()
    expect(ranked.map(({ officer, because }) => [officer.id, because.at(-1)])).toEqual([
      ['bob', '0 of 6 today'],
      ['ann', '2 of 6 today'],
    ])
  })

  it('stops at the capacity of a day, but not for a VIP of the file or of the contacts', async () => {
    const full = someOfficer('ann', { dailyCapacity: 1 })
    await using office = await openOffice(await newPlace(), { officers: [full], vip: ['+14155550199'] })
    await office.connected('ann', { at: NOON })
    expect(await office.find({ callerNumber: CALLER })).toEqual([])
    expect(await office.find({ callerNumber: '+14155550199' })).toHaveLength(1)
    await office.caller({ vip: 1 })
    expect(await office.find({ callerNumber: CALLER })).toHaveLength(1)
    expect(await office.find({ at: NOON + 24 * HOUR_MS, purpose: 'appointment' })).toHaveLength(1)
  })

  it('goes by hours for a transfer: their own in their zone, or those of the office, whose holidays are all of theirs', async () => {
    const early = { ...DAY, opensAtMinute: 8 * 60 }
    const officers = [someOfficer('ann', { ...LOS_ANGELES, hours: { ...WEEK, friday: early } }), BOB]
    await using office = await openOffice(await newPlace(), { officers })
    const here = async (at: number) => idsOf(await office.find({ at })).toSorted()
    expect(await here(NOON - 1 * HOUR_MS - 1)).toEqual(['bob'])
    expect(await here(NOON - 1 * HOUR_MS)).toEqual(['ann', 'bob'])
    expect(await here(NOON + 5 * HOUR_MS)).toEqual(['ann'])
    const thanksgiving = NOON + 6 * 24 * HOUR_MS
    expect(await here(thanksgiving)).toEqual([])
    expect(idsOf(await office.find({ at: thanksgiving, purpose: 'appointment' }))).toHaveLength(2)
  })

  it('leaves out who is away, until they are there again at the time it is about', async () => {
    await using office = await openOffice(await newPlace(), { officers: [ANN] })
    await office.officers.setPresence('ann', 'away', NOON + 2 * HOUR_MS)
    expect(await office.find()).toEqual([])
    expect(await office.find({ at: NOON + 2 * HOUR_MS })).toHaveLength(1)
  })

  it('gives nobody for a state where nobody is licensed, and for what is no state', async () => {
    await using office = await openOffice(await newPlace(), { officers: [ANN] })
    expect(await office.find({ state: 'Florida' })).toEqual([])
    expect(await office.find({ state: 'Ontario' })).toEqual([])
  })

  it('goes round fairly when many callers ask in the same moment', async () => {
    const officers = ['a', 'b', 'c'].map((id) => someOfficer(id, { dailyCapacity: 100 }))
    await using office = await openOffice(await newPlace(), { officers, strategy: 'round robin' })
    const found = await Promise.all(Array.from({ length: 30 }, () => office.find()))
    const first = Object.groupBy(found, (ranked) => ranked[0]?.officer.id ?? 'nobody')
    expect(Object.entries(first).map(([id, times]) => [id, times?.length])).toEqual(
      expect.arrayContaining([
        ['a', 10],
        ['b', 10],
        ['c', 10],
      ]),
    )
  })

  it('explains without offering, the others included', async () => {
    const officers = [ANN, someOfficer('zoe', { licences: ['FL'] })]
    await using office = await openOffice(await newPlace(), { officers })
    const { ranked, passedOver, vip } = await office.explain({ state: 'TX' })
    expect([idsOf(ranked), vip]).toEqual([['ann'], false])
    expect(passedOver).toMatchObject([{ officer: { id: 'zoe' }, because: 'not licensed in TX' }])
    expect(await office.officers.find('ann')).toMatchObject({ lastOfferedAt: undefined })
  })
})

async function openOffice(place: DatabasePlace, settings: Partial<OfficersFile>) {
  const database = await place.open()
  const file = { ...officersFileSchema.parse({}), ...settings }
  await syncOfficers(database, file)
  const officers = createOfficers(database, { clock: new FakeClock(NOON) })
  const routing = createRouting(database, { officers, settings: file, office: OFFICE })
  const needOf = (more: Partial<OfficerNeed>): OfficerNeed => ({
    ...{ at: NOON, purpose: 'transfer', language: 'en-US' },
    ...more,
  })
  let rows = 0
  return {
    officers,
    find: (more: Partial<OfficerNeed> = {}) => routing.findOfficers(needOf(more)),
    explain: (more: Partial<OfficerNeed>) => routing.explain(needOf(more)),

    /** Who is said to know the caller. */
    async knower() {
      const { ranked } = await routing.explain(needOf({ callerNumber: CALLER }))
      return ranked.find(({ because }) => because.includes('knows the caller'))?.officer.id
    },

    async caller(known: { officer_id?: string; vip?: number }) {
      await database.transaction().execute((transaction) => countCall(transaction, CALLER, NOON))
      await database.updateTable('contacts').set(known).where('number', '=', CALLER).execute()
    },

    async connected(officer_id: string, { at, from }: { at: number; from?: string }) {
      const id = `row_${rows++}`
      const call = { id, carrier_call_id: id, from_number: from ?? null, to_number: '+16175550199', started_at: at }
      await database
        .insertInto('calls')
        .values({ ...call, agent: 'receptionist', engine: 'openai' })
        .execute()
      const transfer = { id, call_id: id, carrier_call_id: id, reason: 'asked', started_at: at, outcome: 'bridged' }
      await database
        .insertInto('transfers')
        .values({ ...transfer, officer_id, bridged_at: at })
        .execute()
    },

    async booked(officer_id: string, more: Partial<Insertable<AppointmentsTable>>) {
      const id = `row_${rows++}`
      const appointment = {
        ...{ id, idempotency_key: id, event_id: id, officer_id, contact_number: CALLER, language: 'en-US' },
        ...{ starts_at: NOON, ends_at: NOON + HOUR_MS, time_zone: OFFICE.timeZone, status: 'booked' },
        ...{ calendar_state: 'none', created_at: NOON, changed_at: NOON },
      }
      await database
        .insertInto('appointments')
        .values({ ...appointment, ...more })
        .execute()
    },

    async [Symbol.asyncDispose]() {
      await database.destroy()
      await place[Symbol.asyncDispose]()
    },
  }
}
