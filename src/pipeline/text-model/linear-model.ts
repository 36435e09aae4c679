import { z } from 'zod'
import { featuresOf } from './text-features.ts'

/**
 * A text classifier small enough to read: multinomial logistic regression over words and characters. Its file is made by
 * `scripts/training/`, says what it was trained on, and holds one weight per feature and label but the first, which is
 * the reference (all zero).
 */
const modelSchema = z.strictObject({
  /** What it was trained on and by which script, with licences. */
  source: z.string(),
  features: z.strictObject({
    words: z.int(),
    characters: z.tuple([z.int(), z.int()]).readonly().exactOptional(),
    mostWords: z.int(),
  }),
  labels: z.array(z.string()).min(2),
  bias: z.array(z.number()),
  weights: z.record(z.string(), z.array(z.number())),
})

export type LinearModelFile = z.output<typeof modelSchema>

export class LinearModel {
  readonly #file: LinearModelFile
  readonly #weights: ReadonlyMap<string, readonly number[]>

  /** @throws ZodError when the file is not a model. */
  constructor(file: unknown) {
    this.#file = modelSchema.parse(file)
    this.#weights = new Map(Object.entries(this.#file.weights))
  }

  get labels(): readonly string[] {
    return this.#file.labels
  }

  /** The probability of each label; together 1. A text without a known feature gives the labels' shares in training. */
  probabilities(text: string): Map<string, number> {
    const { labels, bias, features } = this.#file
    const scores = [...bias]
    for (const feature of featuresOf(text, features)) {
      const weights = this.#weights.get(feature)
      if (weights) for (let at = 0; at < scores.length; at++) scores[at]! += weights[at]!
    }
    const all = [0, ...scores]
    const highest = Math.max(...all)
    const powers = all.map((score) => Math.exp(score - highest))
    const sum = powers.reduce((total, power) => total + power, 0)
    return new Map(labels.map((label, at) => [label, powers[at]! / sum]))
  }

  /** The probability of one label. */
  probability(label: string, text: string): number {
    return this.probabilities(text).get(label) ?? 0
  }
}
