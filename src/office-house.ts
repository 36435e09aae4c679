import { join } from 'node:path'
import type { AfterCallParts } from './business/call-outcome/after-call-parts.ts'
import type { Summariser } from './business/call-outcome/summariser.ts'
import type { Messages } from './business/messages.ts'
import { createOfficers, type Officers, syncOfficers } from './business/officers/officers.ts'
import { createRouting, type Routing } from './business/officers/routing.ts'
import { createTransferCandidates } from './business/officers/transfer-candidates.ts'
import { briefByText } from './business/officers/transfer-text.ts'
import { createOutbound, type Outbound } from './business/outbound/outbound.ts'
import { outboundTermsOf } from './business/outbound/outbound-terms.ts'
import { openRedisReach } from './business/outbound/redis-reach.ts'
import { createOutbox } from './business/outbox.ts'
import { tellByText, tellOfficersByText } from './business/scheduling/appointment-texts.ts'
import { appointmentsOfOfficer } from './business/scheduling/appointments.ts'
import { createAppointmentsByText } from './business/scheduling/appointments-by-text.ts'
import { createScheduling, type Scheduling } from './business/scheduling/scheduling.ts'
import type { SchedulingParts } from './business/scheduling/scheduling-parts.ts'
import { addTask, finishTask } from './business/tasks.ts'
import { createHandToOffice } from './business/texting/hand-to-office.ts'
import { loadTextBook, type TextBook } from './business/texting/text-book.ts'
import { createTexting, type Texting } from './business/texting/texting.ts'
import { createTransfers, type Transfers } from './business/transfers.ts'
import type { Calendar } from './calendar/calendar.ts'
import { createFeedTokens } from './calendar/feed-tokens.ts'
import { readGoogleCredentials } from './calendar/google-credentials.ts'
import { createOfficerFeed, type OfficerFeed } from './calendar/officer-feed.ts'
import { OfficerLegs } from './call/transfer/officer-legs.ts'
import type { OfficerLines } from './call/transfer/officer-lines.ts'
import type { Config } from './config/schema.ts'
import { type CarrierTerms, carrierPaths, outboundAddresses } from './http/carrier-terms.ts'
import { openWorker, type Worker } from './jobs/worker.ts'
import type { Clock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import type { Metrics } from './lib/metrics.ts'
import { officeJobs } from './office-jobs.ts'
import { hidePrivate } from './pipeline/privacy/redaction.ts'
import { hideInMessage } from './pipeline-house.ts'
import type { Database } from './storage/database.ts'
import { createOfficerRinger } from './telephony/officer-ringer.ts'
import { OfficerTelephones } from './telephony/officer-telephones.ts'
import { createOutboundPlacing } from './telephony/outbound-placing.ts'
import type { Carrier } from './telephony/twilio-carrier.ts'
import { createTwilioMessages } from './telephony/twilio-messages.ts'

/** What gets done for callers besides the talk: officers, their time, texts, calls of ours, and the jobs behind them. */
export interface OfficeHouse extends AsyncDisposable {
  readonly officers: Officers
  readonly routing: Routing
  readonly transfers: Transfers
  readonly legs: OfficerLegs
  /** Undefined without a number of ours to ring from. */
  readonly officerLines: OfficerLines | undefined
  readonly scheduling: Scheduling
  readonly officerFeed: OfficerFeed
  readonly texting: Texting
  readonly outbound: Outbound
  readonly worker: Worker
}

export interface OfficeHouseOptions {
  readonly config: Config
  readonly database: Database
  readonly carrier: Carrier
  readonly calls: AfterCallParts['calls']
  readonly messages: Messages
  /** Undefined: summaries are extracts. */
  readonly summariser: Summariser | undefined
  readonly terms: CarrierTerms
  readonly metrics: Metrics
  readonly clock: Clock
  readonly log: Log
}

export async function buildOffice(options: OfficeHouseOptions): Promise<OfficeHouse> {
  const { config, database, metrics, clock, log } = options
  await using resources = new AsyncDisposableStack()
  const { keptByOffice } = await syncOfficers(database, config.officers)
  if (keptByOffice.length > 0)
    log.warn({ officers: keptByOffice }, 'officers of the file give way to those of the office')
  const officers = createOfficers(database, { clock })
  const routing = createRouting(database, { officers, settings: config.officers, office: config.company })
  const book = textBookOf(config)
  const transfers = createTransfers(database, { clock, log, onBridged: briefByText(book) })
  const legs = new OfficerLegs()
  const parts: SchedulingParts = {
    ...{ database, clock, settings: config.scheduling, office: config.company, officers, routing },
    calendar: await calendarOf(options),
    tell: tellByText(book),
    brief: tellOfficersByText(book, { office: config.company, clock }),
    assign: addTask,
    finish: finishTask,
    runNow: (key) => worker.runNow(key),
  }
  const scheduling = createScheduling(parts)
  const texting = textingOf(options, { book, scheduling })
  const outbound = outboundOf(options, resources)
  const worker = resources.use(
    openWorker({
      ...{ outbox: createOutbox(database, { clock }), clock, log, metrics, redisUrl: config.storage.redisUrl },
      jobs: officeJobs({
        ...options,
        book,
        parts,
        officers,
        house: { scheduling, texting, outbound, routing, transfers },
      }),
    }),
  )
  const running = resources.move()
  return {
    ...{ officers, routing, transfers, legs, scheduling, texting, outbound, worker },
    officerFeed: officerFeedOf(options, officers),
    officerLines: officerLinesOf(options, { routing, transfers, legs }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** Its library takes a moment to load; nobody waits for it who has no such calendar. */
async function calendarOf({ config: { google }, clock, log }: OfficeHouseOptions): Promise<Calendar | undefined> {
  if (google.calendarCredentials === undefined) return undefined
  const credentials = readGoogleCredentials(google.calendarCredentials)
  const { createGoogleCalendar } = await import('./calendar/google-calendar.ts')
  return createGoogleCalendar({ credentials, baseUrl: google.baseUrl, clock, log })
}

function officerFeedOf({ config, database, clock }: OfficeHouseOptions, officers: Officers): OfficerFeed {
  return createOfficerFeed({
    tokens: createFeedTokens(config.twilio.signingTokens),
    async nameOf(officerId) {
      const entry = await officers.find(officerId)
      return entry?.active ? entry.officer.name : undefined
    },
    appointmentsOf: (officerId, startsAt, endsAt) => appointmentsOfOfficer(database, officerId, { startsAt, endsAt }),
    hide: (text) => hidePrivate(text),
    clock,
  })
}

function textBookOf({ configDir, company, texting }: Config): TextBook {
  return loadTextBook({
    textsFile: join(configDir, 'texts.yaml'),
    company: company.name,
    nmlsId: company.nmlsId,
    phone: texting.number ?? company.officePhone ?? '',
  })
}

function textingOf(
  { config, database, clock, log }: OfficeHouseOptions,
  { book, scheduling }: { book: TextBook; scheduling: Scheduling },
): Texting {
  const { timeZone } = config.company
  return createTexting({
    ...{ database, book, timeZone, clock, log },
    carrier: createTwilioMessages({ ...config.twilio, clock }),
    settings: config.texting,
    statusUrl: config.http.publicUrl + carrierPaths.smsStatus,
    appointments: createAppointmentsByText({ scheduling, timeZone, clock }),
    passOn: createHandToOffice(database, { clock }),
    hide: hideInMessage,
    language: config.agent.language,
  })
}

function outboundOf(
  { config, database, carrier, terms, clock, log }: OfficeHouseOptions,
  resources: AsyncDisposableStack,
): Outbound {
  const { redisUrl } = config.storage
  const reach = redisUrl === undefined ? undefined : resources.use(openRedisReach({ url: redisUrl, log }))
  const placing = createOutboundPlacing({
    ...config.twilio,
    addressesOf: outboundAddresses(config.http.publicUrl),
    ringSeconds: config.outbound.ringSeconds,
    timeLimitSeconds: terms.timeLimitSeconds,
  })
  const outbound = createOutbound({
    ...{ database, clock, log, terms: outboundTermsOf(config) },
    carrier: { ...placing, statusOf: (sid) => carrier.statusOf(sid) },
    canShare: async () => (await reach?.canShare()) ?? true,
  })
  // Their words are the evidence, and may hold more than the wish (RELIABILITY S24).
  const optOut: Outbound['optOut'] = (wish) => outbound.optOut({ ...wish, evidence: hideInMessage(wish.evidence) })
  return { ...outbound, optOut }
}

function officerLinesOf(
  { config: { twilio, officers }, carrier, terms, clock, log }: OfficeHouseOptions,
  { routing, transfers, legs }: Pick<OfficeHouse, 'routing' | 'transfers' | 'legs'>,
): OfficerLines | undefined {
  const { phoneNumber: from } = twilio
  if (from === undefined) {
    if (officers.officers.length > 0) log.warn('officers cannot be rung: TWILIO_PHONE_NUMBER is not set')
    return undefined
  }
  const ringer = createOfficerRinger({ ...twilio, carrier, from, terms })
  const telephones = new OfficerTelephones(ringer, transfers)
  return {
    ...{ legs, book: transfers, candidates: createTransferCandidates(routing, clock) },
    ring: (leg) => telephones.ring({ ...leg, phone: leg.candidate.phone }),
    letGo: (legId, words) => telephones.letGo(legId, words),
    letGoOf: (callId) => telephones.letGoOf(callId),
    areTogether: (conference) => ringer.areTogether(conference),
  }
}
