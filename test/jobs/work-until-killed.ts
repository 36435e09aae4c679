/**
 * Run as a process: `work-until-killed.ts <database file> <effects file>` carries out rows of topic `test`. The effect of
 * a row is a line in the effects file, which stands for a provider: it is looked up by its key before it is had again.
 * Prints `had <key>` right after an effect and well before the row is done, `found <key>` for one that was looked up.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { createOutbox } from '../../src/business/outbox.ts'
import { openWorker } from '../../src/jobs/worker.ts'
import { type Clock, createClock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import { createMetrics } from '../../src/lib/metrics.ts'
import { openDatabase } from '../../src/storage/database.ts'

const [, , file = '', effects = ''] = process.argv

/** Faster than life, so that the lease of a killed one is soon over; the same for each process, unlike a wall clock run fast. */
const SPEED = 100
const clock: Clock = { ...createClock(SPEED), now: () => Date.now() * SPEED }

const log = createLog({ level: 'silent' })
const database = await openDatabase({ file, log })
openWorker({
  outbox: createOutbox(database, { clock }),
  clock,
  log,
  metrics: createMetrics(),
  jobs: [
    {
      topic: 'test',
      payload: z.object({}),
      async run(_payload, { key }) {
        if (readFileSync(effects, 'utf8').split('\n').includes(key)) process.stdout.write(`found ${key}\n`)
        else {
          appendFileSync(effects, `${key}\n`)
          process.stdout.write(`had ${key}\n`)
        }
        await delay(5)
        return 'done'
      },
    },
  ],
})
