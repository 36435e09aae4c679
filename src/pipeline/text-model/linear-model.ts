import { z } from 'zod'
import { KnownFeatures } from './known-features.ts'

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
  readonly #labels: readonly string[]
  readonly #bias: readonly number[]
  readonly #known: KnownFeatures
  /** One row for each known feature, one behind the other. */
  readonly #weights: Float64Array

  /** @throws ZodError when the file is not a model. */
  constructor(file: unknown) {
    const { labels, bias, features, weights } = modelSchema.parse(file)
    this.#labels = labels
    this.#bias = bias
    this.#known = new KnownFeatures(Object.keys(weights), features)
    this.#weights = Float64Array.from(Object.values(weights).flatMap((row) => bias.map((_, at) => row[at] ?? 0)))
  }

  get labels(): readonly string[] {
    return this.#labels
  }

  /** The probability of each label; together 1. A text without a known feature gives the labels' shares in training. */
  probabilities(text: string): Map<string, number> {
    const all = [0, ...this.#scores(text)]
    const highest = Math.max(...all)
    const powers = all.map((score) => Math.exp(score - highest))
    const sum = powers.reduce((total, power) => total + power, 0)
    return new Map(this.#labels.map((label, at) => [label, powers[at]! / sum]))
  }

  /** The probability of one label. */
  probability(label: string, text: string): number {
    return this.probabilities(text).get(label) ?? 0
  }

  #scores(text: string): number[] {
    const scores = [...this.#bias]
    for (const feature of this.#known.in(text)) {
      const row = feature * scores.length
      for (let at = 0; at < scores.length; at++) scores[at]! += this.#weights[row + at]!
    }
    return scores
  }
}
