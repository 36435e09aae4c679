import { createHash } from 'node:crypto'
import { normaliseNumber } from '../src/business/contacts.ts'
import { type GateAnswer, passGate } from '../src/business/outbound/gate.ts'
import { listOutboundCalls, type OutboundCall } from '../src/business/outbound/outbound-calls.ts'
import { outboundTermsOf } from '../src/business/outbound/outbound-terms.ts'
import { isSwitchedOn, throwSwitch } from '../src/business/switches.ts'
import { loadConfig, loadStorageConfig } from '../src/config/load.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { type Database, openDatabase, whereIs } from '../src/storage/database.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { tableOf } from './table.ts'

const USAGE = `The calls the agent places. Each passes the gate, from here as well (outbound in company.yaml).

  npm run -s outbound                     whether calls may leave, and the latest 30 with what became of them, in UTC
  npm run -s outbound -- stop             no call leaves from this second on, in all processes, without a restart
  npm run -s outbound -- go               calls leave again; those that waited, too
  npm run -s outbound -- call <number>    asks for one call; the running server places it
      --about "..."     what it is about, which they are told; has to be given
      --kind call-back  or reminder, follow-up: which opening they hear
      --name "..."      whom it is for
      --language es-US  else the language of the agent`

const SHOWN = 30
const KINDS = { reminder: 'reminder', 'call-back': 'call back', 'follow-up': 'follow-up' } as const

async function main(): Promise<number> {
  const { positionals, values } = readCommandLine(
    {
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        about: { type: 'string' },
        name: { type: 'string' },
        language: { type: 'string' },
      },
    },
    USAGE,
  )
  const [command, number] = positionals
  if (positionals.length > (command === 'call' ? 2 : 1)) throw new HearthlineError('bad_arguments', USAGE)
  await using database = await openDatabase({ ...whereIs(loadStorageConfig()), log: createLog({ level: 'warn' }) })
  if (command === 'stop' || command === 'go') {
    await throwSwitch(database, { name: 'outbound', on: command === 'go', at: systemClock.now() })
    console.log(command === 'go' ? 'Calls leave again.' : 'No call leaves from now on.')
  } else if (command === 'call') return await call(database, number, values)
  else if (command === undefined) await show(database)
  else throw new HearthlineError('bad_arguments', USAGE)
  return 0
}

async function show(database: Database): Promise<void> {
  const on = await isSwitchedOn(database, 'outbound')
  console.log(
    on ? 'Outbound calls are on.\n' : 'Outbound calls are stopped: `npm run outbound -- go` lets them leave.\n',
  )
  const calls = await listOutboundCalls(database, { limit: SHOWN })
  if (calls.length === 0) return console.log('No calls yet.')
  for (const line of tableOf(['asked for', 'number', 'kind', 'about', 'state', 'because', 'due'], calls.map(rowOf))) {
    console.log(line)
  }
}

function rowOf(call: OutboundCall): string[] {
  const { requestedAt, number, kind, subject, state, refusal, answeredBy, outcome, notBefore } = call
  const because =
    state === 'waiting' || state === 'refused' ? refusal : [outcome, answeredBy].filter(Boolean).join(', ')
  return [
    timeOf(requestedAt),
    number,
    kind,
    subject,
    state,
    because ?? '',
    state === 'waiting' ? timeOf(notBefore) : '',
  ]
}

async function call(
  database: Database,
  given: string | undefined,
  { kind = 'call-back', about, name, language }: { kind?: string; about?: string; name?: string; language?: string },
): Promise<number> {
  const number = normaliseNumber(given)
  if (!number) throw badArgument(`${given ?? 'Nothing'} is no telephone number; give one such as +14155550123.`)
  const known = KINDS[kind as keyof typeof KINDS]
  if (!known) throw badArgument(`--kind is ${kind}; give one of ${Object.keys(KINDS).join(', ')}.`)
  if (!about) throw badArgument('Say what the call is about: --about "your documents". They are told.')
  const config = loadConfig()
  const at = systemClock.now()
  // The same command again within a minute is a slip of the hand.
  const minute = Math.floor(at / 60_000)
  const key = `office:${createHash('sha256').update(`${number} ${kind} ${about} ${minute}`).digest('base64url')}`
  const request = {
    ...{ key, number, kind: known, purpose: 'informational' as const, subject: about },
    language: language ?? config.agent.language,
    ...(name ? { contactName: name } : {}),
  }
  const answer = await database
    .transaction()
    .execute((transaction) => passGate(transaction, request, outboundTermsOf(config), at))
  console.log(tell(answer))
  return answer.accepted ? 0 : 1
}

function badArgument(message: string): HearthlineError {
  return new HearthlineError('bad_argument', message)
}

function tell(answer: GateAnswer): string {
  if (!answer.accepted) return `Refused at step ${answer.refused.step} of the gate: ${answer.refused.reason}.`
  const { call, waitsFor } = answer
  return waitsFor ? `Waits until ${timeOf(call.notBefore)}: ${waitsFor.reason}.` : 'It will be placed now.'
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

await runScript(main)
