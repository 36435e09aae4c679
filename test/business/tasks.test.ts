import { expect, it } from 'vitest'
import { addTask, createTasks, finishTask, type NewTask, tasksOfContact } from '../../src/business/tasks.ts'
import { describeOnEachDatabase } from '../fakes/databases.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const CALLER = '+16175550123'
const TASK: NewTask = { key: 'a', kind: 'call back', contactNumber: CALLER, dueAt: 2_000, note: 'Call Ada', at: 0 }

describeOnEachDatabase('tasks', (newPlace) => {
  it('are given once for one key, due soonest first, and done once', async () => {
    await using place = await newPlace()
    await using database = await place.open()
    const clock = new FakeClock()
    const tasks = createTasks(database, { clock })
    const give = (task: NewTask) => database.transaction().execute((transaction) => addTask(transaction, task))
    const given = await Promise.all([give(TASK), give({ ...TASK, note: 'Call Ada again' })])
    expect([new Set(given.map(({ task }) => task.id)).size, given.filter(({ added }) => added)]).toEqual([
      1,
      [expect.anything()],
    ])
    await give({ ...TASK, key: 'b', dueAt: 1_000, officerId: 'dana' })
    expect((await tasks.open({ limit: 10 })).map(({ dueAt }) => dueAt)).toEqual([1_000, 2_000])
    const [sooner] = await tasks.open({ limit: 10, officerId: 'dana' })
    expect([await tasks.done(sooner!.id, 'called'), await tasks.done(sooner!.id, 'again')]).toEqual([true, false])
    expect(await tasksOfContact(database, CALLER, { limit: 10 })).toMatchObject([
      { dueAt: 2_000, doneAt: undefined },
      { dueAt: 1_000, doneAt: clock.now(), doneBecause: 'called' },
    ])
    expect(await tasks.finished({ limit: 10 })).toMatchObject([{ id: sooner!.id }])
    expect(await tasks.find(sooner!.id)).toMatchObject({ officerId: 'dana', doneBecause: 'called' })
    expect(await tasks.find('task_of_nobody')).toBeUndefined()
    const finish = (key: string) => finishTask(database, { key, because: 'settled', at: 5 })
    expect([await finish('c'), await finish('b'), await finish('a')]).toEqual([false, false, true])
    expect(await tasks.open({ limit: 10 })).toEqual([])
  })
})
