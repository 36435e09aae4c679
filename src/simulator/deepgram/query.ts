import { z } from 'zod'
import { hasLanguage, isFluxLanguage } from './languages.ts'

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const list = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())
const number = (lowest: number, highest: number) => z.coerce.number().min(lowest).max(highest)

/** The real service takes more formats and channels; the ears here know the telephone's sound only. */
const telephone = {
  encoding: z.literal('mulaw'),
  sample_rate: z.literal('8000'),
  channels: z.literal('1').optional(),
}

const common = {
  ...telephone,
  keyterm: list.optional(),
  tag: list.optional(),
  redact: list.optional(),
  numerals: flag.optional(),
  profanity_filter: flag.optional(),
  mip_opt_out: flag.optional(),
}

/** Names that are not here are refused: a misspelt one would otherwise go unnoticed. */
const novaFields = z.strictObject({
  ...common,
  model: z.string().regex(/^(nova(-[23])?(-[a-z]+)?|base(-[a-z]+)?|enhanced(-[a-z]+)?)$/),
  language: z
    .string()
    .regex(/^(multi|[a-z]{2}(-[A-Z]{2}|-419)?)$/)
    .default('en'),
  interim_results: flag.default(false),
  /** Ms of silence that end speech; undefined for never. */
  endpointing: z.union([z.literal('false').transform(() => undefined), z.coerce.number().int().min(0)]).default(10),
  utterance_end_ms: z.coerce.number().int().min(1000).optional(),
  vad_events: flag.default(false),
  smart_format: flag.default(false),
  punctuate: flag.default(false),
  keywords: list.optional(),
  version: z.string().optional(),
  /** Newer than the SDK's type (changelog of October 2026). */
  language_hint: list.optional(),
})

const novaQuerySchema = novaFields.refine(hasLanguage, {
  path: ['language'],
  error: 'No such model/language/tier combination found.',
})

const fluxQuerySchema = z.strictObject({
  ...common,
  model: z.enum(['flux-general-en', 'flux-general-multi']),
  eot_threshold: number(0.5, 1).default(0.7),
  eager_eot_threshold: number(0.3, 0.9).optional(),
  eot_timeout_ms: number(500, 60_000).default(5_000),
  language_hint: list.refine((hints) => hints.every(isFluxLanguage)).optional(),
})

export type NovaQuery = z.infer<typeof novaFields>
export type FluxQuery = z.infer<typeof fluxQuerySchema>

/** @throws z.ZodError */
export function parseNovaQuery(parameters: URLSearchParams): NovaQuery {
  return novaQuerySchema.parse(entriesOf(parameters))
}

/** @throws z.ZodError */
export function parseFluxQuery(parameters: URLSearchParams): FluxQuery {
  return fluxQuerySchema.parse(entriesOf(parameters))
}

/** A parameter that is given twice is a list. */
function entriesOf(parameters: URLSearchParams): Record<string, string | string[]> {
  const entries = [...new Set(parameters.keys())].map((name) => {
    const values = parameters.getAll(name)
    return [name, values.length === 1 ? values[0]! : values] as const
  })
  return Object.fromEntries(entries)
}
