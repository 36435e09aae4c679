import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Briefing, Engine, EngineCapabilities, EngineError, EngineEvent, EngineSession } from '../engine.ts'
import { fatalError, openAiFailures, openingError } from '../openai/failures.ts'
import { awaitOpening } from '../wire/opening.ts'
import { ProviderSocket } from '../wire/provider-socket.ts'
import { socketUrl } from '../wire/socket-url.ts'
import { closedError } from './failures.ts'
import { OpenAiLiveSession } from './openai-live-session.ts'
import { startSession } from './protocol.ts'
import { parseServerMessage, type ServerMessage } from './server-events.ts'
import { describeSession } from './session-start.ts'
import type { OpenAiLiveSettings } from './settings.ts'

export interface OpenAiLiveEngineOptions {
  readonly apiKey: string
  /** Up to and including the version, such as `https://api.openai.com/v1`; http(s) becomes ws(s). */
  readonly baseUrl: string
  readonly settings: OpenAiLiveSettings
  readonly clock: Clock
  readonly log: Log
}

/**
 * OpenAI Live (GPT-Live) over a WebSocket, experimental: mu-law in and out, a model that listens and speaks at the same
 * time and decides by itself when to, with a text model behind it that calls the tools. It reports no turns and no end
 * of its speech: both are judged here, by the sound.
 */
export function createOpenAiLiveEngine(options: OpenAiLiveEngineOptions): Engine {
  return {
    name: 'openai-live',
    model: options.settings.model,
    providers: ['openai'],
    capabilities: CAPABILITIES,
    open: (briefing, { signal, onEvent }) => openSession(options, briefing, signal, onEvent),
  }
}

const CAPABILITIES: EngineCapabilities = {
  reportsTurns: false,
  cancels: false,
  truncates: false,
  holdsSpeech: false,
  speaksVerbatim: false,
  changesLanguage: false,
}

/** connect -> `session.start`, with the briefing and the talk so far -> `session.started`. */
async function openSession(
  options: OpenAiLiveEngineOptions,
  briefing: Briefing,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => void,
): Promise<EngineSession> {
  signal.throwIfAborted()
  const opening = Promise.withResolvers<EngineSession>()
  const { apiKey, baseUrl, clock, settings } = options

  const onMessage = (message: ServerMessage) => {
    if (message.type === 'error') opening.reject(fatalError(message.error) ?? openingError(message.error))
    if (message.type === 'session.closed') opening.reject(closedError(message.reason ?? ''))
    if (message.type !== 'session.started') return
    // Changes hands before the next message is read: one may follow in the same packet.
    const session = new OpenAiLiveSession({ ...options, connection, onEvent })
    connection.listener = session
    opening.resolve(session)
  }
  const connection = new ProviderSocket<ServerMessage>({
    // Takes no query: the model is named in `session.start`.
    url: socketUrl(baseUrl, 'live/sessions'),
    // Whether it reads the second is not documented; the session itself has no place for it.
    headers: { Authorization: `Bearer ${apiKey}`, 'OpenAI-Safety-Identifier': briefing.callerKey },
    clock,
    parse: parseServerMessage,
    failures: openAiFailures,
    listener: {
      opened: () => connection.send(startSession(describeSession(settings, briefing))),
      received: onMessage,
      lost: (error: EngineError) => opening.reject(error),
      expectsEvents: true,
    },
  })
  return await awaitOpening(opening, connection, signal)
}
