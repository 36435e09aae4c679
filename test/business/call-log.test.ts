import { describe, expect, it } from 'vitest'
import { type CallLog, openCallLog } from '../../src/business/call-log.ts'
import { createContacts } from '../../src/business/contacts.ts'
import { createOutbox } from '../../src/business/outbox.ts'
import type { CallRecord, NewCall } from '../../src/call/call-store.ts'
import type { LedgerEntry } from '../../src/call/facts.ts'
import { systemClock } from '../../src/lib/clock.ts'
import type { Database } from '../../src/storage/database.ts'
import { type DatabasePlace, describeOnEachDatabase, newSqlitePlace, silentLog } from '../fakes/databases.ts'
import { holdWriteLock } from '../storage/write-lock.ts'

const call: NewCall = {
  callId: 'call_a1',
  carrierCallId: 'CAa1',
  from: '+16175550123',
  to: '+16175550100',
  startedAt: 1_795_186_800_000.4,
  agent: 'receptionist',
  engine: 'openai',
}

const record: CallRecord = {
  callId: call.callId,
  endedAt: 1_795_186_860_000.6,
  endReason: 'caller hung up',
  talkedMs: 58_000.2,
  turns: 4,
  interruptions: 1,
  deadAirMs: 0,
  costUsd: 0.123456,
  priceVersion: '2026-11-20',
  recordingFile: 'call_a1.wav',
  summary: 'The caller asked for the opening hours.',
}

const rang: LedgerEntry = {
  seq: 1,
  atMs: 0,
  fact: {
    type: 'call.rang',
    from: '+16175550123',
    to: '+16175550100',
    agent: 'receptionist',
    engine: 'openai',
    model: 'gpt-realtime-2.1',
    language: 'en-US',
  },
}

const said = (seq: number, text = `word ${seq}`): LedgerEntry => ({
  seq,
  atMs: seq * 10.4,
  fact: { type: 'caller.said', turnId: `turn_${seq}`, text },
})

describeOnEachDatabase('the call log', (newPlace) => {
  it('keeps what a screened call would have cost, and takes its caller for nobody we know', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    await office.callLog.end({ ...record, endReason: 'screened out', costAvoidedUsd: 0.25 })
    expect((await office.callLog.get('call_a1'))?.outcome).toMatchObject({ costAvoidedUsd: 0.25 })
    expect(await createContacts(office.database).find(call.from)).toBeUndefined()
  })

  it('finds a call by the carrier id with its ledger in order', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    await Promise.all([office.callLog.append('call_a1', [rang, said(2)]), office.callLog.append('call_a1', [said(3)])])
    expect(await office.callLog.find('CAa1')).toEqual({
      ...call,
      startedAt: 1_795_186_800_000,
      endedAt: undefined,
      endReason: undefined,
      entries: [rang, { ...said(2), atMs: 21 }, { ...said(3), atMs: 31 }],
    })
    expect(await office.callLog.find('CAnever')).toBeUndefined()
  })

  it('shows what was appended even while it still waits to be written', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    const appending = office.callLog.append('call_a1', [rang])
    expect((await office.callLog.find('CAa1'))?.entries).toEqual([rang])
    await appending
  })

  it('keeps the first beginning when the carrier announces a call twice (RELIABILITY F18), and says so', async () => {
    // A process was killed between a ring and its answer. The one after it rang the call anew under an id of its own;
    // the conflict was passed over in silence, and then every ledger entry failed on its foreign key: no record at all.
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    await office.callLog.begin(call)
    const again = office.callLog.begin({ ...call, callId: 'call_b2', agent: 'other' })
    await expect(again).rejects.toMatchObject({ code: 'carrier_call_taken', retryable: false })
    expect(await office.callLog.find('CAa1')).toMatchObject({ callId: 'call_a1', agent: 'receptionist' })
  })

  it('takes the same entry twice and keeps the first', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    await office.callLog.append('call_a1', [said(1, 'first')])
    await office.callLog.append('call_a1', [said(1, 'again'), said(2)])
    const entries = (await office.callLog.find('CAa1'))?.entries
    expect(entries?.map(({ fact }) => 'text' in fact && fact.text)).toEqual(['first', 'word 2'])
  })

  it('saves the end with its contact and its outbox row, once, however often it is told', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    await Promise.all([office.callLog.end(record), office.callLog.end({ ...record, endReason: 'too long' })])
    await office.callLog.end({ ...record, endReason: 'line lost' })
    const { callId, ...outcome } = record
    const ended = await office.callLog.get(callId)
    expect(ended?.outcome).toEqual({
      ...outcome,
      endReason: expect.stringMatching(/caller hung up|too long/),
      endedAt: 1_795_186_860_001,
      talkedMs: 58_000,
    })
    expect(await createContacts(office.database).find(call.from)).toMatchObject({ calls: 1 })
    const outbox = await createOutbox(office.database, { clock: systemClock }).pending({ limit: 10 })
    expect(outbox).toMatchObject([{ topic: 'call.ended', key: 'call.ended:call_a1', callId: 'call_a1' }])
  })

  it('puts no words and no number of the caller into the outbox', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    await office.callLog.end(record)
    const [row] = await office.database.selectFrom('outbox').selectAll().execute()
    expect(JSON.stringify(row)).not.toMatch(/6175550123|opening hours/)
  })

  it('lists the calls that have no end', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    await office.callLog.begin({ ...call, callId: 'call_b2', carrierCallId: 'CAb2', from: undefined })
    await office.callLog.end(record)
    const left = await office.callLog.unfinished()
    expect(left).toMatchObject([{ callId: 'call_b2', from: undefined }])
    expect(left[0]).not.toHaveProperty('entries')
  })

  it('refuses to end a call that was never begun', async () => {
    await using office = await openOffice(await newPlace())
    await expect(office.callLog.end(record)).rejects.toMatchObject({ code: 'call_unknown' })
  })

  it('fails only the call whose entries are wrong', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    const [good, wrong, later] = await Promise.allSettled([
      office.callLog.append('call_a1', [rang]),
      office.callLog.append('call_never_begun', [rang]),
      office.callLog.append('call_a1', [said(2)]),
    ])
    expect([good.status, wrong.status, later.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((await office.callLog.find('CAa1'))?.entries).toHaveLength(2)
  })

  it('lists the newest calls first, page by page', async () => {
    await using office = await openOffice(await newPlace())
    for (const n of [1, 2, 3]) {
      await office.callLog.begin({ ...call, callId: `call_${n}`, carrierCallId: `CA${n}`, startedAt: n * 1_000 })
    }
    const firstPage = await office.callLog.recent({ limit: 2 })
    expect(firstPage.map(({ callId }) => callId)).toEqual(['call_3', 'call_2'])
    const nextPage = await office.callLog.recent({ limit: 2, before: 2_000 })
    expect(nextPage).toMatchObject([{ callId: 'call_1', outcome: undefined }])
  })

  it('gets a call by either id or the beginning of one, and says when several begin so', async () => {
    await using office = await openOffice(await newPlace())
    await office.callLog.begin(call)
    await office.callLog.begin({ ...call, callId: 'call_a2', carrierCallId: 'CAb2' })
    for (const id of ['call_a1', 'CAa1', 'CAa'])
      expect(await office.callLog.get(id)).toMatchObject({ callId: 'call_a1' })
    for (const id of ['', 'callXa', '%']) expect(await office.callLog.get(id)).toBeUndefined()
    await expect(office.callLog.get('call_a')).rejects.toMatchObject({ code: 'call_id_ambiguous' })
  })
})

describe('the call log on a locked database', () => {
  it('keeps entries and the end of a call until the lock is gone (RELIABILITY F9)', async () => {
    await using office = await openOffice(newSqlitePlace())
    await office.callLog.begin(call)
    const lock = await holdWriteLock(office.file)
    const appending = office.callLog.append('call_a1', [rang])
    const ending = office.callLog.end(record)
    await expect(office.database.insertInto('readiness').values({ id: 2, checks: 0 }).execute()).rejects.toMatchObject({
      code: 'database_busy',
    })
    await lock[Symbol.asyncDispose]()
    await Promise.all([appending, ending])
    expect(await office.callLog.get('call_a1')).toMatchObject({
      entries: [rang],
      outcome: { endReason: record.endReason },
    })
  })
})

interface Office extends AsyncDisposable {
  readonly database: Database
  readonly callLog: CallLog
  readonly file: string
}

async function openOffice(place: DatabasePlace): Promise<Office> {
  const resources = new AsyncDisposableStack()
  resources.use(place)
  const database = resources.use(await place.open())
  const callLog = resources.use(openCallLog(database, { clock: systemClock, log: silentLog }))
  const file = 'file' in place.location ? place.location.file : ''
  return { database, callLog, file, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
