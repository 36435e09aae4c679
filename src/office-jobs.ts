import type { AfterCallParts } from './business/call-outcome/after-call-parts.ts'
import { createCallEndedJob } from './business/call-outcome/call-ended-job.ts'
import { createCallSettledJob } from './business/call-outcome/call-settled-job.ts'
import { createCallSummaryJob } from './business/call-outcome/call-summary-job.ts'
import type { Summariser } from './business/call-outcome/summariser.ts'
import type { Messages } from './business/messages.ts'
import { createMessageMailJob } from './business/messaging/message-mail-job.ts'
import type { MessageParts } from './business/messaging/message-parts.ts'
import { createMessageTakenJob } from './business/messaging/message-taken-job.ts'
import type { Officers } from './business/officers/officers.ts'
import { createCalendarJob } from './business/scheduling/calendar-job.ts'
import { createReminderJob } from './business/scheduling/reminder-job.ts'
import type { SchedulingParts } from './business/scheduling/scheduling-parts.ts'
import type { TextBook } from './business/texting/text-book.ts'
import { transcriptOf } from './call/transcript.ts'
import type { Config } from './config/schema.ts'
import type { Job } from './jobs/job.ts'
import { createOutboundJobs } from './jobs/outbound-jobs.ts'
import { createTextAnswerJob, createTextSendJob } from './jobs/text-jobs.ts'
import type { Clock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import { createMailer } from './mail/mailer.ts'
import type { OfficeHouse } from './office-house.ts'
import type { Database } from './storage/database.ts'

export interface OfficeJobsOptions {
  readonly config: Config
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly calls: AfterCallParts['calls']
  readonly messages: Messages
  readonly summariser: Summariser | undefined
  readonly book: TextBook
  readonly parts: SchedulingParts
  readonly officers: Officers
  readonly house: Pick<OfficeHouse, 'scheduling' | 'texting' | 'outbound' | 'routing' | 'transfers'>
}

/** What follows from what was saved, by topic. A new job is added here, and nowhere else in the composition. */
export function officeJobs(options: OfficeJobsOptions): Job[] {
  const { parts, house } = options
  const afterCall = afterCallParts(options)
  const message = messageParts(options)
  return [
    createCallEndedJob(afterCall),
    createCallSettledJob(afterCall),
    ...(afterCall.summariser ? [createCallSummaryJob({ ...afterCall, summariser: afterCall.summariser })] : []),
    createMessageTakenJob(message),
    createMessageMailJob({ ...message, company: options.config.company.name }),
    createCalendarJob(parts),
    createReminderJob(parts),
    createTextSendJob(house.texting.send),
    createTextAnswerJob(house.texting.answer),
    ...createOutboundJobs(house.outbound),
  ]
}

function afterCallParts(options: OfficeJobsOptions): AfterCallParts {
  const { config, database, clock, log, calls, summariser, book, officers, house } = options
  const { texting, scheduling, company } = config
  return {
    ...{ database, clock, log, calls, officers, summariser, transfers: house.transfers },
    readTranscript: transcriptOf,
    office: company,
    languages: company.languages,
    keepHold: (callId) => house.scheduling.keepHold(callId),
    texting: texting.enabled ? { book, hours: scheduling.reminderHours } : undefined,
  }
}

function messageParts(options: OfficeJobsOptions): MessageParts {
  const { config, database, clock, log, calls, messages, book, officers, house } = options
  return {
    ...{ database, clock, log, calls, messages, officers, routing: house.routing },
    readTranscript: transcriptOf,
    office: config.company,
    languages: config.company.languages,
    textBook: config.texting.enabled ? book : undefined,
    mailer: config.mail && createMailer({ ...config.mail, clock }),
  }
}
