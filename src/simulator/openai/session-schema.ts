import { z } from 'zod'

const formatSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio/pcm'), rate: z.literal(24_000).default(24_000) }),
  z.strictObject({ type: z.literal('audio/pcmu') }),
])

const responsesOnTurn = { create_response: z.boolean().default(true), interrupt_response: z.boolean().default(true) }

export const turnDetectionSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('server_vad'),
    threshold: z.number().min(0).max(1).default(0.5),
    prefix_padding_ms: z.int().min(0).default(300),
    silence_duration_ms: z.int().min(0).default(200),
    idle_timeout_ms: z.int().min(5_000).max(30_000).nullable().default(null),
    ...responsesOnTurn,
  }),
  z.strictObject({
    type: z.literal('semantic_vad'),
    eagerness: z.enum(['low', 'medium', 'high', 'auto']).default('auto'),
    ...responsesOnTurn,
  }),
])

const transcriptionSchema = z.strictObject({
  model: z.string(),
  language: z.string().optional(),
  languages: z.array(z.string()).optional(),
  keywords: z.array(z.string()).optional(),
  prompt: z.string().optional(),
  delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
})

export const toolsSchema = z.array(
  z.strictObject({
    type: z.literal('function'),
    name: z.string(),
    description: z.string().optional(),
    parameters: z.unknown().optional(),
  }),
)

export const toolChoiceSchema = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string() }),
])

export const maxOutputTokensSchema = z.union([z.int().min(1).max(4_096), z.literal('inf')])

/** What `session.update` may carry. Absent fields stay as they are; the beta's flat fields are unknown here. */
export const sessionPatchSchema = z.strictObject({
  type: z.literal('realtime'),
  model: z.string().optional(),
  output_modalities: z.tuple([z.literal('audio')]).optional(),
  instructions: z.string().optional(),
  audio: z
    .strictObject({
      input: z
        .strictObject({
          format: formatSchema,
          noise_reduction: z.strictObject({ type: z.enum(['near_field', 'far_field']) }).nullable(),
          transcription: transcriptionSchema.nullable(),
          turn_detection: turnDetectionSchema.nullable(),
        })
        .partial(),
      output: z
        .strictObject({ format: formatSchema, voice: z.string(), speed: z.number().min(0.25).max(1.5) })
        .partial(),
    })
    .partial()
    .optional(),
  tools: toolsSchema.optional(),
  tool_choice: toolChoiceSchema.optional(),
  max_output_tokens: maxOutputTokensSchema.optional(),
  parallel_tool_calls: z.boolean().optional(),
  reasoning: z.strictObject({ effort: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']) }).optional(),
  truncation: z
    .union([
      z.enum(['auto', 'disabled']),
      z.strictObject({
        type: z.literal('retention_ratio'),
        retention_ratio: z.number().min(0).max(1),
        token_limits: z.strictObject({ post_instructions: z.int().min(0) }).optional(),
      }),
    ])
    .optional(),
  tracing: z.literal('auto').nullable().optional(),
  // Stored prompts live at the provider; there are none to name here.
  prompt: z.null().optional(),
  include: z.array(z.literal('item.input_audio_transcription.logprobs')).nullable().optional(),
})

export type SessionPatch = z.infer<typeof sessionPatchSchema>
export type AudioFormat = z.infer<typeof formatSchema>
export type TurnDetection = z.infer<typeof turnDetectionSchema>
export type Tools = z.infer<typeof toolsSchema>
export type ToolChoice = z.infer<typeof toolChoiceSchema>
export type MaxOutputTokens = z.infer<typeof maxOutputTokensSchema>
export type Transcription = z.infer<typeof transcriptionSchema>
