import { partRead } from '../plain-text.ts'
import { LinearModel } from '../text-model/linear-model.ts'
import { withAlikeWords } from './alike-words.ts'
import { type Cue, cuesOf, weightOf } from './complaint-cues.ts'
import { seemsEnglish } from './english.ts'
import modelFile from './mood-model.json' with { type: 'json' }
import { thanks } from './thanks.ts'
import { valenceOf } from './valence.ts'

/** How somebody sounds in one utterance, by itself. */
export interface Mood {
  /** How the words feel: -1 unhappy to 1 happy. */
  readonly score: number
  /** How sure it is that their patience is going: 0 to 1. */
  readonly frustration: number
  /** What showed it. Empty where it is a matter of tone only. */
  readonly cues: readonly Cue[]
}

const MODEL = new LinearModel(modelFile)

/**
 * Judges one utterance: by the cues of a complaint in any of 15 languages, and in English also by a linear model of how
 * complaints are put and by how the words feel.
 */
export function judgeMood(text: string): Mood {
  const heard = partRead(text)
  return seemsEnglish(heard) ? judgeEnglish(heard, frustratedBy(MODEL)) : judgeForeign(heard)
}

/** The probability of frustration, 0 to 1, that a model reads from an English text. */
export function frustratedBy(model: LinearModel): (text: string) => number {
  return (text) => model.probability('frustrated', withAlikeWords(text))
}

/** Where nothing is known of an utterance, 1 in 5 or 7 is frustrated; what the model finds calm is at 1 in 30. */
const CALM_ENGLISH = -1.5
const CALM = -1.8
/** The model has read few callers, so that it may not be surer than this, in log-odds. */
const SUREST = 3.5
const MODEL_SHARE = 0.6
/** Who is happy is hardly frustrated; who has bad words may have a leaking roof. */
const HAPPY_SHARE = 2.5
const UNHAPPY_SCORE_SHARE = 1.4
const UNHAPPY_SHARE = 0.25

/**
 * All evidence together, in log-odds. `learned` is the model's probability for a text, 0 to 1. The shares were set by hand over the
 * model's cross-validated answers: `scripts/training/train-mood.ts` prints what comes of them.
 */
export function judgeEnglish(text: string, learned: (text: string) => number): Mood {
  const cues = cuesOf(text)
  const { score, unhappy } = valenceOf(text)
  const evidence =
    MODEL_SHARE * wordedOdds(text, learned) +
    weightOf(cues) -
    (score > 0 ? HAPPY_SHARE : UNHAPPY_SCORE_SHARE) * score +
    UNHAPPY_SHARE * Math.min(6, unhappy)
  return { score, frustration: shareOf(CALM_ENGLISH + evidence), cues }
}

/** A complaint between calm sentences counts half as much as one that is all there is. */
function wordedOdds(text: string, learned: (text: string) => number): number {
  const oddsOf = (part: string) => {
    const share = learned(part)
    return Math.max(-SUREST, Math.min(SUREST, Math.log((share + 1e-6) / (1 - share + 1e-6))))
  }
  const whole = oddsOf(text)
  const sentences = text.match(/[^.!?]+/g)?.filter((sentence) => sentence.trim().includes(' ')) ?? []
  return sentences.length < 2 ? whole : (whole + Math.max(whole, ...sentences.map(oddsOf))) / 2
}

/** Without a model a cue must say more by itself. */
const CUE_SHARE = 1.3

function judgeForeign(text: string): Mood {
  const cues = cuesOf(text)
  const evidence = CUE_SHARE * weightOf(cues) - (thanks(text) ? 1 : 0)
  return { score: Math.tanh((0 - evidence) / 4), frustration: shareOf(CALM + evidence), cues }
}

function shareOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds))
}
