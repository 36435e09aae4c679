import { expect, it } from 'vitest'
import { addToOutbox, cancelInOutbox, createOutbox, type Outbox, type OutboxItem } from '../../src/business/outbox.ts'
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
    await desk.outbox.done(only(claimed, 'first'))
    expect(await desk.claim()).toMatchObject([{ key: 'second' }])
  })

  it('never gives a done row again, nor a postponed one before its time', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('done')
    await desk.add('postponed')
    const claimed = await desk.claim()
    await desk.outbox.done(only(claimed, 'done'))
    await desk.outbox.postpone(only(claimed, 'postponed'), desk.clock.now() + 60_000)
    desk.clock.advance(59_999)
    expect(await desk.claim()).toEqual([])
    desk.clock.advance(1)
    expect(await desk.claim()).toMatchObject([{ key: 'postponed', attempts: 1 }])
    expect(await desk.outbox.pending({ limit: 10 })).toMatchObject([{ key: 'postponed' }])
  })

  it('lets a failed row rest, and the later rows of its call wait for it', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('first', { callId: 'call_1' })
    await desk.add('second', { callId: 'call_1' })
    await desk.fail(only(await desk.claim(), 'first'), 60_000)
    desk.clock.advance(59_999)
    expect(await desk.claim()).toEqual([])
    desk.clock.advance(1)
    expect(await desk.claim()).toMatchObject([{ key: 'first', attempts: 2, lastError: 'the receiver was away' }])
  })

  it('lets the later rows of a call go on when one is given up or cancelled', async () => {
    await using desk = await openDesk(await newPlace())
    for (const key of ['given up', 'cancelled', 'last']) await desk.add(key, { callId: 'call_1' })
    await desk.outbox.giveUp(only(await desk.claim(), 'given up'), 'no such number')
    expect(await desk.cancel(['cancelled', 'not there'])).toEqual(['cancelled'])
    expect(await desk.claim()).toMatchObject([{ key: 'last' }])
    expect(await desk.outbox.find('cancelled')).toMatchObject({ state: 'cancelled' })
  })

  it('shows what was given up, and opens it again with all its tries', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('a')
    const claimed = only(await desk.claim(), 'a')
    await desk.outbox.giveUp(claimed, 'no such number')
    expect(await desk.claim()).toEqual([])
    const letter = { key: 'a', lastError: 'no such number', diedAt: desk.clock.now() }
    expect(await desk.outbox.deadLetters({ limit: 10 })).toMatchObject([letter])
    expect(await desk.outbox.retryDead(claimed.id)).toBe(true)
    expect(await desk.outbox.retryDead(claimed.id)).toBe(false)
    expect(await desk.outbox.deadLetters({ limit: 10 })).toEqual([])
    expect(await desk.claim()).toMatchObject([{ key: 'a', attempts: 1 }])
  })

  it('hears nothing of a worker whose lease is over but that the effect has happened', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('a')
    const stale = only(await desk.claim(), 'a')
    desk.clock.advance(LEASE_MS)
    const current = only(await desk.claim(), 'a')
    await desk.outbox.postpone(stale, desk.clock.now())
    await desk.fail(stale, 0)
    await desk.outbox.giveUp(stale, 'too late')
    expect(await desk.claim()).toEqual([])
    // The current one gives its try back: now the row counts as many tries as the stale claim did.
    await desk.outbox.postpone(current, desk.clock.now() + 1_000)
    await desk.outbox.giveUp(stale, 'too late')
    expect(await desk.outbox.find('a')).toMatchObject({ state: 'open' })
    await desk.outbox.done(stale)
    expect(await desk.outbox.find('a')).toMatchObject({ state: 'done' })
  })

  it('does not try a row again that was cancelled while it was carried out, and knows when that was too late', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('fails')
    await desk.add('succeeds')
    const claimed = await desk.claim()
    await desk.cancel(['fails', 'succeeds'])
    await desk.fail(only(claimed, 'fails'), 0)
    await desk.outbox.done(only(claimed, 'succeeds'))
    expect(await desk.outbox.find('fails')).toMatchObject({ state: 'cancelled' })
    expect(await desk.outbox.find('succeeds')).toMatchObject({ state: 'done' })
    expect(await desk.claim()).toEqual([])
  })

  it('keeps a cancelled row open when the transaction that cancelled it fails', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('a')
    const failing = desk.database.transaction().execute(async (transaction) => {
      await cancelInOutbox(transaction, ['a'], desk.clock.now())
      throw new Error('the opt-out could not be saved')
    })
    await expect(failing).rejects.toThrow()
    expect(await desk.claim()).toMatchObject([{ key: 'a' }])
  })

  it('claims only the topics and rows it is asked for', async () => {
    await using desk = await openDesk(await newPlace())
    for (const key of ['a', 'b', 'c']) await desk.add(key, { topic: key === 'a' ? 'other' : 'test' })
    const [b, c] = await desk.outbox.takeable({ limit: 10, topics: ['test'] })
    expect([b?.key, c?.key]).toEqual(['b', 'c'])
    expect(await desk.outbox.claim({ limit: 10, leaseMs: LEASE_MS, ids: [c?.id ?? 0] })).toMatchObject([{ key: 'c' }])
    expect(await desk.outbox.claim({ limit: 10, leaseMs: LEASE_MS, topics: ['other'] })).toMatchObject([{ key: 'a' }])
  })

  // One such row once failed every claim, and with it everything the house had promised.
  it('gives a row whose payload is no JSON without one, and the others as they are', async () => {
    await using desk = await openDesk(await newPlace())
    await desk.add('before', { payload: { n: 1 } })
    await desk.add('broken')
    await desk.add('after', { payload: { n: 2 } })
    await desk.database.updateTable('outbox').set({ payload: '{"n":' }).where('key', '=', 'broken').execute()
    const rows = [
      { key: 'before', payload: { n: 1 } },
      { key: 'broken', payload: undefined },
      { key: 'after', payload: { n: 2 } },
    ]
    expect(await desk.outbox.takeable({ limit: 10 })).toMatchObject(rows)
    expect(await desk.outbox.pending({ limit: 10 })).toMatchObject(rows)
    const claimed = await desk.claim()
    expect(claimed).toMatchObject(rows)
    await desk.outbox.giveUp(only(claimed, 'broken'), 'no JSON')
    expect(await desk.outbox.deadLetters({ limit: 10 })).toMatchObject([{ key: 'broken', lastError: 'no JSON' }])
  })

  it('tells how long the oldest row has been due, failures or not', async () => {
    await using desk = await openDesk(await newPlace())
    expect(await desk.outbox.oldestDueMs()).toBe(0)
    await desk.add('a')
    await desk.add('tomorrow', { notBefore: desk.clock.now() + 86_400_000 })
    const claimed = only(await desk.claim(), 'a')
    desk.clock.advance(1_000)
    await desk.fail(claimed, 600_000)
    desk.clock.advance(4_000)
    expect(await desk.outbox.oldestDueMs()).toBe(5_000)
  })
})

/** The one of the key that must be among them. */
function only(items: readonly OutboxItem[], key: string): OutboxItem {
  const [found, ...others] = items.filter((item) => item.key === key)
  if (!found || others.length > 0) throw new Error(`expected one ${key} among ${items.map((item) => item.key)}`)
  return found
}

interface Desk extends AsyncDisposable {
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: FakeClock
  add(key: string, more?: Partial<Parameters<typeof addToOutbox>[1]>): Promise<void>
  cancel(keys: string[]): Promise<string[]>
  fail(item: OutboxItem, restMs: number): Promise<void>
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
    cancel: (keys) => database.transaction().execute((transaction) => cancelInOutbox(transaction, keys, clock.now())),
    fail: (item, restMs) => outbox.fail(item, { error: 'the receiver was away', retryAt: clock.now() + restMs }),
    claim: (limit = 10) => outbox.claim({ limit, leaseMs: LEASE_MS }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
