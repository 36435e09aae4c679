import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { loadDoNotCallList, numberOnLine } from '../src/business/outbound/do-not-call.ts'
import { loadStorageConfig } from '../src/config/load.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError, messageOf } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { openDatabase, whereIs } from '../src/storage/database.ts'
import { readCommandLine, runScript } from './command-line.ts'

const USAGE = `Loads the national do-not-call list, as the registry gives it out (one number a line), in place of the last copy.
Only calls that sell are held against it; they are refused without a copy younger than 31 days.

  npm run -s do-not-call -- <file>    the list was fetched just now
      --fetched 2026-11-01            or on this day`

async function main(): Promise<number> {
  const { positionals, values } = readCommandLine(
    { allowPositionals: true, options: { fetched: { type: 'string' } } },
    USAGE,
  )
  const [file] = positionals
  if (!file || positionals.length > 1) throw new HearthlineError('bad_arguments', USAGE)
  const at = fetchedAt(values.fetched)
  const { numbers, unread } = await readNumbers(file)
  if (numbers.length === 0) {
    throw new HearthlineError('no_numbers', `Read ${file}, but no line of it is a telephone number. The copy is kept.`)
  }
  await using database = await openDatabase({ ...whereIs(loadStorageConfig()), log: createLog({ level: 'warn' }) })
  const loaded = await loadDoNotCallList(database, { numbers, at })
  console.log(`${loaded} numbers loaded${unread > 0 ? `; lines without a number: ${unread}` : ''}.`)
  return 0
}

/** Epoch ms. */
function fetchedAt(given: string | undefined): number {
  const now = systemClock.now()
  const at = given === undefined ? now : Date.parse(given)
  if (at <= now) return at
  throw new HearthlineError('bad_argument', `--fetched is ${given}; give a day that has come, such as 2026-11-01.`)
}

async function readNumbers(file: string): Promise<{ numbers: string[]; unread: number }> {
  const numbers: string[] = []
  let unread = 0
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const number = numberOnLine(line)
      if (number) numbers.push(number)
      else if (line.trim() !== '') unread += 1
    }
  } catch (error) {
    throw new HearthlineError('file_unreadable', `The list cannot be read: ${messageOf(error)}. The copy is kept.`)
  }
  return { numbers, unread }
}

await runScript(main)
