import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Briefing, Engine, EngineCapabilities, EngineError, EngineEvent, EngineSession } from '../engine.ts'
import { awaitOpening } from '../wire/opening.ts'
import { ProviderSocket } from '../wire/provider-socket.ts'
import { socketUrl } from '../wire/socket-url.ts'
import { fatalError, openAiFailures, openingError } from './failures.ts'
import { OpenAiSession } from './openai-session.ts'
import { updateSession } from './protocol.ts'
import { parseServerMessage, type ServerMessage } from './server-events.ts'
import { describeSession, type OpenAiSettings } from './session-settings.ts'

export interface OpenAiEngineOptions {
  readonly apiKey: string
  /** Up to and including the version, such as `https://api.openai.com/v1`; http(s) becomes ws(s). */
  readonly baseUrl: string
  readonly model: string
  readonly settings: OpenAiSettings
  readonly clock: Clock
  readonly log: Log
}

/** OpenAI Realtime (GA) over a WebSocket: mu-law in and out, turns by the server, answers only when we ask. */
export function createOpenAiEngine(options: OpenAiEngineOptions): Engine {
  return {
    name: 'openai',
    model: options.model,
    providers: ['openai'],
    capabilities: { ...CAPABILITIES, ...(isSemantic(options) ? { mayPauseMs: LONGEST_PAUSE_MS } : {}) },
    open: (briefing, { signal, onEvent }) => openSession(options, briefing, signal, onEvent),
  }
}

const CAPABILITIES: EngineCapabilities = {
  reportsTurns: true,
  cancels: true,
  truncates: true,
  holdsSpeech: true,
  speaksVerbatim: false,
  changesLanguage: true,
}

/** A semantic detector waits 8 s at most, with eagerness `low`, for a caller to go on. */
const LONGEST_PAUSE_MS = 8_000

function isSemantic({ settings }: OpenAiEngineOptions): boolean {
  return settings.turnDetection.type === 'semantic_vad'
}

/** connect -> `session.created` -> `session.update` -> `session.updated` -> the talk so far. */
async function openSession(
  options: OpenAiEngineOptions,
  briefing: Briefing,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => void,
): Promise<EngineSession> {
  signal.throwIfAborted()
  const opening = Promise.withResolvers<EngineSession>()
  const { settings, clock } = options

  const onMessage = (message: ServerMessage) => {
    if (message.type === 'session.created') connection.send(updateSession(describeSession(settings, briefing)))
    if (message.type === 'error') opening.reject(fatalError(message.error) ?? openingError(message.error))
    if (message.type !== 'session.updated') return
    // Changes hands before the next message is read: one may follow in the same packet.
    const session = new OpenAiSession({ ...options, hears: briefing.hears, connection, onEvent })
    connection.listener = session
    for (const item of briefing.history) session.tell(item)
    opening.resolve(session)
  }
  const connection = new ProviderSocket<ServerMessage>({
    url: sessionUrl(options),
    headers: { Authorization: `Bearer ${options.apiKey}`, 'OpenAI-Safety-Identifier': briefing.callerKey },
    clock,
    parse: parseServerMessage,
    failures: openAiFailures,
    listener: { received: onMessage, lost: (error: EngineError) => opening.reject(error), expectsEvents: true },
  })
  return await awaitOpening(opening, connection, signal)
}

function sessionUrl({ baseUrl, model }: OpenAiEngineOptions): URL {
  const url = socketUrl(baseUrl, 'realtime')
  url.searchParams.set('model', model)
  return url
}
