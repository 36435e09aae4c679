import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../../src/business/outbox.ts'
import { openBullMqQueue } from '../../src/jobs/bullmq-queue.ts'
import type { JobQueue } from '../../src/jobs/job-queue.ts'
import { newSqlitePlace, silentLog } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { openJobDesk } from './job-desk.ts'
import { freePort, hasOwnRedis, startOwnRedis } from './redis-server.ts'

describe.skipIf(!hasOwnRedis)('telling rows by BullMQ (left out without redis-server)', () => {
  it('tells a row once while it is carried out, however often and by whomever it is handed over', async () => {
    // It was told a second time when the first process was through with it before the other handed it over.
    await using house = await openQueues({ processes: 2, hears: () => Promise.withResolvers<void>().promise })
    const rows = [1, 2, 3].map((id) => row(id))
    for (const queue of house.queues) await untilTold(queue, rows)
    for (const queue of house.queues) expect(await queue.handOver(rows)).toEqual([])
    await house.untilHeard(3)
    expect(house.heard.toSorted()).toEqual([1, 2, 3])
  })

  it('tells the next try of a row although the message of the try before is still there', async () => {
    await using house = await openQueues({ processes: 1, hears: () => Promise.withResolvers<void>().promise })
    for (const attempts of [0, 1]) for (const queue of house.queues) await untilTold(queue, [row(7, attempts)])
    await house.untilHeard(2)
    expect(house.heard).toEqual([7, 7])
  })

  it('gives a row back that nobody came for', async () => {
    await using house = await openQueues({ processes: 1 })
    const [queue] = house.queues
    await untilTold(queue, [row(1)])
    house.clock.advance(29_999)
    expect(await queue?.handOver([row(1)])).toEqual([])
    house.clock.advance(1)
    expect(await queue?.handOver([row(1)])).toEqual([1])
  })

  it('has jobs go on when Redis hangs, is back and is gone (F11)', async () => {
    const redis = await startOwnRedis()
    const done: string[] = []
    await using desk = await openJobDesk(newSqlitePlace(), { redisUrl: redis.url })
    await desk.openWorker(async (_payload, { key }) => {
      done.push(key)
      return 'done'
    })
    for (const [key, happens] of [
      ['while it answers', () => {}],
      ['while it hangs', redis.hang],
      ['when it is back', redis.goOn],
      ['when it is gone', redis.stop],
    ] as const) {
      await happens()
      await desk.add(key)
      await desk.untilIdle()
    }
    expect(done).toEqual(['while it answers', 'while it hangs', 'when it is back', 'when it is gone'])
  })
})

describe('a Redis that is away', () => {
  it('gives every row back at once when it refuses (F11)', async () => {
    await using queue = openQueue(`redis://127.0.0.1:${await freePort()}`)
    expect(await queue.handOver([row(1), row(2)])).toEqual([1, 2])
  })

  it('gives every row back at once when it accepts and says nothing (F11)', async () => {
    const server = createServer((socket) => void socket.on('error', () => {}).resume()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    await using queue = openQueue(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(await queue.handOver([row(1)])).toEqual([1])
    server.close()
  })
})

interface Queues extends AsyncDisposable {
  readonly queues: readonly JobQueue[]
  readonly heard: number[]
  readonly clock: FakeClock
  untilHeard(count: number): Promise<void>
}

/** Processes that share a Redis, told of time by one clock. */
async function openQueues(options: { processes: number; hears?: () => Promise<void> }): Promise<Queues> {
  const resources = new AsyncDisposableStack()
  const redis = await startOwnRedis()
  resources.defer(redis.stop)
  const heard: number[] = []
  const clock = new FakeClock()
  const queues = Array.from({ length: options.processes }, () =>
    resources.use(
      openBullMqQueue({
        url: redis.url,
        concurrency: 4,
        clock,
        log: silentLog,
        onDelivery: async (id) => {
          heard.push(id)
          await options.hears?.()
        },
      }),
    ),
  )
  return {
    queues,
    heard,
    clock,
    untilHeard: (count) => until(() => heard.length >= count),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function openQueue(url: string): JobQueue {
  return openBullMqQueue({ url, concurrency: 1, clock: new FakeClock(), log: silentLog, onDelivery: async () => {} })
}

/** Until Redis is reached every row is given back. */
async function untilTold(queue: JobQueue | undefined, rows: readonly OutboxItem[]): Promise<void> {
  await until(async () => (await queue?.handOver(rows))?.length === 0)
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (await isSo()) return
    await delay(10)
  }
  throw new Error('Not so after ten seconds')
}

function row(id: number, attempts = 0): OutboxItem {
  const told = { topic: 'test', key: `key_${id}`, payload: {}, callId: undefined, lastError: undefined }
  return { id, attempts, createdAt: 0, availableAt: 0, ...told }
}
