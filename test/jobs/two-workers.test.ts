import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { HearthlineError } from '../../src/lib/errors.ts'
import { describeOnEachDatabase } from '../fakes/databases.ts'
import { openJobDesk } from './job-desk.ts'

describeOnEachDatabase('two workers on one database', (newPlace) => {
  it('have each effect once, those of a call in order, although some tries fail', async () => {
    await using desk = await openJobDesk(await newPlace())
    const numbers = [1, 2, 3, 4, 5, 6]
    const calls = ['a', 'b', 'c', 'd', 'e']
    const log: string[] = []
    const overlaps: string[] = []
    const running = new Set<string>()
    const atWork = new Set<string>()
    const bothAtWork = Promise.withResolvers<void>()
    const work = (worker: string) =>
      desk.openWorker(
        async (_payload, { key, attempts }) => {
          if (running.has(key)) overlaps.push(key)
          running.add(key)
          // One worker cannot hold all the calls at once, so a row is always left for the other to begin with.
          if (atWork.add(worker).size === 2) bothAtWork.resolve()
          await bothAtWork.promise
          await delay(3)
          running.delete(key)
          if (attempts === 1 && key.endsWith('3')) throw new HearthlineError('away', 'Not now.', { retryable: true })
          log.push(key)
          return 'done'
        },
        { concurrency: calls.length - 1, deadlineMs: 10 * 60_000 },
      )
    for (const n of numbers) for (const callId of calls) await desk.add(`${callId}${n}`, { callId })
    await Promise.all([work('one'), work('other')])
    await desk.untilIdle()
    expect(overlaps).toEqual([])
    expect(await desk.outbox.deadLetters({ limit: 10 })).toEqual([])
    for (const call of calls) expect(log.filter((key) => key.startsWith(call))).toEqual(numbers.map((n) => call + n))
  })
})
