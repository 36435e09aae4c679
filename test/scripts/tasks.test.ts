import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { optOut } from '../../src/business/consent/opt-outs.ts'
import { countCall, createContacts } from '../../src/business/contacts.ts'
import { addTask, type NewTask } from '../../src/business/tasks.ts'
import { type Database, openDatabase, whereIs } from '../../src/storage/database.ts'
import { silentLog } from '../fakes/databases.ts'
import { runScript } from './run-script.ts'

const CALLER = '+16175550123'
/** Friday, 20 November 2020, 11:00 in New York. */
const LONG_AGO = Date.UTC(2020, 10, 20, 16)
const FAR_AWAY = Date.UTC(2199, 11, 24, 20)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasks-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('lists what is open, the overdue first, for whom and by when', async () => {
  expect(await tasks()).toBe('Overdue\n  None.\n\nOpen, the soonest due first\n  None.\n\n')
  await give(
    { key: 'later', kind: 'read message', dueAt: FAR_AWAY, note: 'Message of a caller,\nno number: Hello' },
    { ...CALL_BACK, officerId: 'dana-lee', urgency: 'urgent' },
  )
  const [overdue = '', open = ''] = (await tasks()).split('\n\n')
  expect(overdue).toMatch(
    /^Overdue\n.*\n {2}task_\w+ +Friday, November 20 at 11 AM Eastern +dana-lee +Ada +\+16175550123 +URGENT call back: Call Ada$/,
  )
  expect(open).toMatch(
    /^Open.*\n.*\n {2}task_\w+ +Tuesday, December 24 at 3 PM Eastern +whoever is free +- +- +read message: Message of a caller, no number: Hello$/,
  )
}, 60_000)

it('marks one as done, once, and what is to be done next for the caller with it', async () => {
  const [id = ''] = await give(CALL_BACK)
  expect(await tasks('done', id)).toBe('Done: call back: Call Ada\n')
  expect(await tasks()).not.toContain(id)
  expect(await tasks('--all')).toMatch(new RegExp(`Done, the latest first\n.*\n {2}${id} .*the office did it`))
  expect(await tasks('done', id)).toContain(`${id} was done before.`)
  expect(await nextAction()).toBe('none')
}, 60_000)

it('says that there are more than it shows', async () => {
  await give(CALL_BACK, { ...CALL_BACK, key: 'second', note: 'Call Ada again' })
  const listed = await tasks('--limit', '1')
  expect(listed).toContain('More than these are open')
  expect(listed).not.toContain('again')
  expect(await tasks('--limit', '2')).not.toContain('More than these')
}, 60_000)

it('[I7] says who is not to be called any more', async () => {
  await give(CALL_BACK)
  {
    await using database = await open()
    const asked = { number: CALLER, source: 'spoken', at: LONG_AGO } as const
    await database.transaction().execute((transaction) => optOut(transaction, asked))
  }
  expect(await tasks()).toMatch(/\+16175550123, opted out +call back: Call Ada/)
}, 60_000)

it('says what is wrong with what it was told', async () => {
  expect(await tasks('done', 'task_1')).toContain('task_1 is no task.')
  expect(await tasks('done')).toContain('npm run -s tasks -- done <id>')
  expect(await tasks('undo', 'task_1')).toContain('npm run -s tasks -- done <id>')
  expect(await tasks('--limit', '0')).toContain('--limit is 0')
}, 60_000)

const CALL_BACK: NewTask = {
  ...{ key: 'overdue', kind: 'call back', contactNumber: CALLER, dueAt: LONG_AGO, note: 'Call Ada', at: 0 },
}

function tasks(...words: string[]): Promise<string> {
  return runScript('tasks', { folder, words })
}

/** Ada has called. Gives the ids of the tasks. */
async function give(...given: readonly Omit<NewTask, 'at'>[]): Promise<string[]> {
  await using database = await open()
  const ids = await database.transaction().execute(async (transaction) => {
    await countCall(transaction, CALLER, LONG_AGO)
    const added: string[] = []
    for (const task of given) added.push((await addTask(transaction, { ...task, at: LONG_AGO })).task.id)
    return added
  })
  await createContacts(database).rename(CALLER, 'Ada')
  return ids
}

async function nextAction(): Promise<string | undefined> {
  await using database = await open()
  return (await createContacts(database).find(CALLER))?.nextAction
}

function open(): Promise<Database> {
  return openDatabase({ ...whereIs({ databaseUrl: undefined, dataDir: folder }), log: silentLog })
}
