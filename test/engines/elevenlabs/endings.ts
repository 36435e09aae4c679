import type { EngineFailure } from '../../../src/engines/engine.ts'
import type { Provider, ProviderCall } from '../provider.ts'
import type { ElevenLabsCall } from './elevenlabs-provider.ts'

const fails = (errorType: string, code: number) => (call: ProviderCall) =>
  (call as ElevenLabsCall).fails(errorType, code)

/** Contract elevenlabs, section 1.5: every `error_type`, with the close it announces. */
const ERRORS: readonly [failure: EngineFailure, closeCode: number, errorTypes: string][] = [
  ['expired', 1000, 'max_duration_exceeded'],
  ['stalled', 1002, 'llm_timeout asyncio_timeout'],
  ['dropped', 1002, 'transport_receive_timeout safety_violation llm_error custom_llm_error cascade_brain_error'],
  ['dropped', 1002, 'asr_transcription_error vad_error turn_probability_error tts_cascade_error'],
  ['dropped', 1002, 'http_exception redis_timeout_error'],
  ['refused', 1008, 'invalid_message missing_fields value_error override_error missing_dynamic_variable'],
  ['refused', 1008, 'missing_dynamic_variable_transfer telephony_agent_error'],
  // Somebody else's server, which may be back the next time.
  ['dropped', 1008, 'mcp_tool_error mcp_https_error'],
  ['dropped', 1011, 'unknown_websocket_crash'],
]

/** Every way an agent leaves a conversation. */
export const ELEVENLABS_ENDINGS: Provider['endings'] = [
  { how: 'the agent hanging up', failure: 'dropped', end: (call) => call.hangUp(1000) },
  { how: 'its longest call', failure: 'expired', end: (call) => call.hangUp(1000, 'max_duration_exceeded') },
  { how: 'trouble of its own', failure: 'dropped', end: (call) => call.hangUp(1002) },
  { how: 'a crash', failure: 'dropped', end: (call) => call.hangUp(1011) },
  { how: 'a policy', failure: 'refused', end: (call) => call.hangUp(1008) },
  { how: 'an override, named in the close', failure: 'refused', end: (call) => call.hangUp(1008, 'override_error: x') },
  { how: 'a broken connection', failure: 'dropped', end: (call) => call.drop() },
  ...ERRORS.flatMap(([failure, closeCode, errorTypes]) =>
    errorTypes.split(' ').map((errorType) => ({ how: errorType, failure, end: fails(errorType, closeCode) })),
  ),
]
