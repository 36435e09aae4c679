import type { Incoming, Interruption, Ping } from '@elevenlabs/types'
import { z } from 'zod'
import { type EncodedAudio, encodeAudio } from '../../audio/encoded-audio.ts'
import { createParser, type PassedOver } from '../wire/message-parser.ts'
import { cutOutAudio } from './audio-base64.ts'

/**
 * What we hear from an ElevenLabs agent. The schemas hold only the fields we use and let the rest pass; ids that the
 * types promise are missing in older examples, or come as text.
 */
export type ServerMessage = AudioMessage | Exclude<ServerEvent, { type: 'audio' }> | PassedOver

/** A piece of the agent's speech. Its audio is a view into the received message: nothing was copied or decoded. */
export interface AudioMessage {
  readonly type: 'audio'
  readonly audio: EncodedAudio
  readonly eventId: number | undefined
  readonly alignment: Alignment | undefined
}

const eventId = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .nullish()
  .transform((id) => id ?? undefined)

const times = z.array(z.number())

const alignment = z.object({ chars: z.array(z.string()), char_start_times_ms: times, char_durations_ms: times })

const words = z.object({ user_transcript: z.string().nullish(), event_id: eventId })

const failure = z.object({
  code: z.number().nullish(),
  error_type: z.string().nullish(),
  message: z.string().nullish(),
  reason: z.string().nullish(),
})

const serverEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('audio'),
    audio_event: z.object({ audio_base_64: z.string(), event_id: eventId, alignment: alignment.nullish() }),
  }),
  z.object({
    type: z.literal('conversation_initiation_metadata'),
    conversation_initiation_metadata_event: z.object({
      agent_output_audio_format: z.string().nullish(),
      user_input_audio_format: z.string().nullish(),
    }),
  }),
  z.object({ type: z.literal('user_transcript'), user_transcription_event: words }),
  z.object({ type: z.literal('tentative_user_transcript'), tentative_user_transcription_event: words }),
  z.object({
    type: z.literal('agent_response'),
    agent_response_event: z.object({ agent_response: z.string(), event_id: eventId }),
  }),
  z.object({
    type: z.literal('interruption'),
    interruption_event: z.object({ event_id: eventId }).nullish(),
  }),
  z.object({
    type: z.literal('client_tool_call'),
    client_tool_call: z.object({
      tool_name: z.string(),
      tool_call_id: z.string(),
      parameters: z.record(z.string(), z.unknown()).nullish(),
    }),
  }),
  z.object({ type: z.literal('ping'), ping_event: z.object({ event_id: z.number() }) }),
  z.object({ type: z.literal('error'), error_event: failure.nullish() }),
])

export type ServerEvent = z.infer<typeof serverEvent>
export type Alignment = z.infer<typeof alignment>
export type WireFailure = z.infer<typeof failure>
export type WireToolCall = Extract<ServerEvent, { type: 'client_tool_call' }>['client_tool_call']

type VendorEvent =
  | Interruption
  | Ping
  | Incoming.AudioClientEvent
  | Incoming.UserTranscriptionClientEvent
  | Incoming.TentativeUserTranscriptionClientEvent
  | Incoming.AgentResponseClientEvent
  | Incoming.ClientToolCallClientEvent
  | Incoming.ErrorClientEvent
  | { type: 'conversation_initiation_metadata' }

/** Typed by the vendor's package, so that a misspelt name does not compile. */
const USED_TYPES: ReadonlySet<string> = new Set<VendorEvent['type']>(
  serverEvent.options.map((option) => option.shape.type.value),
)

/**
 * Sent where an agent's page asks for them; what they tell we know, or leave to the service. A correction says where the
 * model cut its memory after an interruption, by a guess at what was played. What the caller heard the call knows
 * better, by the carrier's marks, and has settled by then: corrected words would make it reckon with the wrong text.
 */
const UNUSED_TYPES: ReadonlySet<string> = new Set<UnusedEvent['type']>([
  'agent_response_correction',
  'vad_score',
  'agent_chat_response_part',
  'agent_tool_request',
  'agent_tool_response',
  'agent_typing',
  'context_usage',
  'asr_initiation_metadata',
  'guardrail_triggered',
  'internal_tentative_agent_response',
  'mcp_connection_status',
  'mcp_tool_call',
])

type UnusedEvent =
  | Incoming.AgentResponseCorrectionClientEvent
  | Incoming.VadScoreClientEvent
  | Incoming.AgentChatResponsePartClientEvent
  | Incoming.AgentToolRequestClientEvent
  | Incoming.AgentToolResponseClientEvent
  | Incoming.AgentTypingClientEvent
  | Incoming.ContextUsageClientEvent
  | Incoming.AsrInitiationMetadataEvent
  | Incoming.GuardrailTriggeredClientEvent
  | Incoming.TentativeAgentResponseInternalClientEvent
  | Incoming.McpConnectionStatusClientEvent
  | Incoming.McpToolCallClientEvent

const parse = createParser(serverEvent, { used: USED_TYPES, unused: UNUSED_TYPES })

/** Never throws. Audio stays the bytes it came in; everything around it goes through JSON.parse and a schema. */
export function parseServerMessage(data: Buffer): ServerMessage {
  const cut = cutOutAudio(data)
  const event = parse(cut?.rest ?? data)
  if (event.type !== 'audio') return event
  const { audio_base_64: base64, event_id, alignment } = event.audio_event
  // With escapes in it, it may hold what must not stand in the carrier's messages: made anew.
  const audio = cut?.audio ?? encodeAudio(Buffer.from(base64, 'base64'))
  return { type: 'audio', audio, eventId: event_id, alignment: alignment ?? undefined }
}
