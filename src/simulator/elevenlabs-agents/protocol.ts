import type {
  ConversationMetadata,
  ErrorEventCode,
  ErrorEventErrorType,
  Incoming,
  Interruption,
  Ping,
} from '@elevenlabs/types'

/** What goes to the client, in the vendor's own types: a field they do not know, or a wrong one, does not compile. */
export type ServerEvent =
  | ConversationMetadata
  | Incoming.AudioClientEvent
  | Incoming.UserTranscriptionClientEvent
  | Incoming.TentativeUserTranscriptionClientEvent
  | Incoming.AgentResponseClientEvent
  | Incoming.AgentResponseCorrectionClientEvent
  | Incoming.ClientToolCallClientEvent
  | Incoming.AgentToolRequestClientEvent
  | Incoming.AgentToolResponseClientEvent
  | Incoming.VadScoreClientEvent
  | Incoming.ErrorClientEvent
  | Interruption
  | Ping

/** Sent whatever the settings say: without the first a client cannot begin, without the other it cannot know its end. */
export const ALWAYS_SENT: readonly ServerEvent['type'][] = ['conversation_initiation_metadata', 'error']

/** Close codes of the contract, section 1.5. What is not named here is operational: 1002. */
const CLOSE_CODES: Partial<Record<ErrorEventErrorType, ErrorEventCode>> = {
  max_duration_exceeded: 1000,
  invalid_message: 1008,
  missing_fields: 1008,
  value_error: 1008,
  override_error: 1008,
  missing_dynamic_variable: 1008,
  missing_dynamic_variable_transfer: 1008,
  telephony_agent_error: 1008,
  mcp_tool_error: 1008,
  mcp_https_error: 1008,
  unknown_websocket_crash: 1011,
}

const OPERATIONAL: readonly ErrorEventErrorType[] = [
  'llm_timeout',
  'transport_receive_timeout',
  'safety_violation',
  'llm_error',
  'custom_llm_error',
  'cascade_brain_error',
  'asr_transcription_error',
  'vad_error',
  'turn_probability_error',
  'tts_cascade_error',
  'http_exception',
  'asyncio_timeout',
  'redis_timeout_error',
]

/** How a conversation ends that did not end well: an `error` event, then a close with its code. */
export class ConversationError extends Error {
  override readonly name = 'ConversationError'
  readonly errorType: ErrorEventErrorType

  constructor(errorType: ErrorEventErrorType, message: string) {
    super(message)
    this.errorType = errorType
  }

  get closeCode(): ErrorEventCode {
    return CLOSE_CODES[this.errorType] ?? 1002
  }

  get event(): Incoming.ErrorClientEvent {
    return {
      type: 'error',
      error_event: { code: this.closeCode, error_type: this.errorType, message: this.message, reason: this.message },
    }
  }
}

/** The service's error type of that name; what it does not know is to it an error of the language model. */
export function errorTypeOf(code: string): ErrorEventErrorType {
  const known = [...(Object.keys(CLOSE_CODES) as ErrorEventErrorType[]), ...OPERATIONAL]
  return known.find((errorType) => errorType === code) ?? 'llm_error'
}
