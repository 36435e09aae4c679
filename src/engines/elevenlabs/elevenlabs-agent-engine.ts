import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Briefing, Engine, EngineCapabilities, EngineError, EngineEvent, EngineSession } from '../engine.ts'
import { awaitOpening } from '../wire/opening.ts'
import { ProviderSocket } from '../wire/provider-socket.ts'
import { ElevenLabsSession } from './elevenlabs-session.ts'
import { elevenLabsFailures, openingError, wrongFormats } from './failures.ts'
import { type ElevenLabsSettings, startConversation } from './protocol.ts'
import { parseServerMessage, type ServerEvent, type ServerMessage } from './server-events.ts'
import { fetchSignedUrl } from './signed-url.ts'
import { AGENTS_MODEL } from './usage-meter.ts'

export interface ElevenLabsAgentEngineOptions {
  readonly apiKey: string
  /** Without the version, such as `https://api.elevenlabs.io`. */
  readonly baseUrl: string
  readonly agentId: string
  /** In place of the voice of the agent's page, where that allows it. */
  readonly voiceId?: string | undefined
  readonly settings: ElevenLabsSettings
  readonly clock: Clock
  readonly log: Log
}

/**
 * ElevenLabs Agents over a WebSocket: mu-law in and out, an agent that answers by itself. Its page at ElevenLabs must
 * have: `ulaw_8000` for input and output; overrides allowed for system prompt, first message, language and client
 * events (and for the voice, if one is set); and each of our tools as a client tool of the same name and parameters,
 * "wait for response" on, since tools cannot be sent over the socket. Its system tool `end_call` should be off: it
 * closes the socket, which here is a lost engine, while our own `end_call` ends a call.
 */
export function createElevenLabsAgentEngine(options: ElevenLabsAgentEngineOptions): Engine {
  return {
    name: 'elevenlabs',
    model: AGENTS_MODEL,
    providers: ['elevenlabs'],
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

/** signed address -> connect -> `conversation_initiation_client_data` -> `conversation_initiation_metadata`. */
async function openSession(
  options: ElevenLabsAgentEngineOptions,
  briefing: Briefing,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => void,
): Promise<EngineSession> {
  const url = await fetchSignedUrl(options, signal)
  signal.throwIfAborted()
  const opening = Promise.withResolvers<EngineSession>()
  const { agentId, clock, settings, voiceId } = options

  const onMessage = (message: ServerMessage) => {
    if (message.type === 'error') opening.reject(openingError(message.error_event ?? {}))
    if (message.type !== 'conversation_initiation_metadata') return
    const refusal = formatRefusal(agentId, message)
    if (refusal) {
      opening.reject(refusal)
      return
    }
    // Changes hands before the next message is read: one may follow in the same packet.
    const session = new ElevenLabsSession({ ...options, briefing, connection, onEvent })
    connection.listener = session
    opening.resolve(session)
  }
  const connection = new ProviderSocket<ServerMessage>({
    url,
    headers: {},
    clock,
    parse: parseServerMessage,
    failures: elevenLabsFailures,
    listener: {
      opened: () => connection.send(startConversation(briefing, settings, voiceId)),
      received: onMessage,
      lost: (error: EngineError) => opening.reject(error),
      expectsEvents: false,
    },
  })
  return await awaitOpening(opening, connection, signal)
}

type Metadata = Extract<ServerEvent, { type: 'conversation_initiation_metadata' }>

/** The formats are the agent's page's, and cannot be asked for. The vendor's own client takes a missing one for PCM. */
function formatRefusal(agentId: string, { conversation_initiation_metadata_event: event }: Metadata) {
  const heard = event.user_input_audio_format ?? 'pcm_16000'
  const spoken = event.agent_output_audio_format ?? 'pcm_16000'
  return heard === 'ulaw_8000' && spoken === 'ulaw_8000' ? undefined : wrongFormats(agentId, heard, spoken)
}
