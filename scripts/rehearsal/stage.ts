import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { outboundTermsOf } from '../../src/business/outbound/outbound-terms.ts'
import { sleep } from '../../src/lib/clock.ts'
import type { Scenario } from '../../src/simulator/scenario.ts'
import type { TalkStep } from '../../src/simulator/scenario-steps.ts'
import { Hearing } from '../../src/simulator/service/hearing.ts'
import type { EmulatedCall } from '../../src/simulator/twilio/emulated-call.ts'
import { startTwilioEmulator, type TwilioEmulator } from '../../src/simulator/twilio/twilio-emulator.ts'
import { type EmulatedEngines, startEmulatedEngines } from './emulated-engines.ts'
import { type Evidence, isSpokenWith } from './evidence.ts'
import type { ScenarioFile } from './load-scenarios.ts'
import { NOWHERE } from './nowhere.ts'
import type { OfficeCalls } from './office-calls.ts'
import { Performer } from './performer.ts'
import { pickedUp, placedLeg } from './placed-legs.ts'
import { PUBLIC_URL, rehearsalConfig, TWILIO_ACCOUNT } from './rehearsal-config.ts'
import { type RehearsedCalendars, startCalendars } from './rehearsed-calendars.ts'
import { RehearsedCallLog } from './rehearsed-call-log.ts'
import type { RehearsalOptions } from './run-scenario.ts'
import { Servers } from './servers.ts'
import { TalkFollower } from './talk-follower.ts'
import { createWorldClock, momentAt, type WorldClock } from './world-clock.ts'

/** How long a call may go on when the talk is over, and how long its record may take then. */
const END_PATIENCE_MS = 60_000
const RECORD_PATIENCE_MS = 40_000
/** A call that may not leave would have left by then. */
const NO_CALL_MS = 5_000
/** The servers start so long before anything is to happen at a time of day. */
const EARLIER_MS = 10 * 60_000

interface StageParts {
  readonly options: RehearsalOptions
  readonly clock: WorldClock
  readonly folder: string
  readonly hearing: Hearing
  readonly emulated: EmulatedEngines | undefined
  readonly twilio: TwilioEmulator
  readonly calendars: RehearsedCalendars | undefined
  readonly servers: Servers
  readonly callLog: RehearsedCallLog
  readonly office: OfficeCalls
  readonly resources: AsyncDisposableStack
}

/** The other party of a call, and what they do. */
interface Party {
  readonly number: string
  /** Ours. */
  readonly ours: string
  readonly voice: Scenario['caller']['voice']
  readonly talk: readonly TalkStep[]
}

/** Where one rehearsal takes place. */
export class Stage implements AsyncDisposable {
  readonly #parts: StageParts

  private constructor(parts: StageParts) {
    this.#parts = parts
  }

  static async build(scenario: Scenario, options: RehearsalOptions): Promise<Stage> {
    const { speed, speech, log, configDir, engine, provider } = options
    await using building = new AsyncDisposableStack()
    const clock = createWorldClock(speed)
    const moment = momentOf(scenario, clock.now())
    if (moment !== undefined) clock.goTo(moment - EARLIER_MS)
    const folder = options.folder ?? (await temporaryFolder(building))
    const hearing = new Hearing()
    const emulated = provider
      ? undefined
      : building.use(await startEmulatedEngines({ scenario, engine, clock, log, speech, hearing }))
    // The servers know the carrier's address and the carrier theirs: it asks for it when it calls.
    let address = () => NOWHERE
    const twilio = building.use(
      await startTwilioEmulator({
        ...TWILIO_ACCOUNT,
        ...{ clock, log, people: scenario.people, faults: { ...scenario.carrier.faults } },
        // In a folder that is kept, a second call must not have the id of the first.
        ...(options.folder === undefined ? { seed: SEED } : {}),
        reach: (url) => reach(url, address()),
      }),
    )
    const calendars = await startCalendars(scenario, clock)
    if (calendars) building.use(calendars)
    const config = rehearsalConfig({
      ...{ scenario, configDir, folder, twilioBaseUrl: twilio.baseUrl, calendarEnv: calendars?.env },
      engineEnv: emulated?.env ?? { ...provider, ENGINE: engine },
      thinkersUrl: emulated?.thinkersUrl,
    })
    const apart = scenario.talk.some((step) => step.do === 'kill server')
    const servers = building.use(new Servers({ config, clock, speed, log, apart }))
    address = () => servers.address
    for (let started = 0; started < scenario.servers; started += 1) await servers.start()
    const callLog = building.use(await RehearsedCallLog.open(config, { clock, log }))
    const office = callLog.office(outboundTermsOf(config))
    if (moment !== undefined) clock.goTo(moment)
    return new Stage({
      options,
      clock,
      folder,
      hearing,
      emulated,
      twilio,
      calendars,
      servers,
      callLog,
      office,
      resources: building.move(),
    })
  }

  async rehearse(scenarioFile: ScenarioFile): Promise<Evidence> {
    const { called, calledBack, caller, talk } = scenarioFile.scenario
    if (called) {
      const party = { ...called, ours: caller.to, talk }
      return this.#live(await this.#called(scenarioFile.scenario), party, scenarioFile)
    }
    const party = { ...caller, number: caller.from, ours: caller.to, talk }
    const evidence = await this.#live(this.#caller(caller), party, scenarioFile)
    if (!calledBack) return evidence
    const known = this.#known()
    this.#parts.clock.goTo(this.#parts.clock.now() + calledBack.laterMs)
    const leg = await placedLeg(this.#parts.twilio, { ...party, known, clock: this.#parts.clock })
    return { ...evidence, calledBack: await this.#live(leg, { ...party, talk: calledBack.talk }, scenarioFile) }
  }

  #caller({ from, to, stir, challenge }: Scenario['caller']): EmulatedCall {
    return this.#parts.twilio.placeCall({
      ...{ from, to, replies: challenge },
      ...(stir === 'A' ? {} : { params: { StirVerstat: VERSTAT[stir] } }),
      voiceUrl: `${PUBLIC_URL}/twilio/voice`,
      statusCallbackUrl: `${PUBLIC_URL}/twilio/status`,
      statusCallbackEvents: ['initiated', 'ringing', 'answered', 'completed'],
    })
  }

  /** The office asks for a call; undefined where none leaves. */
  async #called({ called }: Scenario): Promise<EmulatedCall | undefined> {
    if (!called) return undefined
    const { office, twilio, clock } = this.#parts
    const known = this.#known()
    const answer = await office.ask(called)
    const leaves = answer.accepted && !answer.waitsFor
    return placedLeg(twilio, { ...called, known, clock }, leaves ? undefined : NO_CALL_MS)
  }

  /** One call from its first ring to its record; undefined is one that was never placed. */
  async #live(call: EmulatedCall | undefined, party: Party, file: ScenarioFile): Promise<Evidence> {
    const { options, clock, callLog } = this.#parts
    if (!call) return this.#gather(call, party, { broken: party.talk[0] && 'we placed no call' })
    const { placedAt } = call
    await using follower = new TalkFollower({ call, placedAt, callLog, clock, onTalk: options.onTalk })
    using performer = this.#performer(call, party, { file, follower })
    if (call.direction !== 'inbound') await pickedUp(call, clock)
    const broken = (await performer.perform(party.talk)) ?? (await this.#untilOver(call.settled))
    if (broken) call.hangUp()
    await call.settled
    const legs = [...this.#parts.twilio.calls.values()].filter((leg) => leg !== call)
    const left = await this.#untilOver(Promise.all(legs.map((leg) => leg.settled)))
    if (isSpokenWith(call)) await callLog.untilEnded(call.callSid, RECORD_PATIENCE_MS)
    await follower.catchUp()
    const { done: steps, utterances } = performer
    return this.#gather(call, party, {
      ...{ steps, utterances, broken: broken ?? (left && `a leg that was dialled: ${left}`) },
    })
  }

  #performer(
    call: EmulatedCall,
    { number, ours, voice }: Party,
    { file: { file, scenario }, follower }: { file: ScenarioFile; follower: TalkFollower },
  ): Performer {
    const { options, clock, folder, hearing, emulated, twilio, servers } = this.#parts
    return new Performer({
      ...{ call, voice, clock, hearing, servers, file, speech: options.speech },
      strike: (how, engines) => emulated?.strike(how, engines === 'own' ? options.engine : 'all'),
      sendText: (body) => twilio.messages.receive({ from: number, to: ours, body, smsUrl: `${PUBLIC_URL}/twilio/sms` }),
      officeCalls: async () => {
        await this.#untilOver(call.settled)
        await this.#called(scenario)
      },
      toolsCalled: () => (emulated?.services ?? []).flatMap((service) => service.toolsCalled),
      databaseFile: join(folder, 'data', 'hearthline.sqlite'),
      onStep: (step) => follower.onStep(step),
    })
  }

  async #gather(
    call: EmulatedCall | undefined,
    { number }: Party,
    { steps = [], utterances = [], broken }: Partial<Pick<Evidence, 'steps' | 'utterances' | 'broken'>>,
  ): Promise<Evidence> {
    const { options, emulated, twilio, calendars, callLog } = this.#parts
    const found = call ? await callLog.find(call.callSid, call.placedAt) : { stored: undefined, entries: [] }
    const callId = found.stored?.callId ?? call?.callSid
    return {
      ...{ call, emulated, ...found, steps, utterances, broken, speed: options.speed },
      legs: [...twilio.calls.values()].filter((leg) => leg !== call),
      conferences: twilio.conferences,
      texts: twilio.messages.texts,
      events: calendars?.events() ?? [],
      ...(await callLog.ofNumber(number)),
      messages: callId === undefined ? [] : await callLog.messages.ofCall(callId),
      recording: await this.#recordingOf(found.stored),
      calledBack: undefined,
    }
  }

  async copyRecording({ recording, stored }: Evidence, target: string): Promise<string | undefined> {
    const name = stored?.outcome?.recordingFile
    if (!recording || !name) return undefined
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(this.#parts.folder, 'recordings', name), target)
    return target
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.resources.disposeAsync()
  }

  #known(): ReadonlySet<string> {
    return new Set(this.#parts.twilio.calls.keys())
  }

  async #untilOver(settled: Promise<unknown>): Promise<string | undefined> {
    const late = new AbortController()
    const patience = sleep(this.#parts.clock, END_PATIENCE_MS, late.signal).then(
      () => `the call was not over ${END_PATIENCE_MS / 1000} s after the talk`,
      () => undefined,
    )
    const outcome = await Promise.race([settled.then(() => undefined), patience])
    late.abort()
    return outcome
  }

  async #recordingOf(stored: Evidence['stored']): Promise<Buffer | undefined> {
    if (!stored) return undefined
    return await readFile(join(this.#parts.folder, 'recordings', `${stored.callId}.wav`)).catch(() => undefined)
  }
}

async function temporaryFolder(owner: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hearthline-rehearsal-'))
  owner.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** In the carrier's words; undefined: the call carries no signature. An A is what the emulator sends unless told. */
const VERSTAT: Readonly<Record<Exclude<Scenario['caller']['stir'], 'A'>, string | undefined>> = {
  B: 'TN-Validation-Passed-B',
  C: 'TN-Validation-Passed-C',
  failed: 'TN-Validation-Failed-C',
  none: undefined,
}

function momentOf({ at, called, caller }: Scenario, now: number): number | undefined {
  return at === undefined ? undefined : momentAt(at, called?.number ?? caller.from, now)
}

/** Chance is the same in every rehearsal. */
const SEED = 1

/** Where the public address really is, for webhooks and for the media socket. */
function reach(publicUrl: string, serverAddress: string): string {
  const isSocket = publicUrl.startsWith('ws')
  const base = isSocket ? serverAddress.replace(/^http/, 'ws') : serverAddress
  return publicUrl.replace(isSocket ? PUBLIC_URL.replace(/^http/, 'ws') : PUBLIC_URL, base)
}
