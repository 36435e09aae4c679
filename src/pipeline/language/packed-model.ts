import { z } from 'zod'
import { LinearModel } from '../text-model/linear-model.ts'
import { unpacked } from '../text-model/packed-weights.ts'

/** A linear model of single words whose weights are packed, and its features written one behind the other. */
const packedSchema = z.strictObject({
  source: z.string(),
  features: z.strictObject({
    words: z.literal(1),
    characters: z.tuple([z.int(), z.int()]),
    mostWords: z.int(),
  }),
  labels: z.array(z.string()),
  bias: z.array(z.number()),
  /** A feature, its packed weights, the next feature, and so on, parted by spaces. */
  weights: z.string(),
})

export type PackedModel = z.output<typeof packedSchema>

/** @throws ZodError when the file is not a packed model. */
export function unpackModel(file: unknown): LinearModel {
  const { weights: text, ...rest } = packedSchema.parse(file)
  const parts = text.split(' ')
  const weights: Record<string, number[]> = {}
  for (let at = 0; at + 1 < parts.length; at += 2) weights[parts[at]!] = unpacked(parts[at + 1]!)
  return new LinearModel({ ...rest, weights })
}
