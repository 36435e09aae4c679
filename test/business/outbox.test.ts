import { expect, it } from 'vitest'
import { addToOutbox, createOutbox, type Outbox } from '../../src/business/outbox.ts'
import type { Database } from '../../src/storage/database.ts'
import { type DatabasePlace, describeOnEachDatabase } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const LEASE_MS = 30_000

describeOnEachDatabase('the outbox', (newPlace) => {
  it('keeps a row only when the transaction it follows from does', async () => {
    await using desk = await openDesk(await newPlace())
    const failing = desk.database.transaction().execute(async (transaction) => {
      await addToOutbox(transaction, { topic: 'call.ended', key: 'lost', payload: {}, at: 0 })
      throw new Error('the state could not be saved')
    })
    await expect(failing).rejects.toThrow()
    expect(await desk.outbox.pending({ limit: 10 })).toEqual([])
  })

  it('keeps the first of two rows with the same key', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('same', { payload: { n: 1 } })
    await desk.add('same', { payload: { n: 2 } })
    expect(await desk.outbox.pending({ limit: 10 })).toMatchObject([{ key: 'same', payload: { n: 1 } }])
  })

  it('gives a row to one worker at a time, and to another when the lease is over', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('a')
    expect(await desk.claim()).toMatchObject([{ key: 'a', attempts: 1 }])
    expect(await desk.claim()).toEqual([])
    desk.clock.advance(LEASE_MS)
    expect(await desk.claim()).toMatchObject([{ key: 'a', attempts: 2 }])
  })

  it('gives each of 50 rows to one of ten workers who ask at the same moment', async () => {
    await using desk = await openDesk(await newPlace())
    for (let n = 0; n < 50; n += 1) await desk.add(`key_${n}`)
    const claims = await Promise.all(Array.from({ length: 10 }, () => desk.claim(10)))
    const keys = claims.flat().map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('keeps the order of a call: the next row waits until the one before is done', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('first', { callId: 'call_1' })
    await desk.add('second', { callId: 'call_1' })
    await desk.add('of another call', { callId: 'call_2' })
    const claimed = await desk.claim()
    expect(claimed.map(({ key }) => key)).toEqual(['first', 'of another call'])
    await desk.outbox.done(claimed[0]?.id ?? 0)
    expect(await desk.claim()).toMatchObject([{ key: 'second' }])
  })

  it('never gives a done row again, nor a postponed one before its time', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('done')
    await desk.add('postponed')
    const [done, postponed] = await desk.claim()
    await desk.outbox.done(done?.id ?? 0)
    await desk.outbox.postpone(postponed?.id ?? 0, desk.clock.now() + 60_000)
    desk.clock.advance(59_999)
    expect(await desk.claim()).toEqual([])
    desk.clock.advance(1)
    expect(await desk.claim()).toMatchObject([{ key: 'postponed' }])
    expect(await desk.outbox.pending({ limit: 10 })).toMatchObject([{ key: 'postponed' }])
  })
})

interface Desk extends AsyncDisposable {
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: FakeClock
  add(key: string, more?: { callId?: string; payload?: Record<string, unknown> }): Promise<void>
  claim(limit?: number): ReturnType<Outbox['claim']>
}

async function openDesk(place: DatabasePlace): Promise<Desk> {
  const resources = new AsyncDisposableStack()
  resources.use(place)
  const database = resources.use(await place.open())
  const clock = new FakeClock()
  const outbox = createOutbox(database, { clock })
  return {
    database,
    outbox,
    clock,
    add: (key, more) =>
      database.transaction().execute(async (transaction) => {
        await addToOutbox(transaction, { topic: 'test', key, payload: {}, at: clock.now(), ...more })
      }),
    claim: (limit = 10) => outbox.claim({ limit, leaseMs: LEASE_MS }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
