import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { loadDoNotCallList, numberOnLine } from '../src/business/outbound/do-not-call.ts'
import { loadStorageConfig } from '../src/config/load.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
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
  const at = values.fetched === undefined ? systemClock.now() : Date.parse(values.fetched)
  if (!file || Number.isNaN(at) || at > systemClock.now()) throw new HearthlineError('bad_arguments', USAGE)
  const { numbers, unread } = await readNumbers(file)
  if (numbers.length === 0) {
    throw new HearthlineError('no_numbers', `Read ${file}, but no line of it is a telephone number. The copy is kept.`)
  }
  await using database = await openDatabase({ ...whereIs(loadStorageConfig()), log: createLog({ level: 'warn' }) })
  const loaded = await loadDoNotCallList(database, { numbers, at })
  console.log(`${loaded} numbers loaded${unread > 0 ? `; lines without a number: ${unread}` : ''}.`)
  return 0
}

async function readNumbers(file: string): Promise<{ numbers: string[]; unread: number }> {
  const numbers: string[] = []
  let unread = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const number = numberOnLine(line)
    if (number) numbers.push(number)
    else if (line.trim() !== '') unread += 1
  }
  return { numbers, unread }
}

await runScript(main)
