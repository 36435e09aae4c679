import { createClock } from '../../../src/lib/clock.ts'
import {
  type ElevenLabsAgentsEmulator,
  type ElevenLabsAgentsEmulatorOptions,
  startElevenLabsAgentsEmulator,
} from '../../../src/simulator/elevenlabs-agents/elevenlabs-agents-emulator.ts'
import type { ServerEvent } from '../../../src/simulator/elevenlabs-agents/protocol.ts'
import { Hearing } from '../../../src/simulator/service/hearing.ts'
import { babble } from '../../../src/simulator/speech/babble.ts'
import { instantSpeech, script, silence, silentLog, WireClient } from '../wire-client.ts'

export const CLIENT_EVENTS = [
  'audio',
  'interruption',
  'user_transcript',
  'agent_response',
  'agent_response_correction',
  'client_tool_call',
  'ping',
]

export type AgentsClient = WireClient<ServerEvent>

/** An emulator whose time runs fifty times faster than ours, with `hearing` at hand. */
export async function start(
  options: Partial<ElevenLabsAgentsEmulatorOptions> = {},
): Promise<{ emulator: ElevenLabsAgentsEmulator; hearing: Hearing } & AsyncDisposable> {
  const hearing = new Hearing()
  const parts = { clock: createClock(50), script: script(), speech: instantSpeech, log: silentLog, hearing }
  // A busy machine that stops for half a second is no client that does not answer.
  const timing = { pongWithinMs: 600_000, toolTimeoutMs: 600_000, receiveTimeoutMs: 600_000, ...options.timing }
  const emulator = await startElevenLabsAgentsEmulator({ ...parts, ...options, timing })
  return { emulator, hearing, [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose]() }
}

export async function signedUrl(
  { baseUrl }: ElevenLabsAgentsEmulator,
  { key = 'sk-test', agentId = 'agent-1' } = {},
): Promise<{ status: number; url: string }> {
  const address = `${baseUrl}/v1/convai/conversation/get-signed-url?agent_id=${agentId}`
  const response = await fetch(address, { headers: { 'xi-api-key': key } })
  const { signed_url = '' } = (await response.json()) as { signed_url?: string }
  return { status: response.status, url: signed_url }
}

/** Connects and answers pings, but says nothing yet. */
export async function connect(emulator: ElevenLabsAgentsEmulator, { answersPings = true } = {}): Promise<AgentsClient> {
  const { url } = await signedUrl(emulator)
  const client: AgentsClient = await WireClient.open<ServerEvent>(url, {
    onEvent: (event) => {
      if (event.type === 'ping' && answersPings) client.send({ type: 'pong', event_id: event.ping_event.event_id })
    },
  })
  return client
}

export interface Beginning {
  readonly firstMessage?: string
  readonly prompt?: string
  readonly language?: string
  readonly events?: readonly string[]
}

/** Connects and begins a conversation; without a first message the agent waits for the caller. */
export async function begin(
  emulator: ElevenLabsAgentsEmulator,
  { firstMessage = '', prompt, language, events = CLIENT_EVENTS }: Beginning = {},
): Promise<AgentsClient> {
  const client = await connect(emulator)
  const agent = {
    first_message: firstMessage,
    ...(prompt === undefined ? {} : { prompt: { prompt } }),
    ...(language === undefined ? {} : { language }),
  }
  client.send({
    type: 'conversation_initiation_client_data',
    conversation_config_override: { agent, conversation: { client_events: events } },
  })
  await client.next('conversation_initiation_metadata')
  return client
}

/** Plays words of the caller's, then the silence that ends a turn; all at once. */
export function say(client: AgentsClient, hearing: Hearing, words: string, language?: string): void {
  const clip = babble(words, 'caller')
  hearing.know(words, clip, language)
  play(client, Buffer.concat([silence(200), clip, silence(800)]))
}

export function play(client: AgentsClient, mulaw: Buffer): void {
  for (let at = 0; at < mulaw.length; at += 160)
    client.send({ user_audio_chunk: mulaw.subarray(at, at + 160).toString('base64') })
}
