import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { addToOutbox, createOutbox } from '../../src/business/outbox.ts'
import { openWorker } from '../../src/jobs/worker.ts'
import { createMetrics } from '../../src/lib/metrics.ts'
import { newSqlitePlace, silentLog } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const HOUR_MS = 3_600_000

/** A wall clock that can be set; what lasts is measured as before (RELIABILITY F20). */
class SettableClock extends FakeClock {
  aheadMs = 0
  override now(): number {
    return super.now() + this.aheadMs
  }
}

it('[F20] does not begin a job again that runs here, when the clock is set forward', async () => {
  await using place = newSqlitePlace()
  await using database = await place.open()
  const clock = new SettableClock()
  using metrics = createMetrics()
  const ended = Promise.withResolvers<void>()
  let runs = 0
  const run = async () => {
    runs += 1
    await ended.promise
    return 'done' as const
  }
  const jobs = [{ topic: 'test', payload: z.object({}), run }]
  await using worker = openWorker({ outbox: createOutbox(database, { clock }), jobs, clock, log: silentLog, metrics })
  await database
    .transaction()
    .execute((tx) => addToOutbox(tx, { topic: 'test', key: 'one', payload: {}, at: clock.now() }))
  worker.nudge()
  while (runs === 0) await delay(5)
  clock.aheadMs = HOUR_MS
  for (let look = 0; look < 3; look += 1) {
    clock.advance(1_000)
    await delay(10)
  }
  ended.resolve()
  expect(await worker.runNow('one')).toBe('done')
  expect(runs).toBe(1)
})
