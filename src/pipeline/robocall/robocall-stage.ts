import { plainText } from '../plain-text.ts'
import type { Finding, Said, Stage, StageFactory } from '../stage.ts'
import { judgeRobocall } from './judge-robocall.ts'
import { speaksOfThemselves } from './robocall-signs.ts'

export interface RobocallStageOptions {
  /** Score from which a call is suspected that was suspicious before it was answered. */
  readonly suspectAt?: number
  /** Score from which any call is suspected. */
  readonly sureAt?: number
}

/** Cross-validated: 1 caller's sentence in 100 scores above 0.36, 1 in 500 above 0.61. */
const SUSPECT_AT = 0.4
const SURE_AT = 0.65

/** A recording is known by its first words; of a longer call the latest count. */
const VIEW_WORDS = 60
/** Of words no longer than a person's: some writing has no spaces. */
const VIEW_CHARACTERS = 500

/** What a person says next is no offer, and scores below this. */
const INNOCENT = 0.1
/** An answer to our question is short; a recording talks on. */
const LONGEST_ANSWER_WORDS = 20
/** Recordings open and close with these, and they answer nothing; nor does a number that they read out. */
const SAYS_NOTHING =
  /^(?:[\p{P}\p{N}\s]|hello|hi|hey|thank you|thanks|goodbye|bye|good (?:morning|afternoon|day)|have a (?:great|nice|good) day|how are you|doing|today)*$/iu

/** Suspects a recording or a telemarketer by its words, once, and clears a person who then behaves as one, once. */
export function createRobocallStage(options: RobocallStageOptions = {}): StageFactory {
  const { suspectAt = SUSPECT_AT, sureAt = SURE_AT } = options
  return (before = [], suspicion = 0) => new RobocallStage(sureAt - (sureAt - suspectAt) * suspicion, before)
}

class RobocallStage implements Stage {
  readonly name = 'robocall'
  readonly #threshold: number
  #view = ''
  #state: 'open' | 'suspected' | 'cleared'
  /** What we had said when it was suspected: a recording talks over that, an answer comes to something later. */
  #promptThen: string | undefined

  constructor(threshold: number, before: readonly Finding[]) {
    this.#threshold = threshold
    const found = (type: Finding['type']) => before.some((finding) => finding.type === type)
    this.#state = found('robocall cleared') ? 'cleared' : found('robocall suspected') ? 'suspected' : 'open'
  }

  hear(said: Said): readonly Finding[] {
    if (said.by !== 'caller' || this.#state === 'cleared') return []
    return this.#state === 'open' ? this.#suspect(said) : this.#clear(said)
  }

  #suspect({ text, prompt }: Said): readonly Finding[] {
    this.#view = `${this.#view} ${text}`.trim().split(/\s+/).slice(-VIEW_WORDS).join(' ').slice(-VIEW_CHARACTERS)
    const scores = [judgeRobocall(text), judgeRobocall(this.#view)]
    const { score, because } = scores.reduce((worst, other) => (other.score > worst.score ? other : worst))
    if (score < this.#threshold) return []
    this.#state = 'suspected'
    this.#promptThen = prompt
    return [{ type: 'robocall suspected', score, because }]
  }

  #clear({ text, prompt }: Said): readonly Finding[] {
    if (SAYS_NOTHING.test(text) || judgeRobocall(text).score >= INNOCENT) return []
    const isShort = text.trim().split(/\s+/).length <= LONGEST_ANSWER_WORDS
    const answers = isShort && prompt !== undefined && prompt !== this.#promptThen
    if (!answers && !speaksOfThemselves(plainText(text))) return []
    this.#state = 'cleared'
    return [{ type: 'robocall cleared' }]
  }
}
