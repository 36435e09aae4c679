import { join } from 'node:path'
import { startEmulatedEngines } from '../scripts/rehearsal/emulated-engines.ts'
import { Performer } from '../scripts/rehearsal/performer.ts'
import { PUBLIC_URL, rehearsalConfig, TWILIO_ACCOUNT } from '../scripts/rehearsal/rehearsal-config.ts'
import { RehearsedCallLog } from '../scripts/rehearsal/rehearsed-call-log.ts'
import { Servers } from '../scripts/rehearsal/servers.ts'
import { createClock } from '../src/lib/clock.ts'
import { createLog } from '../src/lib/log.ts'
import { hidePrivate } from '../src/pipeline/privacy/redaction.ts'
import { scenarioSchema } from '../src/simulator/scenario.ts'
import { Hearing } from '../src/simulator/service/hearing.ts'
import { createSpeech } from '../src/simulator/speech/speech.ts'
import { startTwilioEmulator } from '../src/simulator/twilio/twilio-emulator.ts'

/** What the process of the call is told. */
export interface CanaryOrders {
  readonly folder: string
  readonly showPii: boolean
  /** As in a scenario's file. */
  readonly scenario: unknown
  /** What the server is made to log, as whatever a caller said is logged, when the call is over. */
  readonly logged: string
  /** Sent to the server after the call. */
  readonly requests: readonly { path: string; method?: string; headers?: Record<string, string>; body?: string }[]
}

export interface CanaryReport {
  /** Why the talk broke off, if it did. */
  readonly broken: string | undefined
  /** Status, headers and body of each request's answer, in order. */
  readonly answers: readonly string[]
  /** All that the emulated engine sent, as JSON. */
  readonly engineKnows: string
}

/**
 * One call in a process of its own, so that its standard output is the server's log as it is in production. Told by its
 * first message what to do; answers with what the server showed besides.
 */
process.once('message', (orders: CanaryOrders) => {
  void hold(orders).then((report) => process.send?.(report, () => process.exit(0)))
})

/** What two cores can pace without getting late, two calls at a time. */
const SPEED = 4
const CALL_PATIENCE_MS = 30_000

async function hold({ folder, showPii, scenario: raw, logged, requests }: CanaryOrders): Promise<CanaryReport> {
  const scenario = scenarioSchema.parse(raw)
  await using resources = new AsyncDisposableStack()
  const quiet = createLog({ level: 'silent' })
  const log = createLog({ level: 'trace', showPii, hide: hidePrivate })
  const clock = createClock(SPEED)
  const hearing = new Hearing()
  const speech = createSpeech({ log: quiet })
  const emulated = resources.use(
    await startEmulatedEngines({ scenario, engine: 'openai', clock, log: quiet, speech, hearing }),
  )
  let address = () => ''
  const twilio = resources.use(
    await startTwilioEmulator({
      ...{ ...TWILIO_ACCOUNT, clock, log: quiet, people: {}, faults: {} },
      reach: (url) => reach(url, address()),
    }),
  )
  const config = rehearsalConfig({
    ...{ scenario, folder, configDir: join(import.meta.dirname, '../config') },
    ...{ twilioBaseUrl: twilio.baseUrl, engineEnv: emulated.env, thinkersUrl: undefined },
  })
  const servers = resources.use(new Servers({ config, clock, speed: SPEED, log, apart: false }))
  address = () => servers.address
  await servers.start()
  const callLog = resources.use(await RehearsedCallLog.open(config, { clock, log: quiet }))
  const { from, to } = scenario.caller
  const call = twilio.placeCall({
    ...{ from, to, replies: {} },
    voiceUrl: `${PUBLIC_URL}/twilio/voice`,
    statusCallbackUrl: `${PUBLIC_URL}/twilio/status`,
    statusCallbackEvents: ['initiated', 'ringing', 'answered', 'completed'],
  })
  using performer = new Performer({
    ...{ call, voice: scenario.caller.voice, clock, hearing, servers, file: '', speech },
    strike: () => {},
    toolsCalled: () => emulated.services.flatMap((service) => service.toolsCalled),
    databaseFile: '',
    onStep: () => {},
    sendText: () => Promise.reject(new Error('nobody texts in this call')),
    officeCalls: () => Promise.reject(new Error('the office calls nobody here')),
  })
  const broken = await performer.perform(scenario.talk)
  if (broken) call.hangUp()
  await call.settled
  await callLog.untilEnded(call.callSid, CALL_PATIENCE_MS)
  log.info({ callSid: call.callSid, pii: { logged, words: [logged] } }, 'a line of the canary')
  return {
    broken,
    answers: await Promise.all(requests.map((request) => ask(servers.address, request))),
    engineKnows: JSON.stringify(emulated.openai?.sessions.map(({ record }) => record.sent)),
  }
}

async function ask(address: string, { path, ...request }: CanaryOrders['requests'][number]): Promise<string> {
  const response = await fetch(address + path, request)
  return `${response.status} ${JSON.stringify([...response.headers])}\n${await response.text()}`
}

function reach(publicUrl: string, address: string): string {
  const [from, to] = publicUrl.startsWith('ws')
    ? [PUBLIC_URL.replace(/^http/, 'ws'), address.replace(/^http/, 'ws')]
    : [PUBLIC_URL, address]
  return publicUrl.replace(from, to)
}
