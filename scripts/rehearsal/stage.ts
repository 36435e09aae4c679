import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Clock, createClock, sleep } from '../../src/lib/clock.ts'
import type { Scenario } from '../../src/simulator/scenario.ts'
import { Hearing } from '../../src/simulator/service/hearing.ts'
import { startTwilioEmulator, type TwilioEmulator } from '../../src/simulator/twilio/twilio-emulator.ts'
import { type EmulatedEngines, startEmulatedEngines } from './emulated-engines.ts'
import type { Evidence } from './evidence.ts'
import type { ScenarioFile } from './load-scenarios.ts'
import { NOWHERE } from './nowhere.ts'
import { Performer } from './performer.ts'
import { PUBLIC_URL, rehearsalConfig, TWILIO_ACCOUNT } from './rehearsal-config.ts'
import { RehearsedCallLog } from './rehearsed-call-log.ts'
import type { RehearsalOptions } from './run-scenario.ts'
import { Servers } from './servers.ts'
import { TalkFollower } from './talk-follower.ts'

/** How long a call may go on when the talk is over, and how long its record may take then. */
const END_PATIENCE_MS = 60_000
const RECORD_PATIENCE_MS = 40_000

interface StageParts {
  readonly options: RehearsalOptions
  readonly clock: Clock
  readonly folder: string
  readonly hearing: Hearing
  readonly emulated: EmulatedEngines | undefined
  readonly twilio: TwilioEmulator
  readonly servers: Servers
  readonly callLog: RehearsedCallLog
  readonly resources: AsyncDisposableStack
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
    const clock = createClock(speed)
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
    const config = rehearsalConfig({
      ...{ scenario, configDir, folder, twilioBaseUrl: twilio.baseUrl },
      engineEnv: emulated?.env ?? { ...provider, ENGINE: engine },
      thinkersUrl: emulated?.thinkersUrl,
    })
    const apart = scenario.talk.some((step) => step.do === 'kill server')
    const servers = building.use(new Servers({ config, clock, speed, log, apart }))
    address = () => servers.address
    for (let started = 0; started < scenario.servers; started += 1) await servers.start()
    const callLog = building.use(await RehearsedCallLog.open(config, { clock, log }))
    return new Stage({
      options,
      clock,
      folder,
      hearing,
      emulated,
      twilio,
      servers,
      callLog,
      resources: building.move(),
    })
  }

  async rehearse({ scenario, file }: ScenarioFile): Promise<Evidence> {
    const { options, clock, folder, hearing, emulated, twilio, servers, callLog } = this.#parts
    const { from, to, voice, stir, challenge } = scenario.caller
    const placedAt = clock.now()
    const call = twilio.placeCall({
      ...{ from, to, replies: challenge },
      ...(stir === 'A' ? {} : { params: { StirVerstat: VERSTAT[stir] } }),
      voiceUrl: `${PUBLIC_URL}/twilio/voice`,
      statusCallbackUrl: `${PUBLIC_URL}/twilio/status`,
      statusCallbackEvents: ['initiated', 'ringing', 'answered', 'completed'],
    })
    await using follower = new TalkFollower({ call, placedAt, callLog, clock, onTalk: options.onTalk })
    using performer = new Performer({
      ...{ call, voice, clock, hearing, servers, file, speech: options.speech },
      strike: (how, engines) => emulated?.strike(how, engines === 'own' ? options.engine : 'all'),
      toolsCalled: () => (emulated?.services ?? []).flatMap((service) => service.toolsCalled),
      databaseFile: join(folder, 'data', 'hearthline.sqlite'),
      onStep: (step) => follower.onStep(step),
    })
    const broken = (await performer.perform(scenario.talk)) ?? (await this.#untilOver(call.settled))
    if (broken) call.hangUp()
    await call.settled
    await callLog.untilEnded(call.callSid, RECORD_PATIENCE_MS)
    await follower.catchUp()
    const found = await callLog.find(call.callSid, placedAt)
    return {
      ...{ call, broken, emulated, ...found, speed: options.speed },
      steps: performer.done,
      utterances: performer.utterances,
      messages: await callLog.messages.ofCall(found.stored?.callId ?? call.callSid),
      recording: await this.#recordingOf(found.stored),
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

/** Chance is the same in every rehearsal. */
const SEED = 1

/** Where the public address really is, for webhooks and for the media socket. */
function reach(publicUrl: string, serverAddress: string): string {
  const isSocket = publicUrl.startsWith('ws')
  const base = isSocket ? serverAddress.replace(/^http/, 'ws') : serverAddress
  return publicUrl.replace(isSocket ? PUBLIC_URL.replace(/^http/, 'ws') : PUBLIC_URL, base)
}
