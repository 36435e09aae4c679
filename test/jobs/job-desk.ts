import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { addToOutbox, cancelInOutbox, createOutbox, type Outbox } from '../../src/business/outbox.ts'
import type { Job, JobContext, JobEnd } from '../../src/jobs/job.ts'
import { openWorker, type Worker } from '../../src/jobs/worker.ts'
import { createMetrics } from '../../src/lib/metrics.ts'
import type { Database } from '../../src/storage/database.ts'
import { type DatabasePlace, silentLog } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

/** An outbox, and workers that carry it out with one clock that the test advances. */
export interface JobDesk extends AsyncDisposable {
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: FakeClock
  readonly metrics: ReturnType<typeof createMetrics>
  add(key: string, more?: Partial<Parameters<typeof addToOutbox>[1]>): Promise<void>
  cancel(key: string): Promise<void>
  /** One more process, as it were: with a connection of its own. */
  openWorker(run: TestJob['run'], more?: Partial<TestJob> & { concurrency?: number }): Promise<Worker>
  /** Time goes on until nothing is open. */
  untilIdle(): Promise<void>
  /** Time goes on until it is so. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>
}

type TestJob = Job<Record<string, unknown>>

const STEP_MS = 250
const MOST_STEPS = 2_000

export async function openJobDesk(place: DatabasePlace, { redisUrl }: { redisUrl?: string } = {}): Promise<JobDesk> {
  const resources = new AsyncDisposableStack()
  resources.use(place)
  const database = resources.use(await place.open())
  const clock = new FakeClock()
  const metrics = resources.use(createMetrics())
  const outbox = createOutbox(database, { clock })
  const until = async (isSo: () => boolean | Promise<boolean>) => {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (await isSo()) return
      clock.advance(STEP_MS)
      await delay(5)
    }
    throw new Error(`Not so after ${(STEP_MS * MOST_STEPS) / 1000} s of its clock`)
  }

  return {
    database,
    outbox,
    clock,
    metrics,
    until,
    untilIdle: () => until(async () => (await outbox.pending({ limit: 1 })).length === 0),
    add: (key, more) => add(database, { topic: 'test', key, payload: {}, at: clock.now(), ...more }),
    cancel: (key) =>
      database.transaction().execute(async (transaction) => {
        await cancelInOutbox(transaction, [key], clock.now())
      }),
    async openWorker(run, { concurrency = 4, ...more } = {}) {
      const own = resources.use(await place.open())
      const job: TestJob = { topic: 'test', payload: z.record(z.string(), z.unknown()), run, ...more }
      const jobs = [job]
      const parts = { outbox: createOutbox(own, { clock }), jobs, clock, log: silentLog, metrics }
      return resources.use(openWorker({ ...parts, redisUrl, concurrency }))
    },
    async [Symbol.asyncDispose]() {
      await resources.disposeAsync()
    },
  }
}

/** Never ends by itself: heeds its signal, as a request does. */
export function endless(_payload: unknown, { signal }: JobContext): Promise<JobEnd> {
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
}

async function add(database: Database, item: Parameters<typeof addToOutbox>[1]): Promise<void> {
  await database.transaction().execute((transaction) => addToOutbox(transaction, item))
}
