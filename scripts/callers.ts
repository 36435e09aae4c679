import { type CallLog, openCallLog } from '../src/business/call-log.ts'
import { normaliseNumber } from '../src/business/contacts.ts'
import type { ListName } from '../src/business/screening/caller-lists.ts'
import type { CallerVerdict } from '../src/business/screening/caller-verdicts.ts'
import { openScreening, type ScreeningOffice } from '../src/business/screening/screening.ts'
import { factsOf } from '../src/call/call-record.ts'
import { loadBusinessConfig, loadStorageConfig } from '../src/config/load.ts'
import type { Config } from '../src/config/schema.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { openDatabase, whereIs } from '../src/storage/database.ts'
import { screeningText } from './call-view.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { tableOf } from './table.ts'

const USAGE = `Who may talk to the agent. What is changed here counts from the next ring on.

  npm run -s callers                          the lists, the latest verdicts, and the cost that was avoided
  npm run -s callers -- show <number>         what would happen to a number now, and why
  npm run -s callers -- not-spam <number>     a verdict was wrong: the number always comes in from now on
  npm run -s callers -- spam <number>         it sells things: the caller can leave a message
  npm run -s callers -- allow <beginning>     numbers that begin so always come in
  npm run -s callers -- block <beginning>     numbers that begin so are not answered
  npm run -s callers -- unlist <beginning>    takes an entry off its list

A number is given as +16175550123; show, spam and not-spam also take a call's id, ours or the carrier's.
Entries of company.yaml (screening.allow, screening.block) are changed there.`

interface Office extends ScreeningOffice {
  readonly callLog: CallLog
  readonly settings: Config['screening']
}

/** A number, and the call it was named by. */
interface Caller {
  readonly number: string
  readonly callId: string | undefined
}

const LINES_SHOWN = 20

const COMMANDS: Readonly<Record<string, (office: Office, subject: string) => Promise<void>>> = {
  list,
  show,
  spam: (office, subject) => correct(office, subject, 'robocall'),
  'not-spam': (office, subject) => correct(office, subject, 'not spam'),
  allow: (office, subject) => enlist(office, subject, 'allow'),
  block: (office, subject) => enlist(office, subject, 'block'),
  unlist,
}

await runScript(main)

async function main(): Promise<number> {
  const { positionals } = readCommandLine({ allowPositionals: true, options: {} }, USAGE)
  const [command = 'list', subject, ...rest] = positionals
  const run = COMMANDS[command]
  if (!run || rest.length > 0 || (command === 'list') === (subject !== undefined)) {
    throw new HearthlineError('bad_arguments', USAGE)
  }
  const storage = loadStorageConfig()
  const { screening: settings } = loadBusinessConfig()
  const log = createLog({ level: 'silent' })
  await using database = await openDatabase({ ...whereIs(storage), log })
  await using callLog = openCallLog(database, { clock: systemClock, log })
  await using screening = openScreening(database, {
    settings,
    redisUrl: storage.redisUrl,
    callLog,
    clock: systemClock,
    log,
    lookUp: settings.lookup === 'off' ? undefined : neverAsked,
  })
  await run({ ...screening, callLog, settings }, subject ?? '')
  return 0
}

async function list({ lists, verdicts, callLog, settings }: Office): Promise<void> {
  const fixed = (['allow', 'block'] as const).flatMap((name) =>
    settings[name].map((beginning) => [name, beginning, 'company.yaml']),
  )
  const added = (await lists.all()).map((entry) => [entry.list, entry.beginning, 'npm run callers'])
  const entries = [...fixed, ...added]
  print('Lists', entries.length > 0 ? tableOf(['list', 'beginning', 'from'], entries) : ['Both are empty.'])
  const recent = await verdicts.recent({ limit: LINES_SHOWN })
  print('Verdicts, the newest first', recent.length > 0 ? verdictTable(recent) : ['None.'])
  const { calls, usd } = await callLog.costAvoided()
  print('Kept from the voice engine', [
    `${calls} calls, which would have cost $${usd.toFixed(4)} by the mean of the others.`,
  ])
}

async function show(office: Office, subject: string): Promise<void> {
  const { screener, verdicts, callLog, settings } = office
  const { number } = await callerOf(subject, callLog)
  const ring = { carrierCallId: 'explained', from: number, to: '', at: systemClock.now() }
  const screening = await screener.explain(ring)
  print(number, [
    settings.enabled ? screeningText(screening) : 'Screening is off (screening.enabled): everybody comes in.',
  ])
  const given = await verdicts.of(number)
  print('Verdicts', given.length > 0 ? verdictTable(given) : ['None.'])
  print('Calls', await callTable(number, callLog))
}

async function correct({ verdicts, lists, callLog }: Office, subject: string, verdict: CallerVerdict['verdict']) {
  const { number, callId } = await callerOf(subject, callLog)
  await verdicts.correct({ number, verdict, callId })
  console.log(`${number} is ${verdict === 'robocall' ? 'spam' : 'not spam'} from the next ring on.`)
  const entry = await lists.entryFor(number)
  if (verdict === 'not spam' && entry?.list === 'block') {
    const advice = 'Take it off with unlist, or out of screening.block in company.yaml, or allow the number.'
    console.log(`It is still not answered, because ${entry.beginning} is on the block list. ${advice}`)
  }
}

async function enlist({ lists }: Office, beginning: string, name: ListName): Promise<void> {
  if (!/^\+[1-9]\d{0,14}$/.test(beginning)) {
    const expected = 'Give a number or the beginning of numbers with its country code, such as +16175550123 or +1900.'
    throw new HearthlineError('bad_arguments', `${beginning} cannot be put on a list. ${expected}`)
  }
  await lists.put({ beginning, list: name })
  console.log(`Numbers that begin with ${beginning} ${name === 'allow' ? 'always come in' : 'are not answered'}.`)
}

async function unlist({ lists }: Office, beginning: string): Promise<void> {
  if (!(await lists.remove(beginning))) {
    const hint =
      'Entries of company.yaml are taken out there; a `spam` is taken back by `not-spam`; `npm run -s callers` shows all.'
    throw new HearthlineError('not_listed', `${beginning} is on no list here. ${hint}`)
  }
  console.log(`${beginning} is on no list any more.`)
}

/** The number that is meant, by itself or by a call. */
async function callerOf(subject: string, callLog: CallLog): Promise<Caller> {
  const number = /^[+\d(]/.test(subject) ? normaliseNumber(subject) : undefined
  if (number !== undefined) return { number, callId: undefined }
  const call = await callLog.get(subject)
  if (!call) {
    const expected = 'Give a number such as +16175550123, or a call that `npm run -s calls` lists.'
    throw new HearthlineError('caller_unknown', `${subject} is no number and no call. ${expected}`)
  }
  if (call.from !== undefined) return { number: call.from, callId: call.callId }
  throw new HearthlineError('caller_unknown', `The caller of ${call.callId} withheld their number.`)
}

async function callTable(number: string, callLog: CallLog): Promise<string[]> {
  const calls = await callLog.pastCalls(number)
  if (calls.length === 0) return ['None.']
  const rows = calls.slice(0, LINES_SHOWN).map(async ({ callId, startedAt, endReason, turns }) => {
    const [screened] = factsOf((await callLog.get(callId))?.entries ?? [], 'call.screened')
    return [callId, moment(startedAt), String(turns), endReason, screened?.verdict ?? '-']
  })
  return tableOf(['call', 'rang', 'turns', 'ended', 'screened'], await Promise.all(rows))
}

function verdictTable(verdicts: readonly CallerVerdict[]): string[] {
  const rows = verdicts.map(({ at, number, verdict, by, callId }) => [moment(at), number, verdict, by, callId ?? '-'])
  return tableOf(['given', 'number', 'verdict', 'by', 'call'], rows)
}

/** Looking at a number here costs nothing: it is explained by what was found out before. */
function neverAsked(): Promise<never> {
  throw new HearthlineError('not_asked', 'The carrier is not asked about numbers from here.')
}

function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}

function print(title: string, lines: readonly string[]): void {
  console.log(title)
  for (const line of lines) console.log(`  ${line}`)
  console.log()
}
