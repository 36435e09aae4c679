import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type CallLog, openCallLog } from '../src/business/call-log.ts'
import type { CallOverview } from '../src/business/call-rows.ts'
import { createMessages, type Message } from '../src/business/messages.ts'
import type { LedgerEntry } from '../src/call/facts.ts'
import { transcriptOf } from '../src/call/transcript.ts'
import { turnLatenciesOf } from '../src/call/turn-latency.ts'
import { loadStorageConfig } from '../src/config/load.ts'
import { systemClock } from '../src/lib/clock.ts'
import { HearthlineError } from '../src/lib/errors.ts'
import { createLog } from '../src/lib/log.ts'
import { openDatabase, whereIs } from '../src/storage/database.ts'
import { findingsTextOf } from './call-findings.ts'
import { seconds, talkOf, usageOf, waterfallOf } from './call-view.ts'
import { readCommandLine, runScript } from './command-line.ts'
import { tableOf } from './table.ts'

const USAGE = `The calls in the database.

  npm run -s calls                    the newest 20
  npm run -s calls -- --limit 100     more of them
  npm run -s calls -- <id>            one call: talk, what was noticed, latencies, cost, recording
                                      (our id or the carrier's, or the beginning of either)
  --json                              for programs`

type Call = CallOverview & { readonly entries: readonly LedgerEntry[] }

await runScript(main)

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine(
    {
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, limit: { type: 'string', default: '20' } },
    },
    USAGE,
  )
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1) {
    throw new HearthlineError('bad_argument', `--limit is ${values.limit}; give a whole number from 1 on.`)
  }
  const storage = loadStorageConfig()
  const log = createLog({ level: 'silent' })
  await using database = await openDatabase({ ...whereIs(storage), log })
  await using callLog = openCallLog(database, { clock: systemClock, log })
  const [id] = positionals
  if (id === undefined) {
    await list(callLog, limit, values.json)
    return 0
  }
  const call = await callLog.get(id)
  if (!call) throw new HearthlineError('call_unknown', `There is no call ${id}. \`npm run -s calls\` lists them.`)
  const messages = await createMessages(database, { clock: systemClock }).ofCall(call.callId)
  if (values.json) console.log(JSON.stringify({ ...call, ...derived(call), messages }, null, 2))
  else show(call, messages, storage.recordingsDir)
  return 0
}

async function list(callLog: CallLog, limit: number, json: boolean): Promise<void> {
  const calls = await callLog.recent({ limit })
  if (json) return console.log(JSON.stringify(calls, null, 2))
  if (calls.length === 0) return console.log('No calls yet. `npm run demo` places one.')
  const columns = ['call', 'rang', 'from', 'talked', 'turns', 'cost', 'ended']
  const rows = calls.map(({ callId, startedAt, from, outcome }) => [
    callId,
    new Date(startedAt).toISOString().slice(0, 19).replace('T', ' '),
    from ?? 'withheld',
    outcome ? seconds(outcome.talkedMs) : '-',
    outcome ? String(outcome.turns) : '-',
    outcome ? `$${outcome.costUsd.toFixed(4)}` : '-',
    outcome?.endReason ?? 'not ended',
  ])
  for (const line of tableOf(columns, rows)) console.log(line)
}

function show(call: Call, messages: readonly Message[], recordingsDir: string): void {
  const { callId, carrierCallId, startedAt, from, to, engine, agent, outcome, entries } = call
  console.log(`${callId} (${carrierCallId})`)
  console.log(`${new Date(startedAt).toISOString()}  from ${from ?? 'withheld'} to ${to}, ${agent} on ${engine}`)
  console.log(outcome ? `Ended: ${outcome.endReason}, after ${seconds(outcome.talkedMs)}` : 'Not ended.')
  section(
    'Talk, as it was heard',
    talkOf(entries).map(({ atMs, text }) => `${seconds(atMs).padStart(9)}  ${text}`),
  )
  section('What was noticed', findingsTextOf(entries))
  section('Latency, from the end of the caller’s speech', waterfallOf(entries))
  section('Messages taken', messages.length > 0 ? messages.map(describeMessage) : ['None.'])
  section('Usage', usageOf(entries))
  if (!outcome) return
  const { costUsd, priceVersion, interruptions, deadAirMs, summary, recordingFile } = outcome
  section('Record', [
    summary,
    `Interruptions: ${interruptions}. Dead air: ${seconds(deadAirMs)}.`,
    `Cost: $${costUsd.toFixed(4)} (prices ${priceVersion}).`,
    `Recording: ${recordingFile ? describeFile(join(recordingsDir, recordingFile)) : 'none'}.`,
  ])
}

function section(title: string, lines: readonly string[]): void {
  console.log(`\n${title}`)
  for (const line of lines) console.log(`  ${line}`)
}

function describeMessage({ name, callbackNumber, callerNumber, text, urgency }: Message): string {
  const number = callbackNumber ?? callerNumber ?? 'no number'
  return `${urgency === 'urgent' ? 'URGENT. ' : ''}${name ?? 'Recorded without us'}, ${number}: ${text}`
}

function describeFile(file: string): string {
  return existsSync(file) ? `${file} (${Math.round(statSync(file).size / 1024)} KiB)` : `${file} (not on this machine)`
}

/** What programs would otherwise have to read off the ledger themselves. */
function derived({ entries }: Call) {
  return { transcript: transcriptOf(entries), latencies: turnLatenciesOf(entries) }
}
