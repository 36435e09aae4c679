import { z } from 'zod'
import { createCallBacks } from '../../src/business/call-backs.ts'
import { openCallLog } from '../../src/business/call-log.ts'
import { optOut } from '../../src/business/consent/opt-outs.ts'
import { createMessages } from '../../src/business/messages.ts'
import { createOfficers } from '../../src/business/officers/officers.ts'
import { createRouting } from '../../src/business/officers/routing.ts'
import { createOutbound } from '../../src/business/outbound/outbound.ts'
import { createOutbox } from '../../src/business/outbox.ts'
import { tellByText, tellOfficersByText } from '../../src/business/scheduling/appointment-texts.ts'
import { createAppointmentsByText } from '../../src/business/scheduling/appointments-by-text.ts'
import { createCalendarJob } from '../../src/business/scheduling/calendar-job.ts'
import { createReminderJob } from '../../src/business/scheduling/reminder-job.ts'
import { createScheduling, type Scheduling } from '../../src/business/scheduling/scheduling.ts'
import type { SchedulingParts } from '../../src/business/scheduling/scheduling-parts.ts'
import { addTask, finishTask } from '../../src/business/tasks.ts'
import { createHandToOffice } from '../../src/business/texting/hand-to-office.ts'
import { loadTextBook } from '../../src/business/texting/text-book.ts'
import { createTexting } from '../../src/business/texting/texting.ts'
import { createTransfers } from '../../src/business/transfers.ts'
import type { Job } from '../../src/jobs/job.ts'
import { createOutboundJobs } from '../../src/jobs/outbound-jobs.ts'
import { createTextAnswerJob, createTextSendJob } from '../../src/jobs/text-jobs.ts'
import { openWorker } from '../../src/jobs/worker.ts'
import type { Clock } from '../../src/lib/clock.ts'
import type { Database } from '../../src/storage/database.ts'
import { silentLog } from '../fakes/databases.ts'
import type { Life } from './life.ts'
import type { SimCalendar } from './sim-calendar.ts'
import type { SimCarrier } from './sim-carrier.ts'
import { COMPANY, OFFICE, OFFICERS_FILE, OURS, OUTBOUND, SCHEDULING } from './sim-office.ts'

/** One server of the house, as far as it writes: its life, and everything built over the one database. */
export type SimProcess = ReturnType<typeof startProcess>

const log = silentLog
const book = loadTextBook({ textsFile: 'config/texts.yaml', company: COMPANY, nmlsId: '1234567', phone: OURS })

export function startProcess(options: {
  life: Life
  database: Database
  clock: Clock
  carrier: Pick<SimCarrier, 'textsFor' | 'callsFor'>
  calendar: Pick<SimCalendar, 'for'>
}) {
  const { life, database, clock } = options
  const officers = createOfficers(database, { clock })
  const outbox = createOutbox(database, { clock })
  const routing = createRouting(database, { officers, settings: OFFICERS_FILE, office: OFFICE })
  const messages = createMessages(database, { clock })
  const calls = openCallLog(database, { clock, log })
  const parts: SchedulingParts = {
    ...{ database, clock, officers, routing, settings: SCHEDULING, office: OFFICE },
    calendar: options.calendar.for(life),
    tell: tellByText(book),
    brief: tellOfficersByText(book, { office: OFFICE, clock }),
    assign: (transaction, task) => addTask(transaction, task),
    finish: (transaction, task) => finishTask(transaction, task),
    runNow: (key) => worker.runNow(key),
  }
  const scheduling = createScheduling(parts)
  const outbound = createOutbound({
    ...{ database, clock, log, canShare: async () => true },
    carrier: options.carrier.callsFor(life),
    terms: { settings: OUTBOUND, callerId: OURS, seller: COMPANY, longestCallMs: 60 * 60_000 },
  })
  const texting = createTexting({
    ...{ database, book, clock, log, language: 'en-US', timeZone: OFFICE.timeZone },
    carrier: options.carrier.textsFor(life),
    settings: { enabled: true, channel: 'sms', number: OURS, perSecond: 3, pumping: { numbers: 20, minutes: 10 } },
    statusUrl: 'https://phone.example.com/sms/status',
    appointments: createAppointmentsByText({ scheduling, timeZone: OFFICE.timeZone, clock }),
    passOn: createHandToOffice(database, { clock }),
    hide: (words) => words,
  })
  const metrics = { outboxOldestAge: { set: () => {} } as never }
  const jobs: Job[] = [
    createTextSendJob(texting.send),
    createTextAnswerJob(texting.answer),
    createCalendarJob(parts),
    createReminderJob(parts),
    ...createOutboundJobs(outbound),
    callEndedJob(scheduling),
    messageTakenJob(database, clock),
  ]
  const worker = openWorker({ outbox, jobs, clock, log, metrics })
  return {
    ...{ life, database, clock, scheduling, texting, outbound, messages, calls, officers, worker },
    callBacks: createCallBacks({ database, clock, outbound, office: OFFICE }),
    transfers: createTransfers(database, { clock, log }),
    optOut: (request: Omit<Parameters<typeof optOut>[1], 'at'>) =>
      database.transaction().execute((transaction) => optOut(transaction, { ...request, at: clock.now() })),
  }
}

/** Of what follows from a call, the part that these runs are about. */
function callEndedJob(scheduling: Scheduling): Job<{ callId: string }> {
  return {
    topic: 'call.ended',
    payload: z.object({ callId: z.string() }),
    async run({ callId }) {
      await scheduling.keepHold(callId)
      return 'done'
    },
  }
}

function messageTakenJob(database: Database, clock: Clock): Job<{ messageId: string }> {
  return {
    topic: 'message.taken',
    payload: z.object({ messageId: z.string() }),
    async run({ messageId }) {
      const at = clock.now()
      const task = {
        key: `message:${messageId}`,
        kind: 'read message',
        messageId,
        dueAt: at,
        note: 'Read it.',
        at,
      } as const
      await database.transaction().execute((transaction) => addTask(transaction, task))
      return 'done'
    },
  }
}
