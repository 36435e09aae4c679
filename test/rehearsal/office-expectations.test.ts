import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkAppointment, checkOutbound, checkTask } from '../../scripts/rehearsal/office-expectations.ts'
import { RehearsedCallLog } from '../../scripts/rehearsal/rehearsed-call-log.ts'
import { outboundSchema } from '../../src/config/outbound-schema.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import { calledSchema } from '../../src/simulator/scenario-called.ts'
import { openDatabase, whereIs } from '../../src/storage/database.ts'

const CALLER = '+14155550100'
const STRANGER = '+14155550177'
const log = createLog({ level: 'silent' })
let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hearthline-office-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

it('judges what the office has of the caller by the rehearsal’s database', async () => {
  const storage = { databaseUrl: undefined, dataDir }
  await using database = await openDatabase({ ...whereIs(storage), log })
  const nothing = { call_id: null, created_at: 1, done_at: null }
  await database
    .insertInto('officers')
    .values({
      ...{ id: 'maria', name: 'Maria Santos', profile: '{}', source: 'file', active: 1, presence: 'here' },
      ...{ presence_until: null, last_offered_at: null, bookings: 0 },
    })
    .execute()
  const appointment = (id: string, number: string, status: string) => ({
    ...{ id, idempotency_key: id, officer_id: 'maria', contact_number: number, status, call_id: null },
    ...{ contact_name: null, starts_at: 1, ends_at: 2, time_zone: 'America/New_York', language: 'en', subject: null },
    ...{ held_until: null, replaces: null, event_id: id, calendar_state: 'none', created_at: 1, changed_at: 1 },
    ended_because: null,
  })
  await database
    .insertInto('appointments')
    .values([appointment('a1', CALLER, 'booked'), appointment('a2', STRANGER, 'held')])
    .execute()
  await database
    .insertInto('tasks')
    .values({
      ...{ ...nothing, id: 't1', idempotency_key: 't1', kind: 'call back', officer_id: null, contact_number: CALLER },
      ...{ message_id: null, due_at: 1, urgency: 'normal', note: 'asked for Maria', done_because: null },
    })
    .execute()

  await using callLog = await RehearsedCallLog.open({ storage }, { clock: systemClock, log })
  const office = await callLog.ofNumber(CALLER)
  expect(checkAppointment({ status: 'booked', with: 'santos', times: 1 }, office).ok).toBe(true)
  expect(checkAppointment({ status: 'booked', with: 'maria' }, office).ok).toBe(true)
  expect(checkAppointment({ status: 'booked', with: 'James' }, office).ok).toBe(false)
  expect(checkAppointment({ status: 'held', times: 0 }, office).ok).toBe(true)
  expect(checkTask({ kind: 'call back', times: 1 }, office).ok).toBe(true)
  expect(checkTask({ kind: 'read message' }, office).ok).toBe(false)
})

it('has the office ask for a call through the gate, with what the called have allowed', async () => {
  const storage = { databaseUrl: undefined, dataDir }
  await using callLog = await RehearsedCallLog.open({ storage }, { clock: systemClock, log })
  const terms = { settings: outboundSchema.parse({}), callerId: '+16175550199', seller: 'Hearthline', longestCallMs: 1 }
  const office = callLog.office(terms)
  const allowed = calledSchema.parse({ number: CALLER, consent: { scope: 'informational' } })
  expect(await office.ask(allowed)).toMatchObject({ accepted: true })
  expect(await office.ask(calledSchema.parse({ number: STRANGER }))).toMatchObject({ accepted: false })
  const [caller, stranger] = [await callLog.ofNumber(CALLER), await callLog.ofNumber(STRANGER)]
  expect(checkOutbound({ state: 'waiting', times: 1 }, caller).ok).toBe(true)
  expect(checkOutbound({ state: 'refused', times: 0 }, caller).ok).toBe(true)
  expect(checkOutbound({ state: 'refused', refusal: 'no consent', times: 1 }, stranger).ok).toBe(true)
  expect(checkOutbound({ state: 'refused', refusal: 'opted out' }, stranger).ok).toBe(false)
  expect(checkOutbound({ state: 'refused', answeredBy: 'human' }, stranger).ok).toBe(false)
})
