import { z } from 'zod'
import { cascadeSchema, elevenLabsSchema, openAiLiveSchema } from './engine-schemas.ts'
import { languageTag } from './values.ts'

const turnDetectionSchema = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('server_vad'),
      /** 0 to 1; higher needs louder speech. */
      threshold: z.number().min(0).max(1).default(0.5),
      /** Audio from before the speech that is kept with it. */
      prefixPaddingMs: z.int().min(0).max(2000).default(300),
      /** Silence that ends the caller's turn. */
      silenceDurationMs: z.int().min(100).max(5000).default(500),
    }),
    z.strictObject({
      type: z.literal('semantic_vad'),
      /** How soon a pause counts as the end: `low` waits up to 8 s, `medium` and `auto` 4 s, `high` 2 s. */
      eagerness: z.enum(['low', 'medium', 'high', 'auto']).default('auto'),
    }),
  ],
  { error: 'type: server_vad or type: semantic_vad' },
)

/** `config/agents/*.yaml`: who answers, what it is told, and how its voice engine is set. Strict; units are in the names. */
export const agentFileSchema = z.strictObject({
  agent: z.strictObject({
    /** What the agent calls itself. */
    name: z.string().min(1).max(50),
    /** BCP 47; one of the company's languages. */
    language: languageTag(),
    /** What the model is told. May contain the placeholders of `instructions.ts`. */
    instructions: z.string().min(1).max(20_000),
    /** Names of the tools the agent may use. */
    tools: z.array(z.string().regex(/^[a-z][a-z0-9_]*$/, { error: 'the name of a tool such as take_message' })),
  }),
  openai: z.strictObject({
    voice: z.string().min(1).default('marin'),
    /** 1 is the voice's natural pace. */
    speed: z.number().min(0.25).max(1.5).default(1),
    turnDetection: turnDetectionSchema.prefault({ type: 'server_vad' }),
    noiseReduction: z.enum(['near_field', 'far_field', 'off']).default('near_field'),
    transcriptionModel: z.string().min(1).default('gpt-live-transcribe'),
    /** Words the transcription should expect: names, products. */
    transcriptionKeywords: z.array(z.string().min(1).max(100)).max(100).default([]),
    /** Tokens of one answer, 20 of which are 1 s of speech; an answer that reaches it is cut short. */
    maxOutputTokens: z
      .union([z.int().min(1).max(4096), z.literal('inf')], { error: 'a whole number from 1 to 4096, or inf' })
      .default(4096),
    reasoningEffort: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
  }),
  elevenlabs: elevenLabsSchema.prefault({}),
  cascade: cascadeSchema.prefault({}),
  openaiLive: openAiLiveSchema.prefault({}),
})

export type AgentFile = z.output<typeof agentFileSchema>
