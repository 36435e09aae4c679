import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Briefing, Engine, EngineCapabilities, EngineError, EngineEvent, EngineSession } from '../engine.ts'
import { ProviderSocket } from '../wire/provider-socket.ts'
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
    capabilities: CAPABILITIES,
    open: (briefing, { signal, onEvent }) => openSession(options, briefing, signal, onEvent),
  }
}

const CAPABILITIES: EngineCapabilities = {
  reportsTurns: true,
  cancels: true,
  truncates: true,
  holdsSpeech: true,
  speaksVerbatim: false,
}

/** connect -> `session.created` -> `session.update` -> `session.updated` -> the talk so far. */
async function openSession(
  options: OpenAiEngineOptions,
  briefing: Briefing,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => void,
): Promise<EngineSession> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<EngineSession>()
  const { settings, clock } = options

  const onMessage = (message: ServerMessage) => {
    if (message.type === 'session.created') connection.send(updateSession(describeSession(settings, briefing)))
    if (message.type === 'error') reject(fatalError(message.error) ?? openingError(message.error))
    if (message.type !== 'session.updated') return
    // Changes hands before the next message is read: one may follow in the same packet.
    const session = new OpenAiSession({ ...options, connection, onEvent })
    connection.listener = session
    for (const item of briefing.history) session.tell(item)
    resolve(session)
  }
  const connection = new ProviderSocket<ServerMessage>({
    url: sessionUrl(options),
    headers: { Authorization: `Bearer ${options.apiKey}`, 'OpenAI-Safety-Identifier': briefing.callerKey },
    clock,
    parse: parseServerMessage,
    failures: openAiFailures,
    listener: { received: onMessage, lost: (error: EngineError) => reject(error), expectsEvents: true },
  })

  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await promise
  } catch (error) {
    await connection[Symbol.asyncDispose]()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function sessionUrl({ baseUrl, model }: OpenAiEngineOptions): URL {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/realtime`)
  url.protocol = url.protocol.replace('http', 'ws')
  url.searchParams.set('model', model)
  return url
}
