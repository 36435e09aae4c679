import type { ServerEvent as WireEvent } from 'openai/resources/live/live'
import { z } from 'zod'
import { type EncodedAudio, encodeAudio } from '../../audio/encoded-audio.ts'
import { readFlatObject } from '../wire/flat-object.ts'
import { createParser, type PassedOver } from '../wire/message-parser.ts'

/**
 * What we hear from OpenAI Live. The schemas hold only the fields we use and let the rest pass: no traffic of it was on
 * record when this was written.
 */
export type ServerMessage = OutputAudio | ServerEvent | PassedOver

/** A piece of the endless output, speech or silence. Its audio is a view into the received message. */
export interface OutputAudio {
  readonly type: typeof OUTPUT_AUDIO_TYPE
  readonly audio: EncodedAudio
}

const OUTPUT_AUDIO_TYPE = 'session.output_audio.delta'

/** Never throws. Audio is sliced out of the bytes; everything else goes through JSON.parse and a schema. */
export function parseServerMessage(data: Buffer): ServerMessage {
  return sliceOutputAudio(data) ?? parseEvent(data)
}

const failure = z.object({
  type: z.string().nullish(),
  code: z.string().nullish(),
  message: z.string().nullish(),
  param: z.string().nullish(),
})

const backendUsage = z.object({
  input_tokens: z.number().nullish(),
  input_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
  output_tokens: z.number().nullish(),
})

/** An event of the Responses API; which fields it has depends on its type. */
const backendEvent = z.object({
  type: z.string(),
  item: z
    .object({
      type: z.string(),
      status: z.string().nullish(),
      name: z.string().nullish(),
      call_id: z.string().nullish(),
      arguments: z.string().nullish(),
    })
    .nullish(),
  response: z.object({ error: failure.nullish(), usage: backendUsage.nullish() }).nullish(),
})

/** Ms from the start of the session, approximate; half-open. */
const fragment = { delta: z.string(), start_ms: z.number(), end_ms: z.number() }
const usage = z.object({ seconds: z.number() })

const serverEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session.started') }),
  z.object({ type: z.literal(OUTPUT_AUDIO_TYPE), delta: z.string() }),
  z.object({ type: z.literal('session.input_transcript.delta'), ...fragment }),
  z.object({ type: z.literal('session.output_transcript.delta'), ...fragment }),
  z.object({ type: z.literal('response.event'), delegation_id: z.string().nullish(), event: backendEvent }),
  z.object({ type: z.literal('session.usage.updated'), usage }),
  z.object({ type: z.literal('session.closed'), reason: z.string().nullish(), usage: usage.nullish() }),
  z.object({ type: z.literal('error'), error: failure }),
])

export type ServerEvent = Exclude<z.infer<typeof serverEvent>, { type: typeof OUTPUT_AUDIO_TYPE }>
export type WireFailure = z.infer<typeof failure>
export type WireBackendEvent = z.infer<typeof backendEvent>
export type WireBackendUsage = z.infer<typeof backendUsage>

/** A few words of either side, and when in the session they were said. */
export type WireFragment = Pick<
  Extract<ServerEvent, { type: 'session.output_transcript.delta' }>,
  'delta' | 'start_ms' | 'end_ms'
>

/** Typed by the provider's package, so that a misspelt name does not compile. */
const USED_TYPES: ReadonlySet<string> = new Set<WireEvent['type']>(
  serverEvent.options.map((option) => option.shape.type.value),
)

/** They answer what we sent, or tell what `response.event` tells. */
const UNUSED_TYPES: ReadonlySet<string> = new Set<WireEvent['type']>([
  'session.updated',
  'session.delegation.created',
  'session.instructions.appended',
  'session.thinking.appended',
  'session.commentary.appended',
  'info',
])

const parse = createParser(serverEvent, { used: USED_TYPES, unused: UNUSED_TYPES })

function sliceOutputAudio(message: Buffer): OutputAudio | undefined {
  let audio: EncodedAudio | undefined
  let isAudio = false
  const wellFormed = readFlatObject(message, (key, from, to) => {
    if (key === 'type') isAudio = message.toString('latin1', from, to) === OUTPUT_AUDIO_TYPE
    else if (key === 'delta') audio = message.subarray(from, to)
    // Another type ends the reading: the rest of such a message is none of our business.
    return key !== 'type' || isAudio
  })
  return wellFormed && isAudio && audio ? { type: OUTPUT_AUDIO_TYPE, audio } : undefined
}

function parseEvent(data: Buffer): ServerMessage {
  const event = parse(data)
  if (event.type !== OUTPUT_AUDIO_TYPE) return event
  // With escapes in it, it may hold what must not stand in the carrier's messages: made anew.
  return { type: event.type, audio: encodeAudio(Buffer.from(event.delta, 'base64')) }
}
