import { ProtocolError, type WireSession } from './protocol.ts'
import {
  type AudioFormat,
  type MaxOutputTokens,
  type SessionPatch,
  type ToolChoice,
  type Tools,
  type Transcription,
  type TurnDetection,
  turnDetectionSchema,
} from './session-schema.ts'

/** The parts of a session's configuration that change how the emulator behaves; all other fields are only echoed. */
export interface SessionConfig {
  readonly instructions: string
  readonly tools: Tools
  readonly tool_choice: ToolChoice
  readonly max_output_tokens: MaxOutputTokens
  readonly audio: {
    readonly input: {
      readonly format: AudioFormat
      readonly noise_reduction: { readonly type: 'near_field' | 'far_field' } | null
      readonly transcription: Transcription | null
      readonly turn_detection: TurnDetection | null
    }
    readonly output: { readonly format: AudioFormat; readonly voice: string; readonly speed: number }
  }
  /** Fields the emulator takes and echoes without acting on them. */
  readonly echoed: Omit<SessionPatch, 'type' | 'model' | keyof Omit<SessionConfig, 'echoed'>>
}

/** What `session.created` shows: 24 kHz PCM, server VAD with 200 ms (contract 3). */
export const DEFAULT_CONFIG: SessionConfig = {
  instructions: 'You are a helpful, witty, and friendly AI.',
  tools: [],
  tool_choice: 'auto',
  max_output_tokens: 'inf',
  audio: {
    input: {
      format: { type: 'audio/pcm', rate: 24_000 },
      noise_reduction: null,
      transcription: null,
      turn_detection: turnDetectionSchema.parse({ type: 'server_vad' }),
    },
    output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'alloy', speed: 1 },
  },
  echoed: {},
}

/**
 * The configuration after a patch.
 * @throws ProtocolError when it would change the voice of a session that has spoken.
 */
export function patchConfig(config: SessionConfig, patch: SessionPatch, hasSpoken: boolean): SessionConfig {
  const { type: _, model: __, instructions, tools, tool_choice, max_output_tokens, audio, ...echoed } = patch
  const voice = audio?.output?.voice
  if (hasSpoken && voice && voice !== config.audio.output.voice)
    throw new ProtocolError({
      code: 'cannot_update_voice',
      message: "Cannot update a conversation's voice if assistant audio is present.",
      param: 'session.audio.output.voice',
    })
  return {
    instructions: instructions ?? config.instructions,
    tools: tools ?? config.tools,
    tool_choice: tool_choice ?? config.tool_choice,
    max_output_tokens: max_output_tokens ?? config.max_output_tokens,
    audio: {
      input: { ...config.audio.input, ...present(audio?.input ?? {}) },
      output: { ...config.audio.output, ...present(audio?.output ?? {}) },
    },
    echoed: { ...config.echoed, ...echoed },
  }
}

/** The session as the wire shows it in `session.created` and `session.updated`. */
export function wireSession(
  config: SessionConfig,
  { id, model, expiresAt }: { id: string; model: string; expiresAt: number },
): WireSession {
  return {
    type: 'realtime',
    object: 'realtime.session',
    id,
    model,
    output_modalities: ['audio'],
    instructions: config.instructions,
    tools: config.tools,
    tool_choice: config.tool_choice,
    max_output_tokens: config.max_output_tokens,
    audio: config.audio,
    tracing: null,
    truncation: 'auto',
    prompt: null,
    include: null,
    ...config.echoed,
    expires_at: Math.floor(expiresAt / 1000),
  }
}

type Present<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** Without the keys whose value is undefined, which would otherwise overwrite what is there. */
function present<T extends object>(patch: T): Present<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Present<T>
}
