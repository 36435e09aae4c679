import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { z } from 'zod'
import { encodeAudio } from '../../audio/encoded-audio.ts'
import { createParser, type PassedOver } from '../wire/message-parser.ts'
import { AUDIO_DELTA_TYPE, type AudioDelta, sliceAudioDelta } from './audio-delta.ts'

/**
 * What we hear from OpenAI Realtime (GA). The schemas hold only the fields we use and let the rest pass: the wire
 * carries nulls and fields that the `openai` package's types do not have.
 */
export type ServerMessage = AudioDelta | ServerEvent | PassedOver

/** Never throws. Audio is sliced out of the bytes; everything else goes through JSON.parse and a schema. */
export function parseServerMessage(data: Buffer): ServerMessage {
  return sliceAudioDelta(data) ?? parseEvent(data)
}

const tokens = z.number().nullish()

const usage = z.object({
  input_tokens: tokens,
  output_tokens: tokens,
  input_token_details: z
    .object({
      text_tokens: tokens,
      audio_tokens: tokens,
      cached_tokens: tokens,
      cached_tokens_details: z.object({ text_tokens: tokens, audio_tokens: tokens }).nullish(),
    })
    .nullish(),
  output_token_details: z.object({ text_tokens: tokens, audio_tokens: tokens }).nullish(),
})

/** Tokens or seconds, depending on the transcription model. */
const transcriptionUsage = usage.extend({ seconds: z.number().nullish() })

const failure = z.object({
  type: z.string().nullish(),
  code: z.string().nullish(),
  message: z.string().nullish(),
  param: z.string().nullish(),
  event_id: z.string().nullish(),
})

const item = z.object({
  type: z.string(),
  status: z.string().nullish(),
  name: z.string().nullish(),
  call_id: z.string().nullish(),
  arguments: z.string().nullish(),
})

const response = z.object({
  id: z.string(),
  status: z.string().nullish(),
  status_details: z.object({ reason: z.string().nullish(), error: failure.nullish() }).nullish(),
  output: z.array(item).nullish(),
  usage: usage.nullish(),
})

const rateLimit = z.object({ name: z.string(), remaining: z.number(), reset_seconds: z.number() })

const TRANSCRIPTION = 'conversation.item.input_audio_transcription'
const ofItem = { item_id: z.string() }
const ofResponse = { response_id: z.string() }
const ofResponseItem = { ...ofResponse, ...ofItem }

const serverEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session.created') }),
  z.object({ type: z.literal('session.updated') }),
  z.object({ type: z.literal('input_audio_buffer.speech_started') }),
  z.object({ type: z.literal('input_audio_buffer.speech_stopped'), ...ofItem }),
  z.object({ type: z.literal(`${TRANSCRIPTION}.delta`), ...ofItem, delta: z.string().nullish() }),
  z.object({
    type: z.literal(`${TRANSCRIPTION}.completed`),
    ...ofItem,
    transcript: z.string().nullish(),
    /** What it took the words for; not every model says. */
    languages: z.array(z.object({ code: z.string() })).nullish(),
    usage: transcriptionUsage.nullish(),
  }),
  z.object({ type: z.literal(`${TRANSCRIPTION}.failed`), ...ofItem, error: failure.nullish() }),
  z.object({ type: z.literal('response.created'), response }),
  z.object({ type: z.literal('response.done'), response }),
  z.object({ type: z.literal('response.output_item.done'), ...ofResponse, item }),
  z.object({ type: z.literal(AUDIO_DELTA_TYPE), ...ofResponseItem, delta: z.string() }),
  z.object({ type: z.literal('response.output_audio.done'), ...ofResponseItem }),
  z.object({ type: z.literal('response.output_audio_transcript.delta'), ...ofResponseItem, delta: z.string() }),
  z.object({ type: z.literal('response.output_audio_transcript.done'), ...ofResponseItem, transcript: z.string() }),
  z.object({ type: z.literal('rate_limits.updated'), rate_limits: z.array(rateLimit) }),
  z.object({ type: z.literal('error'), error: failure }),
])

export type ServerEvent = Exclude<z.infer<typeof serverEvent>, { type: typeof AUDIO_DELTA_TYPE }>
export type WireUsage = z.infer<typeof usage>
export type WireTranscriptionUsage = z.infer<typeof transcriptionUsage>
export type WireFailure = z.infer<typeof failure>
export type WireItem = z.infer<typeof item>
export type WireResponse = z.infer<typeof response>

/** Typed by the provider's package, so that a misspelt or beta name does not compile. */
const USED_TYPES: ReadonlySet<string> = new Set<RealtimeServerEvent['type']>(
  serverEvent.options.map((option) => option.shape.type.value),
)

/** They repeat what other events say, or answer what we sent. */
const UNUSED_TYPES: ReadonlySet<string> = new Set<RealtimeServerEvent['type']>([
  'conversation.created',
  'conversation.item.added',
  'conversation.item.done',
  'conversation.item.deleted',
  'conversation.item.truncated',
  'input_audio_buffer.committed',
  'input_audio_buffer.cleared',
  'response.output_item.added',
  'response.content_part.added',
  'response.content_part.done',
  'response.function_call_arguments.delta',
  // Also sent, with half the arguments, when a response is cancelled: only the finished item tells.
  'response.function_call_arguments.done',
])

const parse = createParser(serverEvent, { used: USED_TYPES, unused: UNUSED_TYPES })

function parseEvent(data: Buffer): ServerMessage {
  const event = parse(data)
  if (event.type !== AUDIO_DELTA_TYPE) return event
  const { response_id: responseId, item_id: itemId, delta } = event
  // With escapes in it, it may hold what must not stand in the carrier's messages: made anew.
  const audio = encodeAudio(Buffer.from(delta, 'base64'))
  return { type: AUDIO_DELTA_TYPE, responseId, itemId, audio }
}
