import type { ConversationConfigOverrideConversationClientEventsItem, Outgoing } from '@elevenlabs/types'
import type { Briefing } from '../engine.ts'
import { audioSplicer } from '../wire/spliced-audio.ts'
import { agentLanguageOf } from './agent-languages.ts'
import { promptFor } from './prompt.ts'

/**
 * What we say to an ElevenLabs agent: one builder per client message, no I/O. What we hear is in `server-events.ts`.
 * Source of the shapes: the types of `@elevenlabs/types`; contract section 1.3.
 */

/** How our side of a conversation is set; everything else is set in the agent's own page at ElevenLabs. */
export interface ElevenLabsSettings {
  /** Values for the `{{placeholders}}` of the agent's page, and of our instructions. */
  readonly dynamicVariables: Readonly<Record<string, string | number | boolean>>
  /** Silence after which the caller is taken to have stopped, for our own account of the turn. */
  readonly silenceDurationMs: number
}

/** The events we listen to. What an agent sends by itself is a setting, so none of them can be taken for granted. */
const CLIENT_EVENTS: ConversationConfigOverrideConversationClientEventsItem[] = [
  'conversation_initiation_metadata',
  'audio',
  'user_transcript',
  'tentative_user_transcript',
  'agent_response',
  'interruption',
  'client_tool_call',
  'ping',
]

/**
 * The first message. Overrides must be allowed field by field in the agent's security settings. The agent greets
 * nobody: the caller has heard our own opening by then. Tools cannot be sent: see `createElevenLabsAgentEngine`.
 */
export function startConversation(briefing: Briefing, settings: ElevenLabsSettings, voiceId: string | undefined) {
  const language = agentLanguageOf(briefing.language)
  return {
    type: 'conversation_initiation_client_data',
    conversation_config_override: {
      agent: {
        prompt: { prompt: promptFor(briefing) },
        first_message: '',
        ...(language === undefined ? {} : { language }),
      },
      ...(voiceId === undefined ? {} : { tts: { voice_id: voiceId } }),
      conversation: { client_events: CLIENT_EVENTS },
    },
    dynamic_variables: { ...settings.dynamicVariables },
    user_id: briefing.callerKey,
  } satisfies Outgoing.ConversationInitiationClientToOrchestratorEvent
}

/** The caller's audio as a finished message; without a type, by contract. */
export const appendAudio = audioSplicer('{"user_audio_chunk":"', '"}')

export function pong(eventId: number) {
  return { type: 'pong', event_id: eventId } satisfies Outgoing.PongClientToOrchestratorEvent
}

/** Adds to what the model knows. Never interrupts it and never makes it speak. */
export function contextualUpdate(text: string) {
  return { type: 'contextual_update', text } satisfies Outgoing.ContextualUpdateClientToOrchestratorEvent
}

/** The only way to make the agent speak: to it the caller has typed this. */
export function userMessage(text: string) {
  return { type: 'user_message', text } satisfies Outgoing.UserMessageClientToOrchestratorEvent
}

export function toolResult(requestId: string, result: string, isError = false) {
  return {
    type: 'client_tool_result',
    tool_call_id: requestId,
    result,
    is_error: isError,
  } satisfies Outgoing.ClientToolResultClientToOrchestratorEvent
}
