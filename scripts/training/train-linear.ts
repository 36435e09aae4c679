import type { LinearModelFile } from '../../src/pipeline/text-model/linear-model.ts'
import { type FeatureChoice, featuresOf } from '../../src/pipeline/text-model/text-features.ts'
import { createRandom, shuffled } from '../../src/simulator/seeded-random.ts'

export interface Example {
  readonly text: string
  readonly label: string
  /** How much it counts; 1 unless set. */
  readonly weight?: number
  /** Examples of one group (a campaign, a paraphrased sentence) are never on both sides of a split. */
  readonly group?: string
}

export interface TrainingOptions {
  /** The first is the reference class. */
  readonly labels: readonly string[]
  readonly features: FeatureChoice
  /** Features in fewer examples are left out. */
  readonly fewestExamples: number
  readonly epochs: number
  /** Strength of the pull towards 0 (L2), per example. */
  readonly decay: number
  /** Features whose weights all stay below this are dropped from the model. */
  readonly smallestWeight: number
  readonly source: string
}

const LEARNING_RATE = 0.3
const SEED = 7

/** Multinomial logistic regression by AdaGrad over shuffled examples; the same examples give the same model. */
export function trainLinear(examples: readonly Example[], options: TrainingOptions): LinearModelFile {
  const { labels, features, epochs, decay } = options
  const texts = examples.map(({ text }) => [...featuresOf(text, features)])
  const known = commonFeatures(texts, options.fewestExamples)
  const placeOf = new Map(known.map((feature, place) => [feature, place]))
  const rows = examples.map(({ label, weight = 1 }, at) => ({
    places: Uint32Array.from(texts[at]!.map((feature) => placeOf.get(feature)).filter((place) => place !== undefined)),
    label: labels.indexOf(label),
    weight,
  }))
  const columns = labels.length - 1
  const weights = createLearner(known.length, columns)
  const bias = createLearner(1, columns)
  const random = createRandom(SEED)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { places, label, weight } of shuffled(rows, random)) {
      const errors = errorsOf(places, weights, bias, label)
      learn(bias, 0, errors, weight, 0)
      for (const place of places) learn(weights, place, errors, weight, decay)
    }
  }
  return {
    source: options.source,
    features,
    labels: [...labels],
    bias: [...bias.weights].map(round),
    weights: Object.fromEntries(
      known
        .map(
          (feature, place) => [feature, [...weights.weights.subarray(place * columns, (place + 1) * columns)]] as const,
        )
        .filter(([, own]) => own.some((weight) => Math.abs(weight) >= options.smallestWeight))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([feature, own]) => [feature, own.map(round)]),
    ),
  }
}

/**
 * What a model says of each example that it was not trained on: k models, each trained without one part of the
 * examples. In the order of the examples.
 */
export function crossValidate<Answer>(
  examples: readonly Example[],
  folds: number,
  train: (training: readonly Example[]) => (text: string) => Answer,
): Answer[] {
  const groups = shuffled([...new Set(examples.map(groupOf))], createRandom(SEED))
  const foldOf = new Map(groups.map((group, place) => [group, place % folds]))
  const answers = new Array<Answer>(examples.length)
  for (let fold = 0; fold < folds; fold++) {
    const answer = train(examples.filter((example) => foldOf.get(groupOf(example)) !== fold))
    examples.forEach((example, at) => {
      if (foldOf.get(groupOf(example)) === fold) answers[at] = answer(example.text)
    })
  }
  return answers
}

function groupOf({ group, text }: Example): string {
  return group ?? text
}

function commonFeatures(texts: readonly (readonly string[])[], fewest: number): string[] {
  const counts = new Map<string, number>()
  for (const features of texts) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return [...counts].filter(([, count]) => count >= fewest).map(([feature]) => feature)
}

/** Weights of each feature, one after the other, a column for each label but the reference; and their steps so far. */
interface Learner {
  readonly columns: number
  readonly weights: Float64Array
  readonly steps: Float64Array
}

function createLearner(features: number, columns: number): Learner {
  const size = features * columns
  return { columns, weights: new Float64Array(size), steps: new Float64Array(size).fill(1e-6) }
}

/** Predicted minus true probability, per label but the reference. */
function errorsOf(places: Uint32Array, { columns, weights }: Learner, bias: Learner, label: number): Float64Array {
  const scores = Float64Array.from(bias.weights)
  for (const place of places) {
    for (let at = 0; at < columns; at++) scores[at]! += weights[place * columns + at]!
  }
  const highest = Math.max(0, ...scores)
  const powers = scores.map((score) => Math.exp(score - highest))
  const sum = powers.reduce((total, power) => total + power, Math.exp(-highest))
  return powers.map((power, at) => power / sum - (label === at + 1 ? 1 : 0))
}

function learn(learner: Learner, place: number, errors: Float64Array, weight: number, decay: number): void {
  const { columns, weights, steps } = learner
  for (let at = 0, own = place * columns; at < columns; at++, own++) {
    const slope = weight * errors[at]! + decay * weights[own]!
    steps[own]! += slope * slope
    weights[own]! -= (LEARNING_RATE * slope) / Math.sqrt(steps[own]!)
  }
}

function round(weight: number): number {
  return Math.round(weight * 1000) / 1000
}
