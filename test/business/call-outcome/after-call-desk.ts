import { openCallLog } from '../../../src/business/call-log.ts'
import type { AfterCallParts } from '../../../src/business/call-outcome/after-call-parts.ts'
import { createCallEndedJob } from '../../../src/business/call-outcome/call-ended-job.ts'
import { createCallSettledJob } from '../../../src/business/call-outcome/call-settled-job.ts'
import { createMessages, type NewMessage } from '../../../src/business/messages.ts'
import { createMessageMailJob } from '../../../src/business/messaging/message-mail-job.ts'
import type { MessageParts } from '../../../src/business/messaging/message-parts.ts'
import { createMessageTakenJob } from '../../../src/business/messaging/message-taken-job.ts'
import { createOfficers, syncOfficers } from '../../../src/business/officers/officers.ts'
import { createRouting } from '../../../src/business/officers/routing.ts'
import { createOutbox } from '../../../src/business/outbox.ts'
import { loadTextBook } from '../../../src/business/texting/text-book.ts'
import { createTransfers } from '../../../src/business/transfers.ts'
import type { CallRecord } from '../../../src/call/call-store.ts'
import type { CallFact } from '../../../src/call/facts.ts'
import { transcriptOf } from '../../../src/call/transcript.ts'
import { type OfficersFile, officersFileSchema, type WeeklyHours } from '../../../src/config/officers-schema.ts'
import type { Job, JobEnd } from '../../../src/jobs/job.ts'
import type { Database } from '../../../src/storage/database.ts'
import { type DatabasePlace, silentLog } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { someOfficer } from '../officers/some-officer.ts'
import { CALLER, ledgerOf } from './ledger.ts'

/** Friday, 20 November 2026, 10:00 in New York. */
export const TEN_OCLOCK = Date.UTC(2026, 10, 20, 15)

const DAY = { opensAtMinute: 9 * 60, closesAtMinute: 17 * 60 }
const WEEK: WeeklyHours = {
  ...{ monday: DAY, tuesday: DAY, wednesday: DAY, thursday: DAY, friday: DAY },
  ...{ saturday: 'closed', sunday: 'closed' },
}
export const OFFICE = { timeZone: 'America/New_York', hours: { ...WEEK, holidays: ['2026-11-26'] } }
const TEXT_HOURS = { mondayToSaturday: DAY, sunday: 'closed' } as const

export type Mailed = Parameters<NonNullable<MessageParts['mailer']>['send']>[0]

/** An office with two officers, Dana and Lee, in which calls end. */
export async function openAfterCallDesk(place: DatabasePlace, { at = TEN_OCLOCK }: { at?: number } = {}) {
  const resources = new AsyncDisposableStack()
  resources.use(place)
  const database = resources.use(await place.open())
  const clock = new FakeClock(at)
  const calls = resources.use(openCallLog(database, { clock, log: silentLog }))
  const dana = someOfficer('dana', { name: 'Dana Lee', email: 'dana@example.com' })
  const file: OfficersFile = { ...officersFileSchema.parse({}), officers: [dana, someOfficer('lee')] }
  await syncOfficers(database, file)
  const officers = createOfficers(database, { clock })
  const messages = createMessages(database, { clock })
  const transfers = createTransfers(database, { clock, log: silentLog })
  const book = loadTextBook({
    ...{ textsFile: 'config/texts.yaml', company: 'Acme', nmlsId: '1', phone: '+16175550100' },
  })
  const mailed: Mailed[] = []
  const heldCalls = new Set<string>()
  const shared = { database, clock, log: silentLog, calls, readTranscript: transcriptOf, officers, office: OFFICE }
  const languages = ['en-US', 'es-US']
  const afterCall: AfterCallParts = {
    ...{ ...shared, languages, transfers, texting: { book, hours: TEXT_HOURS }, summariser: undefined },
    keepHold: async (callId) => heldCalls.has(callId),
  }
  const routing = createRouting(database, { officers, settings: file, office: OFFICE })
  const passing: MessageParts = {
    ...{ ...shared, languages, messages, routing, textBook: book },
    mailer: { send: async (mail) => void mailed.push(mail) },
  }
  return {
    ...{ database, clock, calls, officers, messages, transfers, mailed, heldCalls, afterCall, passing },
    outbox: createOutbox(database, { clock }),
    callEnded: createCallEndedJob(afterCall),
    callSettled: createCallSettledJob(afterCall),
    messageTaken: createMessageTakenJob(passing),
    messageMail: createMessageMailJob({ ...passing, company: 'Acme' }),
    take: (more: Partial<NewMessage> = {}) => messages.take({ ...MESSAGE, ...more }),
    call: (facts: readonly CallFact[], more: Partial<EndedCallOptions> = {}) =>
      endCall(calls, { callId: 'call_1', from: CALLER, startedAt: clock.now() - 60_000, facts, ...more }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

const MESSAGE: NewMessage = {
  ...{ callId: 'call_1', idempotencyKey: 'call_1:take_message:abc', callerNumber: CALLER, name: 'Ada Byron' },
  ...{ callbackNumber: undefined, text: 'Please call me about my documents.', urgency: 'normal' },
}

interface EndedCallOptions extends Partial<Pick<CallRecord, 'endReason' | 'turns' | 'robocall'>> {
  readonly callId: string
  readonly from: string | undefined
  readonly startedAt: number
  readonly facts: readonly CallFact[]
}

async function endCall(
  calls: ReturnType<typeof openCallLog>,
  { callId, from, startedAt, facts, endReason = 'caller hung up', turns = 3, robocall = false }: EndedCallOptions,
): Promise<void> {
  const to = '+16175550100'
  await calls.begin({ ...{ callId, carrierCallId: `CA${callId}`, from, to, startedAt }, agent: 'a', engine: 'openai' })
  // Written together with those of other calls in a while, by a clock that stands still; or at once when the call ends.
  const appended = calls.append(callId, ledgerOf(facts))
  await calls.end({
    ...{ callId, endedAt: startedAt + 60_000, endReason, talkedMs: 60_000, turns, interruptions: 0, deadAirMs: 0 },
    ...{ costUsd: 0, priceVersion: '1', recordingFile: undefined, summary: '', ...(robocall && { robocall }) },
  })
  await appended
}

/** Runs the outbox rows of a job's topic as a worker does: each `times` times, as if its process died before it said so. */
export async function runRows<Payload>(
  { outbox }: { outbox: ReturnType<typeof createOutbox> },
  job: Job<Payload>,
  { times = 1 }: { times?: number } = {},
): Promise<JobEnd[]> {
  const ends: JobEnd[] = []
  for (const item of await outbox.claim({ topics: [job.topic], limit: 10, leaseMs: 60_000 })) {
    const context = { key: item.key, attempts: 1, signal: new AbortController().signal }
    for (let time = 0; time < times; time += 1) ends.push(await job.run(job.payload.parse(item.payload), context))
    if (ends.at(-1) === 'done') await outbox.done(item)
  }
  return ends
}

/** All rows a run may write, without what differs from run to run. */
export async function writtenIn(database: Database) {
  const tables = ['contacts', 'contact_facts', 'call_outcomes', 'tasks', 'texts', 'consent_events'] as const
  const rows = await Promise.all(tables.map((table) => database.selectFrom(table).selectAll().execute()))
  const keys = await database.selectFrom('outbox').select('key').orderBy('id').execute()
  return { rows, keys }
}
