import { EngineError, type EngineFailure } from '../engine.ts'
import { ADVICE, type ProviderFailures, providerFailures } from '../wire/provider-failures.ts'
import type { WireFailure } from './server-events.ts'

/**
 * Turns what ElevenLabs says when it will not or cannot go on into what to do next (contract sections 1.5 and 2).
 * Messages are our own: the provider's may quote what a caller said.
 */

const PROVIDER = 'elevenlabs'

/** `error_type` of an `error` event, which is sent just before the close. */
const ERROR_TYPES = {
  llm_timeout: 'stalled',
  asyncio_timeout: 'stalled',
  transport_receive_timeout: 'dropped',
  safety_violation: 'dropped',
  llm_error: 'dropped',
  custom_llm_error: 'dropped',
  cascade_brain_error: 'dropped',
  asr_transcription_error: 'dropped',
  vad_error: 'dropped',
  turn_probability_error: 'dropped',
  tts_cascade_error: 'dropped',
  http_exception: 'dropped',
  redis_timeout_error: 'dropped',
  unknown_websocket_crash: 'dropped',
  // Somebody else's server, which may be back the next time.
  mcp_tool_error: 'dropped',
  mcp_https_error: 'dropped',
  max_duration_exceeded: 'expired',
  telephony_agent_error: 'refused',
  invalid_message: 'refused',
  missing_fields: 'refused',
  value_error: 'refused',
  override_error: 'refused',
  missing_dynamic_variable: 'refused',
  missing_dynamic_variable_transfer: 'refused',
} as const satisfies Record<string, EngineFailure>

/** Of HTTP answers. `status` of older bodies carries the same or an older name. */
const HTTP_CODES = {
  invalid_api_key: 'refused',
  missing_api_key: 'refused',
  insufficient_credits: 'refused',
  quota_exceeded: 'refused',
  feature_not_available: 'refused',
  voice_access_denied: 'refused',
  agent_not_found: 'refused',
  voice_not_found: 'refused',
  rate_limit_exceeded: 'limited',
  concurrent_limit_exceeded: 'limited',
  too_many_concurrent_requests: 'limited',
  system_busy: 'limited',
} as const satisfies Record<string, EngineFailure>

const KNOWN: ReadonlyMap<string, EngineFailure> = new Map(Object.entries({ ...HTTP_CODES, ...ERROR_TYPES }))

/** What only a person can put right, in the agent's page or in our configuration. */
const TO_DO: Readonly<Record<string, string>> = {
  override_error:
    "in the agent's page under Security allow overrides of system prompt, first message, language and client events, and of the voice when elevenlabs.overrideVoice of the agent's file is true",
  missing_dynamic_variable:
    "give every {{variable}} of the agent's page a value in elevenlabs.dynamicVariables of the agent's file, or a default in the page",
  missing_dynamic_variable_transfer:
    "give every {{variable}} of the agent it transfers to a value in elevenlabs.dynamicVariables of the agent's file",
}

const base = providerFailures({
  id: PROVIDER,
  name: 'ElevenLabs',
  codes: KNOWN,
  closeFailure: (closeCode) => (closeCode === 1008 ? 'refused' : 'dropped'),
})

export const elevenLabsFailures: ProviderFailures = {
  ...base,
  closed(closeCode, reason, ageMs) {
    const named = Object.keys(TO_DO).findLast((code) => reason.includes(code))
    if (named) return ended(named, 'refused')
    if (closeCode !== 1000) return base.closed(closeCode, reason, ageMs)
    // 1000 is the agent's own doing: its system tool `end_call`, or the longest call its page allows.
    const expired = /max\w*[ _](?:\w+[ _])?duration/i.test(reason)
    return expired ? ended('max_duration_exceeded', 'expired') : ended('agent_ended', 'dropped')
  },
}

/** An `error` event that ends the conversation; undefined when its kind is not known: its close will tell. */
export function fatalError({ error_type: code }: WireFailure): EngineError | undefined {
  const failure = KNOWN.get(code ?? '')
  return code && failure ? ended(code, failure) : undefined
}

/** An `error` before the conversation stood. */
export function openingError(failure: WireFailure): EngineError {
  const known = fatalError(failure)
  if (known) return known
  return ended(codeOf(failure), failure.code === 1008 ? 'refused' : 'dropped')
}

/** The code by which a failure is known. */
export function codeOf(failure: WireFailure | null | undefined): string {
  return failure?.error_type ?? (failure?.code ? `error_${failure.code}` : 'unknown_error')
}

/** @param heard @param spoken formats as the agent's page has them. */
export function wrongFormats(agentId: string, heard: string, spoken: string): EngineError {
  const message = `ElevenLabs agent ${agentId} hears ${heard} and speaks ${spoken}, and a telephone line is ulaw_8000 both ways: in the agent's page set the user input audio format (Advanced) and the TTS output format (Voice) to mu-law 8000 Hz.`
  return new EngineError('refused', 'audio_format', message, { provider: PROVIDER })
}

/** The answer to our request for a signed address held none we could use. */
export function noSignedUrl(): EngineError {
  const message = `ElevenLabs answered without a signed WebSocket address: ${ADVICE.dropped}, and check ELEVENLABS_BASE_URL.`
  return new EngineError('dropped', 'signed_url_missing', message, { provider: PROVIDER })
}

function ended(code: string, failure: EngineFailure): EngineError {
  const message = `ElevenLabs ended the conversation with ${code}: ${TO_DO[code] ?? ADVICE[failure]}.`
  return new EngineError(failure, code, message, { provider: PROVIDER })
}
