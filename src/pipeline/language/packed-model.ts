import { z } from 'zod'
import { LinearModel } from '../text-model/linear-model.ts'

/**
 * A linear model of single words with one sign per weight instead of a number, a third of its size: the first of
 * `WEIGHT_SIGNS` is the weight `lowest`, each one after it `step` more.
 */
const packedSchema = z.strictObject({
  source: z.string(),
  features: z.strictObject({
    words: z.literal(1),
    characters: z.tuple([z.int(), z.int()]),
    mostWords: z.int(),
  }),
  labels: z.array(z.string()),
  bias: z.array(z.number()),
  lowest: z.number(),
  step: z.number(),
  /** A feature, the signs of its weights, the next feature, and so on, parted by spaces. */
  weights: z.string(),
})

export type PackedModel = z.output<typeof packedSchema>

/** From `!` to `~`, without the two that JSON writes as two signs. */
export const WEIGHT_SIGNS = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
  .filter((sign) => sign !== '"' && sign !== '\\')
  .join('')

/** @throws ZodError when the file is not a packed model. */
export function unpackModel(file: unknown): LinearModel {
  const { lowest, step, weights, ...rest } = packedSchema.parse(file)
  const weightOf = new Map([...WEIGHT_SIGNS].map((sign, at) => [sign, lowest + step * at]))
  const parts = weights.split(' ')
  const unpacked: Record<string, (number | undefined)[]> = {}
  for (let at = 0; at + 1 < parts.length; at += 2) {
    unpacked[parts[at]!] = Array.from(parts[at + 1]!, (sign) => weightOf.get(sign))
  }
  return new LinearModel({ ...rest, weights: unpacked })
}
