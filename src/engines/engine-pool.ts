import type { Clock } from '../lib/clock.ts'
import { HearthlineError } from '../lib/errors.ts'
import { ProviderBreaker } from './breaker.ts'
import {
  type Briefing,
  type Engine,
  EngineError,
  type EngineEvent,
  type EngineSession,
  type EngineStanding,
  type WatchedEngine,
} from './engine.ts'

/** What may decide about the engine of a call. Numbers are E.164; `from` is undefined when withheld. */
export interface CallToServe {
  readonly callId: string
  readonly from: string | undefined
  readonly to: string
}

export interface EnginePoolOptions {
  /** By the names `order` knows them by. */
  readonly engines: Readonly<Record<string, Engine>>
  /** The engines for a call: its own first, then those that may take over, in order. The same for one call each time. */
  readonly order: (call: CallToServe) => readonly string[]
  readonly clock: Clock
  /** A provider is left alone from now on, or trusted again. */
  readonly onBreaker?: (provider: string, open: boolean) => void
}

/** The engines of this process and how their providers fare: one breaker each, shared by the engines that need them. */
export class EnginePool {
  readonly #order: EnginePoolOptions['order']
  readonly #engines: ReadonlyMap<string, WatchedEngine>

  constructor({ engines, order, clock, onBreaker }: EnginePoolOptions) {
    const breakers = new Map<string, ProviderBreaker>()
    const breakerOf = (provider: string) => {
      const breaker = breakers.get(provider) ?? new ProviderBreaker(clock, (open) => onBreaker?.(provider, open))
      breakers.set(provider, breaker)
      return breaker
    }
    this.#order = order
    this.#engines = new Map(
      Object.entries(engines).map(([name, engine]) => {
        const needs = new Map(engine.providers.map((provider) => [provider, breakerOf(provider)]))
        return [name, new PooledEngine(engine, needs)]
      }),
    )
  }

  /** The engines a call may use now, best first; those that are not in order are left out. Empty: serve it otherwise. */
  choose(call: CallToServe): readonly WatchedEngine[] {
    return this.#order(call)
      .map((name) => this.#named(name))
      .filter(({ standing }) => standing === 'in order')
  }

  #named(name: string): WatchedEngine {
    const engine = this.#engines.get(name)
    if (engine) return engine
    const known = [...this.#engines.keys()].join(', ')
    throw new HearthlineError('engine_unknown', `There is no engine named ${name}. Known engines: ${known}.`)
  }
}

/** An engine, watched: whatever becomes of its sessions is told to the breakers of its providers. */
class PooledEngine implements WatchedEngine {
  readonly name: string
  readonly model: string
  readonly providers: readonly string[]
  readonly capabilities: Engine['capabilities']
  readonly #engine: Engine
  readonly #breakers: ReadonlyMap<string, ProviderBreaker>

  constructor(engine: Engine, breakers: ReadonlyMap<string, ProviderBreaker>) {
    this.name = engine.name
    this.model = engine.model
    this.providers = engine.providers
    this.capabilities = engine.capabilities
    this.#engine = engine
    this.#breakers = breakers
  }

  get standing(): EngineStanding {
    const standings = [...this.#breakers.values()].map(({ standing }) => standing)
    if (standings.includes('out of order')) return 'out of order'
    return standings.includes('suspect') ? 'suspect' : 'in order'
  }

  blame(error: unknown): void {
    const culprit = error instanceof EngineError && error.provider ? this.#breakers.get(error.provider) : undefined
    for (const breaker of culprit ? [culprit] : this.#breakers.values()) breaker.failed(error)
  }

  async open(
    briefing: Briefing,
    { signal, onEvent }: { signal: AbortSignal; onEvent: (event: EngineEvent) => void },
  ): Promise<EngineSession> {
    const probed = [...this.#breakers.values()].filter((breaker) => breaker.begin())
    try {
      const opening = this.#engine.open(briefing, { signal, onEvent: (event) => this.#pass(event, onEvent) })
      const session = await unlessAborted(opening, signal)
      for (const breaker of probed) breaker.proved()
      return session
    } catch (error) {
      const calledOff = signal.aborted && !(error instanceof EngineError)
      if (!calledOff) this.blame(error)
      for (const breaker of probed) breaker.abandoned()
      throw error
    }
  }

  /** Hot path: audio passes here. */
  #pass(event: EngineEvent, onEvent: (event: EngineEvent) => void): void {
    if (event.type === 'engine.lost') this.blame(event.error)
    else if (event.type === 'agent.utterance-complete') for (const breaker of this.#breakers.values()) breaker.worked()
    onEvent(event)
  }
}

/**
 * Waits no longer than the signal lets it, whatever the engine makes of that: an opening that never settles would be
 * tried for ever, and keep its breakers waiting for what becomes of it. A session that comes too late is closed.
 */
async function unlessAborted(opening: Promise<EngineSession>, signal: AbortSignal): Promise<EngineSession> {
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  try {
    return await Promise.race([opening, aborted.promise])
  } catch (error) {
    void opening.then((session) => session[Symbol.asyncDispose]()).catch(() => undefined)
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
