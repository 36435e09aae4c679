import { startApp } from '../../src/app.ts'
import { createClock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import { hidePrivate } from '../../src/pipeline/privacy/redaction.ts'
import type { ServerOrders } from './server.ts'

/** A server that can be killed: started by `startServerProcess`, told what to do by the first message. */
process.once('message', async ({ config, speed, moment }: ServerOrders) => {
  const app = await startApp(config, {
    clock: { ...createClock(speed), now: () => moment.rehearsedMs + (Date.now() - moment.realMs) * speed },
    log: createLog({ ...config.log, hide: hidePrivate }),
  })
  process.once('SIGTERM', () => void app[Symbol.asyncDispose]().then(() => process.exit(0)))
  // Whoever started us is gone: nobody else would end this process.
  process.once('disconnect', () => process.exit(1))
  process.send?.(app.address)
})
