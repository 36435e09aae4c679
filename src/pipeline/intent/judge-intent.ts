import { LinearModel } from '../text-model/linear-model.ts'
import { unpacked } from '../text-model/packed-weights.ts'
import type { Intent } from './intent.ts'
import modelFile from './intent-model.json' with { type: 'json' }
import { sentencesOf } from './intent-text.ts'
import { INTENT_WORDS } from './intent-words.ts'

export interface IntentJudgement {
  readonly intent: Intent
  /** 0 to 1: the share of belief it has among all intents. */
  readonly confidence: number
}

/** How many times likelier a wish becomes by its own word; and the belief it has from the word alone. */
const TIMES_BY_WORD = 7
const BELIEF_BY_WORD = 0.2

/** Whoever rings a mortgage company has more often something to do with it than a model of all talk believes. */
const OTHER_DISCOUNT = 0.7

/** "My name is ... and my pin is ...": said beside a wish of any kind, unless the wish is in it too. */
const INTRODUCES = /^(?:(?:and|hi|hello|yes|so) )*(?:my (?:\S+ ){1,3}is|i'm located|i live|this is)\b/
const WISHES = /\b(?:want|need|like|can|could|calling|looking|help)\b/

/** Where even the likeliest is less likely than this, nothing was understood. */
const LEAST_BELIEF = 0.32

/** Trained by `scripts/training/train-intent.ts`, which gives it the intents for labels. */
const model = new LinearModel({
  ...modelFile,
  weights: Object.fromEntries(Object.entries(modelFile.weights).map(([feature, text]) => [feature, unpacked(text)])),
})

/** What a caller wants, by one utterance. `other`: small talk, out of our scope, or unclear. */
export function judgeIntent(text: string): IntentJudgement {
  const sentences = sentencesOf(text)
  const beliefs = beliefsOf(sentences)
  const named = INTENT_WORDS.find(([, words]) => words.test(sentences.join(' ')))?.[0]
  if (named) beliefs.set(named, (beliefs.get(named) ?? 0) * TIMES_BY_WORD + BELIEF_BY_WORD)
  beliefs.set('other', (beliefs.get('other') ?? 0) * OTHER_DISCOUNT)
  return strongest(beliefs)
}

/**
 * The mean of what is believed of the whole and of its most telling sentence, so that a wish amid a life's story
 * counts.
 */
function beliefsOf(sentences: readonly string[]): Map<string, number> {
  const beliefs = model.probabilities(sentences.join(' '))
  const wishes = sentences.filter((sentence) => !INTRODUCES.test(sentence) || WISHES.test(sentence))
  if (sentences.length < 2 || wishes.length === 0) return beliefs
  const telling = wishes
    .map((sentence) => model.probabilities(sentence))
    .reduce((best, next) => (next.get('other')! < best.get('other')! ? next : best))
  for (const [intent, belief] of telling) beliefs.set(intent, (beliefs.get(intent)! + belief) / 2)
  return beliefs
}

function strongest(beliefs: ReadonlyMap<string, number>): IntentJudgement {
  const sum = [...beliefs.values()].reduce((total, belief) => total + belief, 0)
  const [intent, belief] = [...beliefs].reduce((best, next) => (next[1] > best[1] ? next : best))
  const confidence = belief / sum
  return confidence < LEAST_BELIEF ? { intent: 'other', confidence } : { intent: intent as Intent, confidence }
}
