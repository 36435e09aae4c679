import { z } from 'zod'
import { phoneNumber, serviceUrl } from './values.ts'

/** The engines a call can run on: one word for ENGINE, a number or an arm of an experiment. */
export const ENGINE_NAMES = ['openai', 'elevenlabs', 'cascade', 'openai-live'] as const
export type EngineName = (typeof ENGINE_NAMES)[number]

export const engineName = () => z.enum(ENGINE_NAMES, { error: 'openai, elevenlabs, cascade or openai-live' })

/** `engines` of company.yaml: which engine takes which call, and which take over. */
export const enginesSchema = z.strictObject({
  /** Take over when a call's engine fails, in this order; not set: every other engine whose keys are set. */
  rescue: z.array(engineName()).optional(),
  /** For calls to a number, in place of ENGINE. */
  numbers: z.record(phoneNumber(), engineName()).default({}),
  /** Shares out the calls that no number decides. A caller always meets the same arm. */
  experiment: z
    .strictObject({
      /** Under another name the callers are dealt out anew. */
      name: z.string().min(1).max(50),
      arms: z
        .array(z.strictObject({ engine: engineName(), share: z.number().positive().max(1_000_000) }))
        .min(2)
        .max(4),
    })
    .optional(),
  /** What an engine must be able to do to take calls here. */
  require: z.array(z.enum(['held speech', 'exact wording', 'exact history'])).default([]),
})

/** `elevenlabs` of an agent's file: what is not set here is set in the agent's own page at ElevenLabs. */
export const elevenLabsSchema = z.strictObject({
  /** Values for the `{{placeholders}}` in the agent's own prompt. */
  dynamicVariables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** Silence after which the caller is taken to have stopped, for our own account of the turn. */
  silenceDurationMs: z.int().min(200).max(3000).default(600),
  /** Speaks with ELEVENLABS_VOICE_ID, which the page must allow, in place of the page's own voice. */
  overrideVoice: z.boolean().default(false),
})

/** Names and terms callers are likely to say. */
const keyterms = () => z.array(z.string().min(1).max(100)).max(100).default([])

const novaSchema = z.strictObject({
  type: z.literal('nova'),
  model: z.string().min(1).default('nova-3'),
  /** Silence that ends the caller's turn. */
  endpointingMs: z.int().min(10).max(5000).default(400),
  /** The turn ends at the latest when so long no new word came; Deepgram takes 1000 and more. */
  utteranceEndMs: z.int().min(1000).max(5000).default(1000),
  /** Callers may change language within a sentence. */
  multilingual: z.boolean().default(false),
  keyterms: keyterms(),
})

const fluxSchema = z.strictObject({
  type: z.literal('flux'),
  model: z.string().min(1).default('flux-general-en'),
  /** How sure Flux must be that the turn is over, 0.5 to 1. */
  eotThreshold: z.number().min(0.5).max(1).default(0.7),
  /** How sure to begin thinking ahead, 0.3 to 0.9; not set: never. */
  eagerEotThreshold: z.number().min(0.3).max(0.9).optional(),
  /** Silence that ends the turn, however unsure Flux is. */
  eotTimeoutMs: z.int().min(500).max(60_000).default(5000),
  keyterms: keyterms(),
})

const thinkerSchema = z.strictObject({
  provider: z.enum(['openai', 'openai-chat', 'anthropic'], { error: 'openai, openai-chat or anthropic' }),
  model: z.string().min(1),
  /** Of a server that speaks the same wire; not set: the provider's own (OPENAI_BASE_URL, ANTHROPIC_BASE_URL). */
  baseUrl: serviceUrl().optional(),
  /** For one answer, its thinking included; an answer that reaches it is cut short. */
  maxOutputTokens: z.int().min(50).max(4096).default(400),
  /** For models that can think before they answer. */
  reasoningEffort: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional(),
})

/** `cascade` of an agent's file: who listens, who thinks, who speaks; several take over from each other in order. */
export const cascadeSchema = z.strictObject({
  listeners: z
    .array(z.discriminatedUnion('type', [novaSchema, fluxSchema], { error: 'type: nova or type: flux' }))
    .min(1)
    .prefault([{ type: 'flux', eagerEotThreshold: 0.5 }, { type: 'nova' }]),
  thinkers: z
    .array(thinkerSchema)
    .min(1)
    .prefault([
      { provider: 'openai', model: 'gpt-5.4-mini', reasoningEffort: 'none' },
      { provider: 'anthropic', model: 'claude-haiku-5-5' },
    ]),
  speaker: z
    .strictObject({
      /** The newer `eleven_v3*` and `eleven_v4*` speak over another socket. */
      model: z
        .string()
        .regex(/^(?!eleven_v[34])./, { error: 'a model of the stream-input socket, such as eleven_flash_v2_5' })
        .default('eleven_flash_v2_5'),
      /** Voices for languages other than the agent's own, by their code; not set: ELEVENLABS_VOICE_ID speaks them all. */
      voices: z
        .record(z.string().regex(/^[a-z]{2}$/, { error: 'a language such as es' }), z.string().min(1))
        .default({}),
      /** 0 to 1: how little the voice varies. */
      stability: z.number().min(0).max(1).default(0.5),
      /** 0 to 1: how close it stays to the original. */
      similarityBoost: z.number().min(0).max(1).default(0.75),
      /** 1 is the voice's own pace. */
      speed: z.number().min(0.7).max(1.2).default(1),
    })
    .prefault({}),
  /** The next thinker is asked when the first word takes longer. */
  firstTokenTimeoutMs: z.int().min(500).max(10_000).default(3000),
})

/** `openaiLive` of an agent's file: OpenAI's full-duplex model, experimental. */
export const openAiLiveSchema = z.strictObject({
  model: z.string().min(1).default('gpt-live-1'),
  voice: z.string().min(1).default('marin'),
  /** Thinks and calls tools behind the voice. */
  backendModel: z.string().min(1).default('gpt-5.4-mini'),
})
