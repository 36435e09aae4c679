import { expect, it } from 'vitest'
import { createCallBacks } from '../../src/business/call-backs.ts'
import { consentEventsOf } from '../../src/business/consent/consents.ts'
import { createOutbound } from '../../src/business/outbound/outbound.ts'
import { listOutboundCalls } from '../../src/business/outbound/outbound-calls.ts'
import { createTasks } from '../../src/business/tasks.ts'
import { outboundSchema } from '../../src/config/outbound-schema.ts'
import type { Database } from '../../src/storage/database.ts'
import { describeOnEachDatabase, silentLog } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { OFFICE, TEN_OCLOCK } from './call-outcome/after-call-desk.ts'

const CALLER = '+16175550123'
const WISH = {
  ...{ callId: 'call_1', idempotencyKey: 'call_1:request_call_back:abc', callerNumber: CALLER },
  ...{ otherNumber: undefined, about: 'my documents', language: 'en-US', at: undefined },
}

/** No call is dialled here: the carrier is asked nothing. */
const CARRIER = { place: never, find: never, statusOf: never }

function never(): never {
  return expect.unreachable('the carrier was asked')
}

function open(database: Database, ours: { readonly callerId?: string } = { callerId: '+16175550100' }) {
  const clock = new FakeClock(TEN_OCLOCK)
  const settings = outboundSchema.parse({})
  const terms = { settings, callerId: ours.callerId, seller: 'Acme', longestCallMs: 3_600_000 }
  const shared = { database, clock, terms, log: silentLog, carrier: CARRIER }
  const outbound = createOutbound({ ...shared, canShare: async () => true })
  return createCallBacks({ database, clock, outbound, office: OFFICE })
}

describeOnEachDatabase('a call back', (newPlace) => {
  it('is placed by us, with their asking as the consent to it, and once however often it is asked for', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const callBacks = open(database)
    const at = TEN_OCLOCK + 2 * 3_600_000
    const promises = [await callBacks.request({ ...WISH, at }), await callBacks.request({ ...WISH, at })]
    expect(promises).toEqual(Array(2).fill({ due: 'Friday, November 20 at 12 PM Eastern', by: 'us' }))
    const tasks = await createTasks(database, { clock: new FakeClock() }).open({ limit: 10 })
    expect(tasks).toMatchObject([{ kind: 'call back', contactNumber: CALLER, callId: 'call_1', dueAt: at }])
    const calls = await listOutboundCalls(database, { limit: 10 })
    expect(calls).toMatchObject([{ number: CALLER, kind: 'call back', taskId: tasks[0]?.id, notBefore: at }])
    expect(await consentEventsOf(database, CALLER)).toMatchObject([{ event: 'given', callId: 'call_1' }])
  })

  it('is for a person where we may not place it', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const withoutNumber = open(database, {})
    expect(await withoutNumber.request(WISH)).toEqual({ due: 'Friday, November 20 at 11 AM Eastern', by: 'a person' })
  })

  it('to another number than theirs is never dialled by us', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const promise = await open(database).request({ ...WISH, otherNumber: '900 555 0100' })
    expect(promise.by).toBe('a person')
    expect(await listOutboundCalls(database, { limit: 10 })).toEqual([])
  })
})
