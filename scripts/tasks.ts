import { isOptedOut } from '../src/business/consent/opt-outs.ts'
import { renewNextAction } from '../src/business/contact-state.ts'
import { createContacts } from '../src/business/contacts.ts'
import { slotWords } from '../src/business/scheduling/slot-words.ts'
import { createTasks, type Task } from '../src/business/tasks.ts'
import { loadBusinessConfig, loadStorageConfig } from '../src/config/load.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { type Database, openDatabase, whereIs } from '../src/storage/database.ts'
import { readCommandLine, readLimit, runScript } from './command-line.ts'
import { printSection, tableOf } from './table.ts'

const USAGE = `What somebody of the office is to do for callers, and by when.

  npm run -s tasks                  what is not done yet, the overdue first
  npm run -s tasks -- done <id>     it is done
  --all                             what is done, too, the latest first
  --limit 50                        of the open and of the done ones

Times are those of the office. Everything else of a caller: npm run -s crm -- <number>.`

interface Desk {
  readonly database: Database
  /** Of the office. */
  readonly timeZone: string
}

/** Why a task is done, in the records: whoever types it has seen to it. */
const DONE_BECAUSE = 'the office did it'

await runScript(main)

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine(
    {
      allowPositionals: true,
      options: { all: { type: 'boolean', default: false }, limit: { type: 'string', default: '50' } },
    },
    USAGE,
  )
  const [command = 'list', id = '', ...rest] = positionals
  const isKnown = command === 'list' ? id === '' : command === 'done' && id !== ''
  if (!isKnown || rest.length > 0) throw new HearthlineError('bad_arguments', USAGE)
  const limit = readLimit(values.limit)
  const { timeZone } = loadBusinessConfig().company
  await using database = await openDatabase({ ...whereIs(loadStorageConfig()), log: createLog({ level: 'silent' }) })
  if (command === 'done') await finish({ database, timeZone }, id)
  else await list({ database, timeZone }, { limit, all: values.all })
  return 0
}

async function list(desk: Desk, { limit, all }: { limit: number; all: boolean }): Promise<void> {
  const tasks = createTasks(desk.database, { clock: systemClock })
  const found = await tasks.open({ limit: limit + 1 })
  const open = found.slice(0, limit)
  const now = systemClock.now()
  const isOverdue = ({ dueAt }: Task) => dueAt < now
  printSection('Overdue', await openTable(open.filter(isOverdue), desk))
  printSection(
    'Open, the soonest due first',
    await openTable(
      open.filter((task) => !isOverdue(task)),
      desk,
    ),
  )
  if (found.length > limit) console.log(`More than these are open: see --limit.\n`)
  if (all) printSection('Done, the latest first', await doneTable(await tasks.finished({ limit }), desk))
}

async function finish({ database, timeZone }: Desk, id: string): Promise<void> {
  const task = await createTasks(database, { clock: systemClock }).find(id)
  if (!task)
    throw new HearthlineError('task_unknown', `${id} is no task. \`npm run -s tasks\` lists those that are open.`)
  const { contactNumber: number } = task
  const isFirst = await database.transaction().execute(async (transaction) => {
    const isFirst = await createTasks(transaction, { clock: systemClock }).done(id, DONE_BECAUSE)
    if (isFirst && number) await renewNextAction(transaction, number, { now: systemClock.now(), timeZone })
    return isFirst
  })
  if (!isFirst)
    throw new HearthlineError('task_done', `${id} was done before. \`npm run -s tasks -- --all\` shows when.`)
  console.log(`Done: ${whatOf(task)}`)
}

async function openTable(tasks: readonly Task[], desk: Desk): Promise<string[]> {
  const rows = await rowsOf(tasks, desk, ({ dueAt }) => [whenOf(dueAt, desk)])
  return rows.length === 0 ? [] : tableOf(['id', 'due', 'officer', 'who', 'phone', 'what'], rows)
}

async function doneTable(tasks: readonly Task[], desk: Desk): Promise<string[]> {
  const rows = await rowsOf(tasks, desk, ({ doneAt, doneBecause }) => [whenOf(doneAt ?? 0, desk), doneBecause ?? '-'])
  return rows.length === 0 ? [] : tableOf(['id', 'done', 'because', 'officer', 'who', 'phone', 'what'], rows)
}

/** `timesOf` gives what stands behind the id. */
async function rowsOf(
  tasks: readonly Task[],
  { database }: Desk,
  timesOf: (task: Task) => readonly string[],
): Promise<string[][]> {
  const contacts = createContacts(database)
  const rows = tasks.map(async (task) => {
    const { id, officerId, contactNumber } = task
    const contact = await contacts.find(contactNumber)
    // Whatever was promised before: nobody calls or texts them (RELIABILITY I7).
    const optedOut = contactNumber !== undefined && (await isOptedOut(database, contactNumber))
    const phone = `${contactNumber ?? '-'}${optedOut ? ', opted out' : ''}`
    return [id, ...timesOf(task), officerId ?? 'whoever is free', contact?.name ?? '-', phone, whatOf(task)]
  })
  return await Promise.all(rows)
}

/** In one line. */
function whatOf({ kind, urgency, note }: Task): string {
  return `${urgency === 'urgent' ? 'URGENT ' : ''}${kind}: ${note.replaceAll(/\s+/g, ' ')}`
}

function whenOf(at: number, { timeZone }: Desk): string {
  return slotWords(at, { timeZone, language: 'en-US' })
}
