/**
 * Run as a process: `append-until-killed.ts <file>` begins a call and appends to it without end, several appends at a
 * time. Each line it prints is the seq of an entry that was acknowledged.
 */
import { openCallLog } from '../../src/business/call-log.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import { openDatabase } from '../../src/storage/database.ts'

const log = createLog({ level: 'silent' })
const database = await openDatabase({ file: process.argv[2] ?? '', log })
const callLog = openCallLog(database, { clock: systemClock, log })
const call = { callId: 'call_1', carrierCallId: 'CA1', from: undefined, to: '+16175550100', agent: 'a', engine: 'e' }
await callLog.begin({ ...call, startedAt: systemClock.now() })

async function appendForever(seq: number, step: number): Promise<never> {
  for (let next = seq; ; next += step) {
    await callLog.append('call_1', [{ seq: next, atMs: next, fact: { type: 'caller.pressed', digit: '1' } }])
    process.stdout.write(`${next}\n`)
  }
}

await Promise.all([1, 2, 3, 4].map((start) => appendForever(start, 4)))
