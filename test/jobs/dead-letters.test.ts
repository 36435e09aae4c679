import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../fakes/databases.ts'
import { type JobDesk, openJobDesk } from './job-desk.ts'

const retry = { tries: 2, firstDelayMs: 1_000, factor: 1, capMs: 1_000, jitter: 0 }

describeOnEachDatabase('a job that is given up', (newPlace) => {
  it('is alone in it when its payload is no JSON, and says so', async () => {
    await using desk = await openJobDesk(await newPlace())
    for (const key of ['before', 'broken', 'after']) await desk.add(key)
    await desk.database.updateTable('outbox').set({ payload: '{"textId":' }).where('key', '=', 'broken').execute()
    const had: string[] = []
    await desk.openWorker(async (_payload, { key }) => {
      had.push(key)
      return 'done'
    })
    await desk.untilIdle()
    expect(had.toSorted()).toEqual(['after', 'before'])
    expect(await desk.outbox.deadLetters({ limit: 10 })).toMatchObject([
      { key: 'broken', attempts: 1, lastError: expect.stringContaining('The payload of broken is no JSON') },
    ])
  })

  // Whoever waited for it once waited for ever: no handler ran when the row was given up.
  it('has its end seen to although every worker was lost in the middle of it', async () => {
    await using desk = await openJobDesk(await newPlace())
    await desk.add('a', { payload: { n: 1 } })
    await loseWorkers(desk, retry.tries)
    const ended: unknown[] = []
    await desk.openWorker(async () => expect.unreachable('it was to be left alone'), {
      retry,
      givenUp: async (payload, { key, attempts }) => {
        ended.push({ payload, key, attempts })
        expect(await desk.outbox.find('a')).toMatchObject({ state: 'open' })
      },
    })
    await desk.untilIdle()
    expect(ended).toEqual([{ payload: { n: 1 }, key: 'a', attempts: 3 }])
    expect(await desk.outbox.find('a')).toMatchObject({ state: 'dead' })
  })

  it('stays open until its end is seen to', async () => {
    await using desk = await openJobDesk(await newPlace())
    await desk.add('a')
    let ends = 0
    await desk.openWorker(async () => Promise.reject(new Error('a bug')), {
      retry,
      givenUp: async () => {
        ends += 1
        if (ends === 1) throw new Error('the database is away')
      },
    })
    await desk.untilIdle()
    expect(ends).toBe(2)
    expect(await desk.outbox.find('a')).toMatchObject({ state: 'dead' })
  })

  it('does not come back for ever when nothing can be seen to', async () => {
    await using desk = await openJobDesk(await newPlace())
    await desk.add('a')
    let ends = 0
    await loseWorkers(desk, retry.tries)
    await desk.openWorker(async () => expect.unreachable('it was to be left alone'), {
      retry,
      givenUp: async () => {
        ends += 1
        throw new Error('a bug')
      },
    })
    await desk.untilIdle()
    expect(ends).toBe(3)
    expect(await desk.outbox.find('a')).toMatchObject({ state: 'dead' })
  })
})

/** As many workers take the rows and are killed before they can say how it ended. */
async function loseWorkers({ outbox, clock }: JobDesk, workers: number): Promise<void> {
  for (let lost = 0; lost < workers; lost += 1) {
    await outbox.claim({ limit: 10, leaseMs: 1_000 })
    clock.advance(1_000)
  }
}
