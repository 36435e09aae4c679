import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addConsentEvent } from '../../../src/business/consent/consents.ts'
import { optOut } from '../../../src/business/consent/opt-outs.ts'
import type { OutboundRequest } from '../../../src/business/outbound/gate.ts'
import { createOutbound, type Outbound } from '../../../src/business/outbound/outbound.ts'
import {
  findOutboundCall,
  listOutboundCalls,
  type OutboundCall,
} from '../../../src/business/outbound/outbound-calls.ts'
import { createOutbox } from '../../../src/business/outbox.ts'
import { throwSwitch } from '../../../src/business/switches.ts'
import { outboundSchema } from '../../../src/config/outbound-schema.ts'
import { HearthlineError } from '../../../src/lib/errors.ts'
import { type Database, openDatabase } from '../../../src/storage/database.ts'
import { silentLog } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

const BOSTON = '+16175550123'
const OTHER = '+16175550124'
const OURS = '+16175550100'
const SELLER = 'Hearthline Home Loans'
/** A Wednesday in Boston. */
const NOON = Date.parse('2026-11-18T12:00-05:00')
const HOUR_MS = 3_600_000

/** A carrier that keeps what it was asked for, and may lose its answer after it. */
class FakeCarrier {
  readonly placed: { to: string; sid: string; at: number }[] = []
  readonly clock: FakeClock
  next: 'ok' | 'answer lost' | 'request lost' | 'busy' | 'refused' = 'ok'
  status = 'in-progress'

  constructor(clock: FakeClock) {
    this.clock = clock
  }

  async place({ to }: { to: string }) {
    const outcome = this.next
    this.next = 'ok'
    if (outcome === 'busy') throw new HearthlineError('carrier.busy', 'too many', { retryable: true })
    if (outcome === 'refused') throw new HearthlineError('carrier.refused', 'no such number')
    if (outcome === 'request lost') throw new HearthlineError('carrier.unreachable', 'lost', { retryable: true })
    const sid = `CA${this.placed.length + 1}`
    this.placed.push({ to, sid, at: this.clock.now() })
    if (outcome === 'answer lost') throw new HearthlineError('carrier.unreachable', 'lost', { retryable: true })
    return { carrierSid: sid }
  }

  async find({ to, since }: { to: string; since: number }) {
    const call = this.placed.findLast((one) => one.to === to && one.at >= since)
    return call && { carrierSid: call.sid }
  }

  async statusOf() {
    return this.status
  }
}

let database: Database
let clock: FakeClock
let carrier: FakeCarrier
let outbound: Outbound
let redisReachable: boolean

beforeEach(async () => {
  clock = new FakeClock(NOON)
  carrier = new FakeCarrier(clock)
  redisReachable = true
  database = await openDatabase({ file: ':memory:', log: silentLog })
  outbound = createOutbound({
    database,
    carrier,
    terms: {
      settings: outboundSchema.parse({ callsPerSecond: 1, maxConcurrent: 2 }),
      callerId: OURS,
      seller: SELLER,
      longestCallMs: HOUR_MS,
    },
    canShare: async () => redisReachable,
    clock,
    log: silentLog,
  })
})
afterEach(() => database.destroy())

describe('a call that is wanted', () => {
  it('is written together with what places it, and placed once', async () => {
    const call = await wanted()
    const [row] = await createOutbox(database, { clock }).pending({ limit: 5 })
    expect(row).toMatchObject({ topic: 'outbound.place', payload: { outboundId: call.id } })
    expect(await outbound.place(call.id)).toBe('done')
    expect(await outbound.place(call.id)).toBe('done')
    expect(carrier.placed).toEqual([{ to: BOSTON, sid: 'CA1', at: NOON }])
    expect(await stateOf(call)).toMatchObject({ state: 'placed', carrierSid: 'CA1', attempts: 1 })
  })

  it('is one call, however often it is asked for under its key', async () => {
    const call = await wanted()
    expect((await wanted()).id).toBe(call.id)
    expect(await listOutboundCalls(database, { limit: 5 })).toHaveLength(1)
  })

  it('is refused without consent, with the reason and nothing to place it', async () => {
    const answer = await ask({ number: OTHER }, { consent: false })
    expect(answer).toMatchObject({ accepted: false, refused: { step: 5, reason: 'no consent' } })
    expect(await stateOf(answer.call)).toMatchObject({ state: 'refused', refusal: 'no consent' })
    expect(await createOutbox(database, { clock }).pending({ limit: 5 })).toEqual([])
  })

  it('is allowed by the caller who asks for a call back, with the call as evidence', async () => {
    const request = { key: 'back', number: BOSTON, subject: 'a question', language: 'en-US' }
    const answer = await database
      .transaction()
      .execute((transaction) => outbound.requestCallBack(transaction, request, { callId: 'call_1' }))
    expect(answer).toMatchObject({ accepted: true, call: { kind: 'call back', purpose: 'informational' } })
    const evidence = await database.selectFrom('consent_events').selectAll().execute()
    expect(evidence).toEqual([expect.objectContaining({ number: BOSTON, call_id: 'call_1', scope: 'informational' })])
  })
})

describe('dialling', () => {
  it('[I7] does not call whoever opted out while the call was queued', async () => {
    const call = await wanted()
    const wish = { number: BOSTON, source: 'text', at: NOON } as const
    await database.transaction().execute((transaction) => optOut(transaction, wish))
    expect(await outbound.place(call.id)).toBe('done')
    expect(carrier.placed).toEqual([])
    expect(await stateOf(call)).toMatchObject({ state: 'refused', refusal: 'opted out' })
    expect(await createOutbox(database, { clock }).pending({ limit: 5 })).toEqual([])
  })

  it('waits for the hour in which it may be, and goes then', async () => {
    const call = await wanted()
    clock.advance(8 * HOUR_MS)
    const opens = Date.parse('2026-11-19T09:00-05:00')
    expect(await outbound.place(call.id)).toEqual({ later: opens })
    expect(await stateOf(call)).toMatchObject({ state: 'waiting', refusal: 'outside calling hours', notBefore: opens })
    clock.advance(opens - clock.now())
    expect(await outbound.place(call.id)).toBe('done')
    expect(carrier.placed).toHaveLength(1)
  })

  it('stops with the switch, and goes on with it', async () => {
    const call = await wanted()
    await throwSwitch(database, { name: 'outbound', on: false, at: NOON })
    expect(await outbound.place(call.id)).toEqual({ later: NOON + 60_000 })
    expect(carrier.placed).toEqual([])
    await throwSwitch(database, { name: 'outbound', on: true, at: NOON })
    await outbound.place(call.id)
    expect(carrier.placed).toHaveLength(1)
  })

  it('[F11] waits while redis is gone', async () => {
    const call = await wanted()
    redisReachable = false
    expect(await outbound.place(call.id)).toEqual({ later: NOON + 5_000 })
    expect(carrier.placed).toEqual([])
  })

  it('keeps the pace and the number of lines, also when many are dialled at once', async () => {
    const calls = [await wanted(), await wanted({ number: OTHER }), await wanted({ number: '+16175550125' })]
    const first = await Promise.all(calls.map(({ id }) => outbound.place(id)))
    expect(first.filter((end) => end === 'done')).toHaveLength(1)
    clock.advance(1_000)
    await Promise.all(calls.map(({ id }) => outbound.place(id)))
    expect(carrier.placed).toHaveLength(2)
    clock.advance(1_000)
    const last = await Promise.all(calls.map(({ id }) => outbound.place(id)))
    expect(last).toContainEqual({ later: clock.now() + 5_000 })
    expect(carrier.placed).toHaveLength(2)
    await outbound.report(calls[0]!.id, { carrierSid: 'CA1', status: 'completed' })
    await Promise.all(calls.map(({ id }) => outbound.place(id)))
    expect(carrier.placed).toHaveLength(3)
  })

  it('[I2] looks a call up whose answer was lost, and places one that never arrived', async () => {
    const call = await wanted()
    carrier.next = 'answer lost'
    await expect(outbound.place(call.id)).rejects.toMatchObject({ code: 'carrier.unreachable', retryable: true })
    expect(await outbound.place(call.id)).toBe('done')
    expect(carrier.placed).toHaveLength(1)
    expect(await stateOf(call)).toMatchObject({ state: 'placed', carrierSid: 'CA1' })

    const other = await wanted({ number: OTHER })
    clock.advance(1_000)
    carrier.next = 'request lost'
    await expect(outbound.place(other.id)).rejects.toMatchObject({ code: 'carrier.unreachable' })
    clock.advance(1_000)
    expect(await outbound.place(other.id)).toBe('done')
    expect(carrier.placed.map(({ to }) => to)).toEqual([BOSTON, OTHER])
  })

  it('[I2] places a call once that two workers have at the same time', async () => {
    const call = await wanted()
    const ends = await Promise.all([outbound.place(call.id), outbound.place(call.id)])
    expect(ends).toContainEqual({ later: NOON + 5_000 })
    expect(carrier.placed).toHaveLength(1)
  })

  it('calls nobody again whom the carrier refuses, and comes back when it was busy', async () => {
    const call = await wanted()
    carrier.next = 'busy'
    expect(await outbound.place(call.id)).toEqual({ later: NOON + 5_000 })
    clock.advance(5_000)
    carrier.next = 'refused'
    expect(await outbound.place(call.id)).toBe('done')
    expect(await stateOf(call)).toMatchObject({ state: 'failed', outcome: 'refused by the carrier' })
    expect(await outbound.place(call.id)).toBe('done')
    expect(carrier.placed).toEqual([])
  })
})

describe('the answer', () => {
  it('[F26] is not spoken to when eight has struck meanwhile, and they are called the next day', async () => {
    clock.advance(8 * HOUR_MS - 20_000)
    const call = await placed()
    clock.advance(20_000)
    expect(await outbound.answered(call.id, 'CA1')).toBeUndefined()
    expect(await outbound.answered(call.id, 'CA1')).toBeUndefined()
    expect(await stateOf(call)).toMatchObject({ state: 'refused', outcome: 'abandoned' })
    const again = (await listOutboundCalls(database, { limit: 5 })).filter(({ id }) => id !== call.id)
    expect(again).toEqual([
      expect.objectContaining({ state: 'waiting', notBefore: Date.parse('2026-11-19T09:00-05:00'), attempts: 1 }),
    ])
  })

  it('[I7] is not spoken to by who opted out while it rang, nor called again', async () => {
    const call = await placed()
    const wish = { number: BOSTON, source: 'text', at: NOON } as const
    await database.transaction().execute((transaction) => optOut(transaction, wish))
    expect(await outbound.answered(call.id, 'CA1')).toBeUndefined()
    expect(await listOutboundCalls(database, { limit: 5 })).toHaveLength(1)
  })

  it('is the same each time its webhook comes, and another call is not let in on it', async () => {
    const call = await placed()
    expect(await outbound.answered(call.id, 'CA1')).toMatchObject({ isRepeat: false })
    expect(await outbound.answered(call.id, 'CA1')).toMatchObject({ isRepeat: true })
    expect(await outbound.answered(call.id, 'CA9')).toBeUndefined()
  })

  it('[F19] knows its call before our request was answered', async () => {
    const call = await wanted()
    carrier.next = 'answer lost'
    await outbound.place(call.id).catch(() => undefined)
    expect(await outbound.answered(call.id, 'CA1')).toMatchObject({ isRepeat: false })
    expect(await outbound.place(call.id)).toBe('done')
    expect(carrier.placed).toHaveLength(1)
  })

  it('[C5] ends all calls and texts when they say so', async () => {
    const call = await placed()
    await outbound.optOut({ outboundId: call.id, callId: 'call_1', source: 'key', evidence: 'They pressed 9.' })
    expect(await ask({ key: 'next' })).toMatchObject({ accepted: false, refused: { reason: 'opted out' } })
  })
})

describe('where a call is', () => {
  it('[I4] only rises, whatever order the carrier tells it in', async () => {
    const call = await placed()
    const report = (status: string) => outbound.report(call.id, { carrierSid: 'CA1', status })
    await report('completed')
    await report('in-progress')
    await report('busy')
    expect(await stateOf(call)).toMatchObject({ state: 'done', outcome: 'completed' })
  })

  it('[F19] is asked for when nobody reports the end', async () => {
    const call = await placed()
    expect(await outbound.settle(call.id)).toEqual({ later: NOON + 300_000 })
    carrier.status = 'no-answer'
    expect(await outbound.settle(call.id)).toBe('done')
    expect(await stateOf(call)).toMatchObject({ state: 'done', outcome: 'no-answer' })
  })
})

async function ask(request: Partial<OutboundRequest> = {}, { consent = true } = {}) {
  const full: OutboundRequest = {
    ...{ key: request.number ?? 'key', number: BOSTON, kind: 'reminder', purpose: 'informational' },
    ...{ subject: 'the appointment', language: 'en-US' },
    ...request,
  }
  return await database.transaction().execute(async (transaction) => {
    const given = { number: full.number, event: 'given', channel: 'call', scope: 'informational' } as const
    const evidence = { written: false, seller: SELLER, source: 'call', at: NOON }
    if (consent) await addConsentEvent(transaction, { ...given, ...evidence })
    return await outbound.request(transaction, full)
  })
}

async function wanted(request: Partial<OutboundRequest> = {}): Promise<OutboundCall> {
  const answer = await ask(request)
  if (!answer.accepted) throw new Error(`refused: ${answer.refused.reason}`)
  return answer.call
}

async function placed(): Promise<OutboundCall> {
  const call = await wanted()
  await outbound.place(call.id)
  return call
}

async function stateOf({ id }: Pick<OutboundCall, 'id'>) {
  return await findOutboundCall(database, id)
}
