import type { AddressInfo } from 'node:net'
import { openCallLog } from './business/call-log.ts'
import { asksNotToBeContacted } from './business/consent/opt-out-words.ts'
import { createOptOuts } from './business/consent/opt-outs.ts'
import { normaliseNumber } from './business/contacts.ts'
import { createMessages } from './business/messages.ts'
import { keepRecordedMessage } from './business/messaging/recorded-message.ts'
import { wantsNoCalls } from './business/outbound/stop-words.ts'
import { openScreening, type ScreeningOptions } from './business/screening/screening.ts'
import { startStorageWatch } from './business/storage-watch.ts'
import { countFact, measureCall } from './call/call-metrics.ts'
import type { CallServices } from './call/call-services.ts'
import { startReconciler } from './call/reconciler.ts'
import { Switchboard, type SwitchboardOptions } from './call/switchboard.ts'
import { buildCallHouse } from './call-house.ts'
import type { Config } from './config/schema.ts'
import { buildSummariser } from './engine-house.ts'
import { EnginePool } from './engines/engine-pool.ts'
import { createCarrierTerms } from './http/carrier-terms.ts'
import { createServer } from './http/server.ts'
import { type Clock, sleep } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import { createMetrics } from './lib/metrics.ts'
import { buildOffice } from './office-house.ts'
import { isWritable, openDatabase, whereIs } from './storage/database.ts'
import { createTwilioCarrier, isCallOver } from './telephony/twilio-carrier.ts'
import { createTwilioLookup } from './telephony/twilio-lookup.ts'
import { buildTools } from './tool-house.ts'

export interface App extends AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:3000`. */
  readonly address: string
  readonly switchboard: Switchboard
  /**
   * Takes no new calls from now on and resolves when the live ones are over. At the deadline, or when the signal
   * aborts, they are handed over (RELIABILITY F8).
   */
  drain(options: { deadlineMs: number; signal?: AbortSignal }): Promise<void>
}

/** How long a talk with a person may last before the carrier ends it (RELIABILITY S9). */
const PERSON_TIME_LIMIT_SECONDS = 4 * 3600
const DRAIN_LOOK_MS = 100
/** No caller waits so long for it, but what comes late is known the next time they ring. */
const LOOKUP_TIMEOUT_MS = 3_000
/** How long calls that were handed over may take to leave. */
const LEAVE_MS = 15_000

/** Builds every object once, by hand, and starts to listen. */
export async function startApp(config: Config, { clock, log }: { clock: Clock; log: Log }): Promise<App> {
  await using resources = new AsyncDisposableStack()
  const metrics = resources.use(createMetrics())
  const database = resources.use(await openDatabase({ ...whereIs(config.storage), log }))
  const callLog = resources.use(openCallLog(database, { clock, log }))
  const messages = createMessages(database, { clock })
  const carrier = createTwilioCarrier({ ...config.twilio, clock, log })
  const terms = createCarrierTerms({
    ...config.http,
    ringSeconds: config.calls.ringTimeoutSeconds,
    timeLimitSeconds: PERSON_TIME_LIMIT_SECONDS,
  })
  const shared = { config, database, clock, log }
  const summariser = buildSummariser(config, log)
  const office = resources.use(
    await buildOffice({ ...shared, carrier, terms, metrics, calls: callLog, messages, summariser }),
  )
  const tools = buildTools({ ...shared, messages, office })
  const house = await buildCallHouse({ config, tools, clock, log })
  const engines = new EnginePool({
    ...house.engines,
    clock,
    onBreaker: (provider, open) => metrics.providerBreakerOpen.labels(provider).set(open ? 1 : 0),
  })
  const services: CallServices = {
    ...house,
    engines,
    store: callLog,
    officerLines: office.officerLines,
    outbound: { wantsNoCalls, optOut: (wish) => office.outbound.optOut(wish) },
    contacts: { asksForNone: asksNotToBeContacted, ...createOptOuts(database, { clock }) },
    onFact(fact) {
      countFact(metrics, fact)
      // What it wrote is to happen now, and not at the worker's next look.
      if (fact.type === 'tool.ended') office.worker.nudge()
    },
    onStage: (stage, tookMs) => metrics.stageDuration.labels(stage).observe(tookMs / 1000),
    onEnded(endReason, entries) {
      measureCall(metrics, { endReason, entries })
      office.worker.nudge()
    },
  }
  const storage = resources.use(startStorageWatch(() => isWritable(database), clock))
  const screener = config.screening.enabled
    ? resources.use(openScreening(database, screeningOptions(config, { callLog, clock, log }))).screener
    : undefined
  const switchboard = new Switchboard({
    services,
    screener,
    capacity: config.calls.maxConcurrent,
    normaliseNumber,
    overflow: () => overflowOf(config),
    storageDown: () => storage.isDown,
    onTurnedAway: (because) => metrics.admissionRejected.labels(because).inc(),
  })
  const server = await createServer({
    config,
    switchboard,
    carrier,
    metrics,
    clock,
    log,
    rescue: house.rescue,
    terms,
    officerLegs: office.legs,
    transferNews: office.transfers,
    texts: office.texting,
    officerFeed: office.officerFeed,
    outbound: office.outbound,
    isDatabaseReady: () => isWritable(database),
    messageLeft: keepRecordedMessage({ callLog, messages, clock }),
  })
  resources.use(
    startReconciler({
      ...services,
      isLive: (carrierCallId) => switchboard.holds(carrierCallId),
      isOver: (carrierCallId) => isCallOver(carrier, carrierCallId),
    }),
  )
  resources.defer(() => server.close())
  resources.defer(() => switchboard.closeAll('shut down'))
  await server.listen({ host: config.http.host, port: config.http.port })
  const running = resources.move()

  return {
    address: addressOf(server.server.address() as AddressInfo),
    switchboard,
    drain: (options) => drain(switchboard, handOverTarget(config, house.rescue), clock, options),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function screeningOptions(
  { screening, storage, twilio }: Config,
  shared: Pick<ScreeningOptions, 'callLog' | 'clock' | 'log'>,
): ScreeningOptions {
  const reputation = screening.lookup === 'line type and reputation'
  const lookup = createTwilioLookup({ ...twilio, timeoutMs: LOOKUP_TIMEOUT_MS })
  return {
    ...shared,
    settings: screening,
    redisUrl: storage.redisUrl,
    lookUp: screening.lookup === 'off' ? undefined : (number) => lookup.lookUp(number, { reputation }),
  }
}

function overflowOf({ overflow, company }: Config): ReturnType<SwitchboardOptions['overflow']> {
  if (overflow === 'busy') return 'busy'
  return overflow === 'person' && company.officePhone
    ? { to: 'person', number: company.officePhone }
    : { to: 'message' }
}

/** With an address of its own this process is one of many: another can take its calls up where they stand. */
function handOverTarget({ http }: Config, rescue: CallServices['rescue']) {
  return () => (http.instanceUrl === http.publicUrl ? rescue() : ({ to: 'resume' } as const))
}

async function drain(
  switchboard: Switchboard,
  handOverTo: ReturnType<typeof handOverTarget>,
  clock: Clock,
  { deadlineMs, signal }: { deadlineMs: number; signal?: AbortSignal },
): Promise<void> {
  switchboard.drain()
  const untilEmpty = async (untilMs: number, stop?: AbortSignal) => {
    while (!switchboard.isEmpty && clock.monotonicMs() < untilMs && !stop?.aborted) await sleep(clock, DRAIN_LOOK_MS)
  }
  await untilEmpty(clock.monotonicMs() + deadlineMs, signal)
  if (switchboard.isEmpty) return
  await switchboard.handOverAll(handOverTo())
  await untilEmpty(clock.monotonicMs() + LEAVE_MS)
}

function addressOf({ address, port, family }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}
