import { HearthlineError } from '../../lib/errors.ts'
import type { Briefing, Engine, EngineCapabilities, EngineEvent, EngineSession } from '../engine.ts'
import { CascadeSession, type CascadeSessionOptions } from './cascade-session.ts'

export type CascadeEngineOptions = Omit<CascadeSessionOptions, 'briefing' | 'onEvent'>

/**
 * A voice model put together of three services: a listener writes down what the caller says, a thinker answers, a
 * speaker says it. Several listeners and thinkers take over from each other, in their order.
 */
export function createCascadeEngine(options: CascadeEngineOptions): Engine {
  const [listener] = options.listeners
  const [thinker] = options.thinkers
  if (!listener || !thinker) {
    throw new HearthlineError('cascade_incomplete', 'A cascade needs a listener and a thinker: name one of each.')
  }
  return {
    name: 'cascade',
    model: thinker.model,
    providers: [...new Set([listener.provider, thinker.provider, options.speaker.provider])],
    capabilities: CAPABILITIES,
    open: (briefing, { signal, onEvent }) => openSession(options, briefing, signal, onEvent),
  }
}

const CAPABILITIES: EngineCapabilities = {
  reportsTurns: true,
  cancels: true,
  truncates: true,
  holdsSpeech: true,
  speaksVerbatim: true,
  changesLanguage: true,
}

async function openSession(
  options: CascadeEngineOptions,
  briefing: Briefing,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => void,
): Promise<EngineSession> {
  const session = new CascadeSession({ ...options, briefing, onEvent })
  try {
    await session.open(signal)
    return session
  } catch (error) {
    await session[Symbol.asyncDispose]()
    throw error
  }
}
