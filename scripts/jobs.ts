import { createOutbox, type DeadLetter, type Outbox, type OutboxItem } from '../src/business/outbox.ts'
import { loadStorageConfig } from '../src/config/load.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { openDatabase, whereIs } from '../src/storage/database.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { printSection, tableOf } from './table.ts'

const USAGE = `What is still to be done because of a call, and what could not be done.

  npm run -s jobs                  what is open, the oldest first, and the dead letters, the latest first
  npm run -s jobs -- retry <id>    tries a dead letter again, with all its tries before it`

const LINES_SHOWN = 50

await runScript(main)

async function main(): Promise<number> {
  const { positionals } = readCommandLine({ allowPositionals: true, options: {} }, USAGE)
  const [command = 'list', subject, ...rest] = positionals
  const isKnown = command === 'list' ? subject === undefined : command === 'retry' && /^\d+$/.test(subject ?? '')
  if (!isKnown || rest.length > 0) throw new HearthlineError('bad_arguments', USAGE)
  const log = createLog({ level: 'silent' })
  await using database = await openDatabase({ ...whereIs(loadStorageConfig()), log })
  const outbox = createOutbox(database, { clock: systemClock })
  if (command === 'retry') await retry(outbox, Number(subject))
  else await list(outbox)
  return 0
}

async function list(outbox: Outbox): Promise<void> {
  const open = await outbox.pending({ limit: LINES_SHOWN })
  const dead = await outbox.deadLetters({ limit: LINES_SHOWN })
  printSection('Open, the oldest first', openTable(open))
  printSection('Dead letters, the latest first', deadTable(dead))
}

async function retry(outbox: Outbox, id: number): Promise<void> {
  if (!(await outbox.retryDead(id))) {
    throw new HearthlineError('job_not_dead', `${id} is no dead letter. \`npm run -s jobs\` lists them.`)
  }
  console.log(`${id} is tried again by the running server within moments.`)
}

function openTable(items: readonly OutboxItem[]): string[] {
  if (items.length === 0) return []
  const rows = items.map((item) => [...columnsOf(item), moment(item.availableAt), item.lastError ?? '-'])
  return tableOf(['id', 'topic', 'key', 'call', 'tries', 'due', 'last failure'], rows)
}

function deadTable(letters: readonly DeadLetter[]): string[] {
  if (letters.length === 0) return []
  const rows = letters.map((letter) => [...columnsOf(letter), moment(letter.diedAt), letter.lastError ?? '-'])
  return tableOf(['id', 'topic', 'key', 'call', 'tries', 'given up', 'because'], rows)
}

function columnsOf({ id, topic, key, callId, attempts }: OutboxItem): string[] {
  return [String(id), topic, key, callId ?? '-', String(attempts)]
}

function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
