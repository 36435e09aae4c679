import type {
  AudioTranscription,
  RealtimeAudioInputTurnDetection,
  RealtimeReasoningEffort,
  RealtimeSessionCreateRequest,
} from 'openai/resources/realtime/realtime'
import { languageOf } from '../../lib/language-tag.ts'
import type { Briefing, ToolDescription } from '../engine.ts'

/** How the voice sounds and listens: what the configuration says about OpenAI, apart from key, address and model. */
export interface OpenAiSettings {
  /** A voice's name, such as `marin`. Cannot change within a session. */
  readonly voice: string
  /** 0.25 to 1.5; 1 is natural. */
  readonly speed: number
  readonly turnDetection: TurnDetection
  readonly noiseReduction: 'near_field' | 'far_field' | 'off'
  /** Writes down what the caller says, apart from the voice model and at its own price. */
  readonly transcriptionModel: string
  /** Names and terms callers are likely to say. Sent to the transcription models that take them. */
  readonly transcriptionKeywords: readonly string[]
  /** 1 to 4096 for one answer, or no limit. */
  readonly maxOutputTokens: number | 'inf'
  /** Only for models that reason. */
  readonly reasoningEffort?: RealtimeReasoningEffort | undefined
}

export type TurnDetection =
  | {
      readonly type: 'server_vad'
      /** 0 to 1; higher needs louder speech. */
      readonly threshold: number
      readonly prefixPaddingMs: number
      readonly silenceDurationMs: number
    }
  | { readonly type: 'semantic_vad'; readonly eagerness: 'low' | 'medium' | 'high' | 'auto' }

type SessionPatch = RealtimeSessionCreateRequest

/** The first `session.update`: everything, as defaults of the provider change and voice can be set only once. */
export function describeSession(settings: OpenAiSettings, briefing: Briefing): SessionPatch {
  const { voice, speed, noiseReduction, maxOutputTokens, reasoningEffort } = settings
  return {
    type: 'realtime',
    output_modalities: ['audio'],
    instructions: briefing.instructions,
    tools: describeTools(briefing.tools),
    tool_choice: 'auto',
    max_output_tokens: maxOutputTokens,
    ...(reasoningEffort ? { reasoning: { effort: reasoningEffort } } : {}),
    audio: {
      input: {
        format: { type: 'audio/pcmu' },
        transcription: describeTranscription(settings, briefing),
        turn_detection: describeTurnDetection(settings.turnDetection),
        ...(noiseReduction === 'off' ? {} : { noise_reduction: { type: noiseReduction } }),
      },
      output: { format: { type: 'audio/pcmu' }, voice, speed },
    },
  }
}

/** A later `session.update`: only what changes. */
export function describeChange(
  settings: OpenAiSettings,
  { instructions, tools, language }: Partial<Pick<Briefing, 'instructions' | 'tools' | 'language'>>,
  hears: Briefing['hears'],
): SessionPatch {
  return {
    type: 'realtime',
    ...(instructions === undefined ? {} : { instructions }),
    ...(tools === undefined ? {} : { tools: describeTools(tools) }),
    ...(language === undefined
      ? {}
      : { audio: { input: { transcription: describeTranscription(settings, { language, hears }) } } }),
  }
}

/** The silence that ends a turn. A semantic detector takes as long as it needs and does not say how long it was: 0. */
export function endpointingMs(turnDetection: TurnDetection): number {
  return turnDetection.type === 'server_vad' ? turnDetection.silenceDurationMs : 0
}

function describeTools(tools: readonly ToolDescription[]): NonNullable<SessionPatch['tools']> {
  return tools.map(({ name, description, parameters }) => ({ type: 'function', name, description, parameters }))
}

/** Other transcription models refuse a session with keywords, or with several languages. */
const TAKES_HINTS: ReadonlySet<string> = new Set(['gpt-transcribe', 'gpt-live-transcribe'])

function describeTranscription(
  settings: OpenAiSettings,
  { language, hears = [] }: { language: string; hears?: Briefing['hears'] },
): AudioTranscription {
  const { transcriptionModel: model, transcriptionKeywords: keywords } = settings
  const takesHints = TAKES_HINTS.has(model)
  // ISO 639-1, where we speak BCP 47.
  const languages = [...new Set([language, ...hears].map(languageOf))]
  return {
    model,
    ...(languages.length === 1 ? { language: languages[0]! } : takesHints ? { languages } : {}),
    ...(keywords.length > 0 && takesHints ? { keywords: [...keywords] } : {}),
  }
}

/**
 * We ask for each answer ourselves (`create_response: false`), so that a rule can stand between hearing and speaking.
 * A running response ends on the server the moment speech begins (`interrupt_response`), before we could ask for it.
 */
function describeTurnDetection(turnDetection: TurnDetection): RealtimeAudioInputTurnDetection {
  const ours = { create_response: false, interrupt_response: true }
  if (turnDetection.type === 'semantic_vad') return { ...ours, ...turnDetection }
  const { type, threshold, prefixPaddingMs, silenceDurationMs } = turnDetection
  return { ...ours, type, threshold, prefix_padding_ms: prefixPaddingMs, silence_duration_ms: silenceDurationMs }
}
