import type { ConversationInitiationMetadataEvent } from '@elevenlabs/types'
import type { Remembered } from '../model/remembered-talk.ts'
import type { Initiation } from './client-message.ts'
import { ConversationError } from './protocol.ts'
import { readTalkSoFar } from './talk-so-far.ts'

/** What is set at ElevenLabs, in the agent's own page, and cannot be said over the socket unless it is allowed there. */
export interface AgentPage {
  readonly prompt: string
  /** Said before the caller says anything; empty for none. */
  readonly firstMessage: string
  /** What it speaks, ISO 639-1. Its recogniser hears every language, whichever this is. */
  readonly language: string
  /** Fields of `conversation_config_override` a client may set, by their path. The service allows none by itself. */
  readonly allowedOverrides: readonly string[]
  /** Dynamic variables a client has to give. */
  readonly requiredVariables: readonly string[]
  /** Types of events that are sent, where the client asks for no others. */
  readonly clientEvents: readonly string[]
  /** Names of the client tools; without them the agent has all tools its script calls. */
  readonly tools: readonly string[] | undefined
  readonly inputFormat: AudioFormatName
  readonly outputFormat: AudioFormatName
}

export type AudioFormatName = ConversationInitiationMetadataEvent['agent_output_audio_format']

/** As our own guide says it has to be set up. */
export const DEFAULT_PAGE: AgentPage = {
  prompt: 'You are a helpful receptionist.',
  firstMessage: 'Hello! How can I help you today?',
  language: 'en',
  allowedOverrides: [
    'agent.prompt.prompt',
    'agent.first_message',
    'agent.language',
    'tts.voice_id',
    'conversation.client_events',
  ],
  requiredVariables: [],
  clientEvents: ['audio', 'interruption', 'user_transcript', 'agent_response', 'client_tool_call', 'ping'],
  tools: undefined,
  inputFormat: 'ulaw_8000',
  outputFormat: 'ulaw_8000',
}

/** What is in force for one conversation. */
export interface AgentSettings {
  readonly instructions: string
  readonly firstMessage: string
  readonly language: string
  readonly clientEvents: readonly string[]
  /** What was said before, where the prompt tells it. */
  readonly talk: readonly Remembered[]
}

/**
 * The settings of a conversation, by the agent's page and what the client asks for.
 * @throws ConversationError `override_error` for a field that may not be set, `missing_dynamic_variable`.
 */
export function settingsFor(page: AgentPage, initiation: Initiation): AgentSettings {
  const { conversation_config_override: override = {}, dynamic_variables: variables = {} } = initiation
  const refused = pathsOf(override).filter((path) => !page.allowedOverrides.includes(path))
  if (refused.length > 0)
    throw new ConversationError('override_error', `Override for field '${refused[0]}' is not allowed by config.`)
  const missing = page.requiredVariables.filter((name) => !(name in variables))
  if (missing.length > 0) throw missingVariable(missing)
  const prompt = fillIn(override.agent?.prompt?.prompt ?? page.prompt, variables)
  return {
    ...readTalkSoFar(prompt),
    firstMessage: fillIn(override.agent?.first_message ?? page.firstMessage, variables),
    language: override.agent?.language ?? page.language,
    clientEvents: override.conversation?.client_events ?? page.clientEvents,
  }
}

function pathsOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && !Array.isArray(inner) ? pathsOf(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
  )
}

/** Puts variables in place of `{{name}}`; those named `system__...` are the service's own. */
function fillIn(text: string, variables: Readonly<Record<string, unknown>>): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => {
    if (name.startsWith('system__')) return placeholder
    if (!(name in variables)) throw missingVariable([name])
    return String(variables[name])
  })
}

function missingVariable(names: readonly string[]): ConversationError {
  const problem = `Missing required dynamic variables: ${names.join(', ')}.`
  return new ConversationError('missing_dynamic_variable', problem)
}
