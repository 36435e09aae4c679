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
  const rows = examples.map(({ text, label, weight = 1 }) => ({
    features: [...featuresOf(text, features)],
    label: labels.indexOf(label),
    weight,
  }))
  const known = commonFeatures(rows, options.fewestExamples)
  const columns = labels.length - 1
  const weights = new Map([...known].map((feature) => [feature, new Float64Array(columns)]))
  const steps = new Map([...known].map((feature) => [feature, new Float64Array(columns).fill(1e-6)]))
  const bias = new Float64Array(columns)
  const biasSteps = new Float64Array(columns).fill(1e-6)
  const random = createRandom(SEED)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { features: present, label, weight } of shuffled(rows, random)) {
      const errors = errorsOf(present, weights, bias, label)
      learn(bias, biasSteps, errors, weight, 0)
      for (const feature of present) {
        const own = weights.get(feature)
        if (own) learn(own, steps.get(feature)!, errors, weight, decay)
      }
    }
  }
  return {
    source: options.source,
    features,
    labels: [...labels],
    bias: [...bias].map(round),
    weights: Object.fromEntries(
      [...weights]
        .filter(([, own]) => own.some((weight) => Math.abs(weight) >= options.smallestWeight))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([feature, own]) => [feature, [...own].map(round)]),
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

function commonFeatures(rows: readonly { readonly features: readonly string[] }[], fewest: number): Set<string> {
  const counts = new Map<string, number>()
  for (const { features } of rows) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count >= fewest).map(([feature]) => feature))
}

/** Predicted minus true probability, per label but the reference. */
function errorsOf(
  present: readonly string[],
  weights: ReadonlyMap<string, Float64Array>,
  bias: Float64Array,
  label: number,
): Float64Array {
  const scores = Float64Array.from(bias)
  for (const feature of present) {
    const own = weights.get(feature)
    if (own) for (let at = 0; at < scores.length; at++) scores[at]! += own[at]!
  }
  const highest = Math.max(0, ...scores)
  const powers = scores.map((score) => Math.exp(score - highest))
  const sum = powers.reduce((total, power) => total + power, Math.exp(-highest))
  return powers.map((power, at) => power / sum - (label === at + 1 ? 1 : 0))
}

function learn(own: Float64Array, steps: Float64Array, errors: Float64Array, weight: number, decay: number): void {
  for (let at = 0; at < own.length; at++) {
    const slope = weight * errors[at]! + decay * own[at]!
    steps[at]! += slope * slope
    own[at]! -= (LEARNING_RATE * slope) / Math.sqrt(steps[at]!)
  }
}

function round(weight: number): number {
  return Math.round(weight * 1000) / 1000
}
