import type { ConversationConfigOverrideAgentLanguage, Outgoing } from '@elevenlabs/types'
import { z } from 'zod'
import { parseJson } from '../../lib/json.ts'
import { ConversationError } from './protocol.ts'

/** A subset of the vendor's own types, checked by the compiler. */
export type ClientMessage =
  | Outgoing.UserAudio
  | Outgoing.ConversationInitiationClientToOrchestratorEvent
  | Outgoing.PongClientToOrchestratorEvent
  | Outgoing.ClientToolResultClientToOrchestratorEvent
  | Outgoing.ContextualUpdateClientToOrchestratorEvent
  | Outgoing.UserMessageClientToOrchestratorEvent
  | Outgoing.UserActivityClientToOrchestratorEvent
  | Outgoing.UserFeedbackClientToOrchestratorEvent

export type Initiation = Outgoing.ConversationInitiationClientToOrchestratorEvent

const text = () => z.string().exactOptional()
const unit = () => z.number().min(0).max(1).exactOptional()

/** Those of the vendor's types; each is two letters, but for Brazilian. */
const LANGUAGES =
  'af ar as az be bg bn bs ca cs cy da de el en es et fa fi fr ga gl gu ha he hi hr hu hy id is it ja jv ka kk kn ko ky lb lt lv mk ml mr ms ne nl no pa pl ps pt pt-br ro ru sd sk sl so sr sv sw ta te th tl tr uk ur vi zh'.split(
    ' ',
  )

const overrideSchema = z.strictObject({
  agent: z
    .strictObject({
      first_message: text(),
      language: z
        .custom<ConversationConfigOverrideAgentLanguage>((value) => LANGUAGES.includes(String(value)))
        .exactOptional(),
      prompt: z.strictObject({ prompt: text(), llm: text() }).exactOptional(),
    })
    .exactOptional(),
  asr: z.strictObject({ keywords: z.array(z.string()).exactOptional() }).exactOptional(),
  tts: z
    .strictObject({
      voice_id: text(),
      stability: unit(),
      // 0.7 to 1.2 by the documentation, up to 5 by the schema (contract 2).
      speed: z.number().min(0.7).max(5).exactOptional(),
      similarity_boost: unit(),
    })
    .exactOptional(),
  conversation: z
    .strictObject({
      text_only: z.boolean().exactOptional(),
      client_events: z
        .array(
          z.enum([
            'audio',
            'agent_response',
            'agent_response_correction',
            'agent_chat_response_part',
            'interruption',
            'user_transcript',
            'tentative_user_transcript',
            'conversation_initiation_metadata',
            'client_tool_call',
            'agent_tool_request',
            'agent_tool_response',
            'vad_score',
            'ping',
          ]),
        )
        .exactOptional(),
    })
    .exactOptional(),
})

const variables = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const typedSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('conversation_initiation_client_data'),
    conversation_config_override: overrideSchema.exactOptional(),
    dynamic_variables: variables.exactOptional(),
    custom_llm_extra_body: z.record(z.string(), z.unknown()).exactOptional(),
    user_id: text(),
    source_info: z.strictObject({ source: text(), version: text() }).exactOptional(),
  }),
  z.strictObject({ type: z.literal('pong'), event_id: z.int() }),
  z.strictObject({
    type: z.literal('client_tool_result'),
    tool_call_id: z.string(),
    // Objects must come as JSON text (contract 1.3).
    result: z.string(),
    is_error: z.boolean(),
  }),
  z.strictObject({ type: z.literal('contextual_update'), text: z.string(), context_id: text() }),
  z.strictObject({ type: z.literal('user_message'), text: text() }),
  z.strictObject({ type: z.literal('user_activity') }),
  z.strictObject({ type: z.literal('feedback'), event_id: z.int(), score: z.enum(['like', 'dislike']).nullable() }),
])

/** The one message without a type (contract 1.3). */
const audioSchema = z.strictObject({ user_audio_chunk: z.base64() })

/**
 * Reads one message of the client's.
 * @throws ConversationError `invalid_message`: unlike OpenAI's, this service ends the conversation over it.
 */
export function parseClientMessage(text: string): ClientMessage {
  const message = parseJson(text)
  const schema = typeof message === 'object' && message && 'user_audio_chunk' in message ? audioSchema : typedSchema
  const parsed = schema.safeParse(message)
  // Names what is wrong by its place, never by its value, which may be what a caller said.
  if (!parsed.success)
    throw new ConversationError('invalid_message', `Invalid message: ${parsed.error.issues.map(placeOf).join('; ')}.`)
  return parsed.data
}

function placeOf({ path, code }: z.core.$ZodIssue): string {
  return `${path.join('.') || 'message'} (${code})`
}
