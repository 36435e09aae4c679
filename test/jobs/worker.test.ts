import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { HearthlineError } from '../../src/lib/errors.ts'
import { newSqlitePlace } from '../fakes/databases.ts'
import { endless, type JobDesk, openJobDesk } from './job-desk.ts'
import { hasRedis, startRedis } from './redis-server.ts'

const away = () => new HearthlineError('carrier_away', 'The carrier did not answer.', { retryable: true })

describe('a worker that takes what it finds', () => itCarriesOut(() => openJobDesk(newSqlitePlace())))

describe.skipIf(!hasRedis)('workers told by BullMQ (left out without redis-server or TEST_REDIS_URL)', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  itCarriesOut(() => openJobDesk(newSqlitePlace(), { redisUrl: redis.url }))
})

/** What a worker promises, however it learns of its rows. */
function itCarriesOut(openDesk: () => Promise<JobDesk>): void {
  it('keeps the order of each call, whatever fails and however many run at once', async () => {
    await using desk = await openDesk()
    const log: string[] = []
    for (const n of [1, 2, 3, 4]) {
      for (const callId of ['a', 'b', 'c']) await desk.add(`${callId}${n}`, { callId })
    }
    await desk.openWorker(async (_payload, { key, attempts }) => {
      if (attempts <= key.charCodeAt(1) % 3) throw away()
      log.push(key)
      return 'done'
    })
    await desk.untilIdle()
    for (const call of ['a', 'b', 'c']) {
      expect(log.filter((key) => key.startsWith(call))).toEqual([1, 2, 3, 4].map((n) => `${call}${n}`))
    }
  })

  it('makes a dead letter of what will not succeed, and carries it out when it is retried', async () => {
    await using desk = await openDesk()
    let isKnown = false
    await desk.add('a')
    await desk.openWorker(async () => {
      if (!isKnown) throw new HearthlineError('number_invalid', 'The carrier knows no such number.')
      return 'done'
    })
    await desk.untilIdle()
    const [letter] = await desk.outbox.deadLetters({ limit: 10 })
    expect(letter).toMatchObject({ key: 'a', attempts: 1, lastError: 'The carrier knows no such number.' })
    isKnown = true
    await desk.outbox.retryDead(letter?.id ?? 0)
    await desk.untilIdle()
    expect(await desk.outbox.find('a')).toMatchObject({ state: 'done' })
  })

  it('carries out nothing that was cancelled before it ran', async () => {
    await using desk = await openDesk()
    const log: string[] = []
    await desk.add('cancelled', { notBefore: desk.clock.now() + 60_000 })
    await desk.add('wanted', { notBefore: desk.clock.now() + 60_000 })
    await desk.openWorker(async (_payload, { key }) => {
      log.push(key)
      return 'done'
    })
    await desk.cancel('cancelled')
    await desk.untilIdle()
    expect(log).toEqual(['wanted'])
  })

  it('waits for the time a job names, and counts that as no try', async () => {
    await using desk = await openDesk()
    const opensAt = desk.clock.now() + 60_000
    const tries: { at: number; attempts: number }[] = []
    await desk.add('a')
    await desk.openWorker(async (_payload, { attempts }) => {
      tries.push({ at: desk.clock.now(), attempts })
      return desk.clock.now() < opensAt ? { later: opensAt } : 'done'
    })
    await desk.untilIdle()
    expect(tries).toMatchObject([{ attempts: 1 }, { attempts: 1 }])
    expect(tries[1]?.at).toBeGreaterThanOrEqual(opensAt)
  })

  it('aborts a try at its deadline, and tries again', async () => {
    await using desk = await openDesk()
    await desk.add('a')
    await desk.openWorker(async (payload, context) => (context.attempts === 1 ? endless(payload, context) : 'done'), {
      deadlineMs: 10_000,
    })
    await desk.untilIdle()
    expect(await desk.outbox.find('a')).toMatchObject({ state: 'done' })
  })

  it('goes on with a row whose worker is gone when the lease is over', async () => {
    await using desk = await openDesk()
    await desk.add('a')
    await desk.outbox.claim({ limit: 1, leaseMs: 60_000 })
    const tries: number[] = []
    await desk.openWorker(async (_payload, { attempts }) => {
      tries.push(attempts)
      return 'done'
    })
    await desk.untilIdle()
    expect(tries).toEqual([2])
  })

  it('gives up without running what took every worker with it', async () => {
    await using desk = await openDesk()
    await desk.add('a')
    for (const _lost of [1, 2]) {
      await desk.outbox.claim({ limit: 1, leaseMs: 1_000 })
      desk.clock.advance(1_000)
    }
    const retry = { tries: 2, firstDelayMs: 1_000, factor: 1, capMs: 1_000, jitter: 0 }
    await desk.openWorker(async () => expect.unreachable('it was to be left alone'), { retry })
    await desk.untilIdle()
    expect(await desk.outbox.deadLetters({ limit: 10 })).toMatchObject([
      { lastError: expect.stringContaining('in the middle of try 2') },
    ])
  })

  it('gives what runs back at once when it stops, without a failure', async () => {
    await using desk = await openDesk()
    let started = false
    await desk.add('a')
    const worker = await desk.openWorker(async (payload, context) => {
      started = true
      return endless(payload, context)
    })
    await desk.until(() => started)
    let stopped = false
    const stopping = worker[Symbol.asyncDispose]().then(() => {
      stopped = true
    })
    await desk.until(() => stopped)
    await stopping
    expect(await desk.outbox.claim({ limit: 1, leaseMs: 1_000 })).toMatchObject([
      { key: 'a', attempts: 1, lastError: undefined },
    ])
  })

  it('runs a row at once for somebody who waits for it, and says how it stands', async () => {
    await using desk = await openDesk()
    let runs = 0
    const worker = await desk.openWorker(async (_payload, { key }) => {
      runs += 1
      if (key === 'fails') throw away()
      return 'done'
    })
    await desk.add('works')
    await desk.add('fails')
    await desk.add('tomorrow', { notBefore: desk.clock.now() + 86_400_000 })
    expect(await worker.runNow('works')).toBe('done')
    expect(await worker.runNow('works')).toBe('done')
    expect(await worker.runNow('fails')).toBe('open')
    expect(await worker.runNow('tomorrow')).toBe('open')
    expect(runs).toBe(2)
    await expect(worker.runNow('never added')).rejects.toThrow('Commit its outbox row first')
  })

  it('looks at once when it is nudged', async () => {
    await using desk = await openDesk()
    const { promise: ran, resolve } = Promise.withResolvers<void>()
    const worker = await desk.openWorker(async () => {
      resolve()
      return 'done'
    })
    // By Redis only once it is reached; until then this process takes the row itself, just as soon.
    await desk.add('a')
    worker.nudge()
    await ran
  })
}

describe('a worker', () => {
  it('leaves rows alone whose topic it does not know', async () => {
    await using desk = await openJobDesk(newSqlitePlace())
    await desk.add('of a newer process', { topic: 'unknown' })
    await desk.add('known')
    await desk.openWorker(async () => 'done')
    await desk.until(async () => (await desk.outbox.find('known'))?.state === 'done')
    expect(await desk.outbox.pending({ limit: 10 })).toMatchObject([{ key: 'of a newer process', attempts: 0 }])
  })

  it('gives up a payload its job does not take', async () => {
    await using desk = await openJobDesk(newSqlitePlace())
    await desk.add('a', { payload: { textId: 1 } })
    const payload = z.object({ textId: z.string() })
    await desk.openWorker(async () => expect.unreachable('it was to be refused'), { payload })
    await desk.untilIdle()
    expect(await desk.outbox.deadLetters({ limit: 10 })).toMatchObject([
      { lastError: expect.stringContaining('textId') },
    ])
  })

  it('measures how old the oldest due row is', async () => {
    await using desk = await openJobDesk(newSqlitePlace())
    await desk.add('a')
    await desk.openWorker(async () => {
      throw away()
    })
    const age = async () => (await desk.metrics.outboxOldestAge.get()).values[0]?.value ?? 0
    await desk.until(async () => (await age()) >= 30)
  })

  it('runs no more rows at once than it is told', async () => {
    await using desk = await openJobDesk(newSqlitePlace())
    for (let n = 0; n < 10; n += 1) await desk.add(`key_${n}`)
    let now = 0
    let most = 0
    await desk.openWorker(
      async () => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setTimeout(resolve, 5))
        now -= 1
        return 'done'
      },
      { concurrency: 3 },
    )
    await desk.untilIdle()
    expect(most).toBe(3)
  })
})
