import type { EngineName } from '../../src/config/engine-schemas.ts'
import type { Clock } from '../../src/lib/clock.ts'
import type { Log } from '../../src/lib/log.ts'
import { startDeepgramEmulator } from '../../src/simulator/deepgram/deepgram-emulator.ts'
import { startElevenLabsAgentsEmulator } from '../../src/simulator/elevenlabs-agents/elevenlabs-agents-emulator.ts'
import { startElevenLabsVoiceEmulator } from '../../src/simulator/elevenlabs-voice/elevenlabs-voice-emulator.ts'
import { startLlmEmulator } from '../../src/simulator/llm/llm-emulator.ts'
import { RECEPTIONIST_SCRIPT } from '../../src/simulator/model/receptionist-script.ts'
import { type OpenAiEmulator, startOpenAiEmulator } from '../../src/simulator/openai/openai-emulator.ts'
import { startOpenAiLiveEmulator } from '../../src/simulator/openai-live/openai-live-emulator.ts'
import type { Scenario } from '../../src/simulator/scenario.ts'
import type { EmulatedService, Strike } from '../../src/simulator/service/emulated-service.ts'
import type { Fault } from '../../src/simulator/service/faults.ts'
import { startFront } from '../../src/simulator/service/front.ts'
import type { Hearing } from '../../src/simulator/service/hearing.ts'
import type { Speech } from '../../src/simulator/speech/speech.ts'
import { NOWHERE } from './nowhere.ts'

export interface EmulatedEnginesOptions {
  readonly scenario: Scenario
  readonly engine: EngineName
  readonly clock: Clock
  readonly log: Log
  readonly speech: Speech
  readonly hearing: Hearing
}

/** The providers of one rehearsal: those of the engine, and of the engines that may take over. */
export interface EmulatedEngines extends AsyncDisposable {
  readonly engine: EngineName
  readonly services: readonly EmulatedService[]
  /** OpenAI Realtime, where it takes part: its sessions show what the model remembers. */
  readonly openai: OpenAiEmulator | undefined
  /** How the server reaches them. */
  readonly env: Readonly<Record<string, string>>
  /** Where the language models of a cascade are. */
  readonly thinkersUrl: string | undefined
  /** The services of one engine, or of all, misbehave from now on. */
  strike(how: Strike, engine: EngineName | 'all'): void
}

const EMULATED_KEY = 'rehearsal-key'
const AGENT_ID = 'agent_rehearsal'
const VOICE_ID = 'voice_rehearsal'

/** Starts what the engines of a scenario need. Faults of the scenario befall its own engine, not those that take over. */
export async function startEmulatedEngines(options: EmulatedEnginesOptions): Promise<EmulatedEngines> {
  const { engine, scenario } = options
  await using starting = new AsyncDisposableStack()
  const names = new Set<EngineName>([engine, ...scenario.settings.rescue])
  const services = new Map<EngineName, readonly EmulatedService[]>()
  for (const name of names) {
    const faults = name === engine ? scenario.engine.faults : []
    const started = await STARTERS[name](options, faults)
    for (const service of started) starting.use(service)
    services.set(name, started)
  }
  const all = [...services.values()].flat()
  const find = (name: string) => all.find((service) => service.name === name)
  const openai = find('openai') as OpenAiEmulator | undefined
  const live = find('openai live')
  const front = starting.use(
    await startFront([
      ...routes('/v1/convai', find('elevenlabs agents')),
      ...routes('/v1/realtime', openai),
      ...routes('/v1/live', live),
      ...routes('/v1/text-to-speech', find('elevenlabs voice')),
    ]),
  )
  const running = starting.move()
  return {
    ...{ engine, services: all, openai },
    env: {
      ENGINE: engine,
      OPENAI_API_KEY: EMULATED_KEY,
      OPENAI_BASE_URL: `${front.baseUrl}/v1`,
      ANTHROPIC_API_KEY: EMULATED_KEY,
      ANTHROPIC_BASE_URL: NOWHERE,
      DEEPGRAM_API_KEY: EMULATED_KEY,
      DEEPGRAM_BASE_URL: find('deepgram')?.baseUrl ?? NOWHERE,
      ELEVENLABS_API_KEY: EMULATED_KEY,
      ELEVENLABS_AGENT_ID: AGENT_ID,
      ELEVENLABS_VOICE_ID: VOICE_ID,
      ELEVENLABS_BASE_URL: front.baseUrl,
    },
    thinkersUrl: find('llm')?.baseUrl,
    strike: (how, name) => {
      for (const service of name === 'all' ? all : (services.get(name) ?? [])) service.strike(how)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function routes(path: string, service: EmulatedService | undefined) {
  return service ? [{ path, baseUrl: service.baseUrl }] : []
}

type Starter = (options: EmulatedEnginesOptions, faults: readonly Fault[]) => Promise<readonly EmulatedService[]>

const STARTERS: Record<EngineName, Starter> = {
  openai: async (options, faults) => [
    await startOpenAiEmulator({ ...commonOf(options), faults, timing: timingOf(options) }),
  ],
  'openai-live': async (options, faults) => [
    await startOpenAiLiveEmulator({ ...commonOf(options), faults, timing: timingOf(options) }),
  ],
  elevenlabs: async (options, faults) => [
    await startElevenLabsAgentsEmulator({ ...commonOf(options), agentId: AGENT_ID, faults, timing: timingOf(options) }),
  ],
  cascade: startCascadeServices,
}

async function startCascadeServices(
  options: EmulatedEnginesOptions,
  faults: readonly Fault[],
): Promise<EmulatedService[]> {
  const common = commonOf(options)
  const of = (part: Part) => faults.filter((fault) => partOf(fault) === part)
  return [
    await startDeepgramEmulator({ ...common, faults: of('listener') }),
    await startLlmEmulator({ ...common, faults: of('thinker'), timing: thinkingOf(options) }),
    await startElevenLabsVoiceEmulator({ ...common, faults: of('speaker') }),
  ]
}

type Part = 'listener' | 'thinker' | 'speaker'

/** Which service of a cascade a fault befalls where the scenario does not say: the one that matches it best. */
function partOf({ fault, of, ...rest }: Fault): Part {
  if (of) return of
  if (fault === 'slow first audio' || fault === 'failed response' || fault === 'duplicate call') return 'thinker'
  return 'afterAudioMs' in rest && rest.afterAudioMs !== undefined ? 'speaker' : 'listener'
}

function commonOf({ scenario, clock, log, speech, hearing }: EmulatedEnginesOptions) {
  return { clock, log, speech, hearing, script: [...scenario.model, ...RECEPTIONIST_SCRIPT], apiKey: EMULATED_KEY }
}

function thinkingOf({ scenario }: EmulatedEnginesOptions) {
  const { thinkMs } = scenario.engine
  return thinkMs === undefined ? {} : { thinkMs }
}

function timingOf({ scenario }: EmulatedEnginesOptions) {
  const { faults: _, ...timing } = scenario.engine
  return timing
}
