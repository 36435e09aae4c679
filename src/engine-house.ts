import { createHash } from 'node:crypto'
import type { EngineName } from './config/engine-schemas.ts'
import type { Config } from './config/schema.ts'
import { createCascadeEngine } from './engines/cascade/cascade-engine.ts'
import { createFluxListener } from './engines/cascade/deepgram/flux-listener.ts'
import { createNovaListener } from './engines/cascade/deepgram/nova-listener.ts'
import { createElevenLabsSpeaker } from './engines/cascade/elevenlabs-voice/elevenlabs-speaker.ts'
import type { Listener } from './engines/cascade/listener.ts'
import type { Thinker } from './engines/cascade/thinker.ts'
import { createAnthropicThinker } from './engines/cascade/thinkers/anthropic-thinker.ts'
import { type CallSummariser, createCallSummariser } from './engines/cascade/thinkers/call-summariser.ts'
import { createOpenAiThinker } from './engines/cascade/thinkers/openai-thinker.ts'
import { createElevenLabsAgentEngine } from './engines/elevenlabs/elevenlabs-agent-engine.ts'
import { AGENTS_MODEL } from './engines/elevenlabs/usage-meter.ts'
import type { Engine, EngineCapabilities } from './engines/engine.ts'
import type { EnginePoolOptions } from './engines/engine-pool.ts'
import { createOpenAiEngine } from './engines/openai/openai-engine.ts'
import { createOpenAiLiveEngine } from './engines/openai-live/openai-live-engine.ts'
import type { Clock } from './lib/clock.ts'
import { HearthlineError } from './lib/errors.ts'
import type { Log } from './lib/log.ts'

export interface EngineHouse extends Pick<EnginePoolOptions, 'engines' | 'order'> {
  /** Everything that is billed, as the price table names it. */
  readonly models: readonly string[]
}

/**
 * The engines that calls run on, and which of them serves which call. A new vendor is added here, and nowhere else in
 * the composition.
 * @throws HearthlineError `engine_unfit` when an engine that is to take calls cannot do what is required of it.
 */
export function buildEngines(config: Config, tools: { clock: Clock; log: Log }): EngineHouse {
  const { main, rescue, numbers, experiment, require } = config.engines
  const arms = experiment?.arms.map(({ engine }) => engine) ?? []
  const first = new Set([main, ...Object.values(numbers), ...arms])
  const engines = new Map<EngineName, Engine>()
  for (const name of new Set([...first, ...rescue])) {
    const engine = createEngine(name, config, tools)
    const unmet = require.filter((need) => !MEETS[need](engine.capabilities))
    if (unmet.length === 0) engines.set(name, engine)
    else if (first.has(name)) throw unfit(name, unmet)
    else
      tools.log.warn({ engine: name, unmet }, 'an engine takes over no calls: it cannot do what engines.require asks')
  }
  return {
    engines: Object.fromEntries(engines),
    models: [...engines.keys()].flatMap((name) => modelsOf(name, config)),
    order: ({ from, to, callId }) => {
      const chosen = numbers[to] ?? (experiment && armOf(experiment, from ?? callId)) ?? main
      return [...new Set([chosen, ...rescue.filter((name) => engines.has(name))])]
    },
  }
}

type Need = Config['engines']['require'][number]

const MEETS: Record<Need, (can: EngineCapabilities) => boolean> = {
  'held speech': ({ holdsSpeech, cancels }) => holdsSpeech && cancels,
  'exact wording': ({ speaksVerbatim }) => speaksVerbatim,
  'exact history': ({ truncates }) => truncates,
}

function unfit(engine: EngineName, unmet: readonly Need[]): HearthlineError {
  const message = `${engine} is to take calls, but cannot give what engines.require in company.yaml asks: ${unmet.join(', ')}. Take another engine, or require less.`
  return new HearthlineError('engine_unfit', message)
}

function modelsOf(name: EngineName, { openai, voice, cascade, openaiLive }: Config): string[] {
  if (name === 'openai') return [openai.model, voice.transcriptionModel]
  if (name === 'elevenlabs') return [AGENTS_MODEL]
  if (name === 'openai-live') return [openaiLive.model, openaiLive.backendModel]
  return [...cascade.listeners, ...cascade.thinkers, cascade.speaker].map(({ model }) => model)
}

type Experiment = NonNullable<Config['engines']['experiment']>

/**
 * The arm a caller falls into: spread evenly over the shares, the same at every call, and dealt out anew by another
 * experiment, so that none inherits the callers of the one before.
 */
function armOf({ name, arms }: Experiment, caller: string): EngineName | undefined {
  const whole = arms.reduce((sum, { share }) => sum + share, 0)
  let point = (createHash('sha256').update(`${name}\n${caller}`).digest().readUInt32BE() / 2 ** 32) * whole
  for (const { engine, share } of arms) {
    point -= share
    if (point < 0) return engine
  }
  return undefined
}

function createEngine(name: EngineName, config: Config, { clock, log }: { clock: Clock; log: Log }): Engine {
  const { openai, elevenlabs } = config
  switch (name) {
    case 'openai':
      return createOpenAiEngine({ ...openai, apiKey: given(openai.apiKey), settings: config.voice, clock, log })
    case 'elevenlabs':
      return createElevenLabsAgentEngine({
        apiKey: given(elevenlabs.apiKey),
        baseUrl: elevenlabs.baseUrl,
        agentId: given(elevenlabs.agentId),
        voiceId: config.elevenlabsAgent.overrideVoice ? elevenlabs.voiceId : undefined,
        settings: config.elevenlabsAgent,
        clock,
        log,
      })
    case 'cascade':
      return createCascade(config, { clock, log })
    case 'openai-live':
      return createOpenAiLiveEngine({
        ...openai,
        apiKey: given(openai.apiKey),
        settings: config.openaiLive,
        clock,
        log,
      })
    default:
      return name satisfies never
  }
}

function createCascade(config: Config, { clock, log }: { clock: Clock; log: Log }): Engine {
  const { deepgram, elevenlabs, cascade } = config
  const listeners = cascade.listeners.map((settings): Listener => {
    const parts = { apiKey: given(deepgram.apiKey), baseUrl: deepgram.baseUrl, model: settings.model, clock, log }
    return settings.type === 'flux'
      ? createFluxListener({ ...parts, settings })
      : createNovaListener({ ...parts, settings })
  })
  const speaker = createElevenLabsSpeaker({
    apiKey: given(elevenlabs.apiKey),
    baseUrl: elevenlabs.baseUrl,
    voiceId: given(elevenlabs.voiceId),
    model: cascade.speaker.model,
    voices: cascade.speaker.voices,
    settings: cascade.speaker,
    clock,
    log,
  })
  const thinkers = cascade.thinkers.flatMap((settings) => thinkerOf(settings, config, log))
  return createCascadeEngine({ listeners, thinkers, speaker, settings: cascade, clock, log })
}

/** Sums calls up with the first model of the cascade, where calls may be served by one; otherwise nobody asked for it. */
export function buildSummariser(config: Config, log: Log): CallSummariser | undefined {
  const { main, rescue } = config.engines
  if (main !== 'cascade' && !rescue.includes('cascade')) return undefined
  const [thinker] = config.cascade.thinkers.flatMap((settings) => thinkerOf(settings, config, log))
  return thinker && createCallSummariser(thinker)
}

/** None where its key is not set: that one does not take part. */
function thinkerOf(settings: Config['cascade']['thinkers'][number], config: Config, log: Log): Thinker[] {
  const { provider, model } = settings
  const { apiKey, baseUrl } = provider === 'anthropic' ? config.anthropic : config.openai
  if (apiKey === undefined) return []
  const parts = { apiKey, baseUrl: settings.baseUrl ?? baseUrl, model, settings, log }
  if (provider === 'anthropic') return [createAnthropicThinker(parts)]
  return [createOpenAiThinker({ ...parts, api: provider === 'openai' ? 'responses' : 'chat' })]
}

/** The configuration was checked for it (`engine-choice.ts`). */
function given(value: string | undefined): string {
  if (value === undefined)
    throw new HearthlineError(
      'engine_unset',
      'Built an engine whose key or id is not set: chooseEngines must ask for it',
    )
  return value
}
