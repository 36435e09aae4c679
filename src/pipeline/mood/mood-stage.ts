import type { Finding, Said, Stage, StageFactory } from '../stage.ts'
import { judgeMood, type Mood } from './judge-mood.ts'
import { RepeatedRequest } from './repeated-request.ts'

export interface MoodOptions {
  /** The frustration, 0 to 1, at which a person is offered. */
  readonly offerAt?: number
  /** It must fall below this before a person is offered again. */
  readonly calmAt?: number
}

/** The share of the caller's frustration that outlasts an utterance without a sign of it; a happy one soothes more. */
const LASTING = 0.78
const LASTING_AFTER_KINDNESS = 0.5
/** An answer of a word or two is no sign of calm. */
const LASTING_AFTER_FEW_WORDS = 0.92
const FEW_CHARACTERS = 8
/** What an utterance of calm callers comes to: not counted. */
const ORDINARY = 0.15
/** How far one utterance alone may go. Two plain complaints, or one strong one, cross the usual threshold. */
const REACH = 0.8
/** Bad words without a complaint may be about the weather or the roof: they count less, and one curse is no crisis. */
const WORDS_ALONE = 0.7
/** A raised voice and speaking over us make a complaint weigh more; by themselves they say nothing. */
const RAISED_DB = 6
const RAISED = 1.3
const INTERRUPTED = 1.2
/** How frustrating it is to ask for the first, second, third, fourth time. After a plea of ours to say it again: a third. */
const ASKED_AGAIN = [0, 0, 0.2, 0.5, 0.7] as const
const WE_ASKED = 1 / 3

/** Follows a caller's mood through a call, and says once in a stretch of bad mood that their patience is at its end. */
export function createMoodStage({ offerAt = 0.7, calmAt = 0.4 }: MoodOptions = {}): StageFactory {
  return (before = []) => new MoodStage(offerAt, calmAt, before)
}

class MoodStage implements Stage {
  readonly name = 'mood'
  readonly #offerAt: number
  readonly #calmAt: number
  readonly #requests = new RepeatedRequest()
  #frustration = 0
  /** A person was offered, and they have not calmed down since. */
  #offered = false

  constructor(offerAt: number, calmAt: number, before: readonly Finding[]) {
    this.#offerAt = offerAt
    this.#calmAt = calmAt
    for (const finding of before) {
      if (finding.type === 'mood judged') this.#settle(finding.frustration)
      if (finding.type === 'caller frustrated') this.#offered = true
    }
  }

  hear(said: Said): readonly Finding[] {
    if (said.by === 'agent') return []
    const mood = judgeMood(said.text)
    const times = this.#requests.count(said.text)
    this.#settle(risen(this.#frustration * lastingAfter(said, mood), evidenceOf(said, mood, times)))
    const judged: Finding = { type: 'mood judged', frustration: this.#frustration, cues: cuesOf(said, mood, times) }
    if (this.#offered || this.#frustration < this.#offerAt) return [judged]
    this.#offered = true
    return [judged, { type: 'caller frustrated', frustration: this.#frustration }]
  }

  #settle(frustration: number): void {
    this.#frustration = Math.round(frustration * 1000) / 1000
    if (frustration < this.#calmAt) this.#offered = false
  }
}

function lastingAfter({ text }: Said, { score, frustration }: Mood): number {
  if (frustration < ORDINARY && score > 0.3) return LASTING_AFTER_KINDNESS
  return text.trim().length <= FEW_CHARACTERS ? LASTING_AFTER_FEW_WORDS : LASTING
}

/** Each piece of evidence takes its share of the calm that is left. */
function risen(left: number, evidence: number): number {
  return left + (1 - left) * REACH * evidence
}

function evidenceOf(said: Said, { frustration, cues }: Mood, times: number): number {
  const spoken = Math.max(0, (frustration - ORDINARY) / (1 - ORDINARY))
  const complains = cues.some((cue) => cue !== 'curses')
  const weighed =
    spoken * (complains ? 1 : WORDS_ALONE) * (isRaised(said) ? RAISED : 1) * (said.interrupted ? INTERRUPTED : 1)
  const repeated = ASKED_AGAIN[Math.min(times, ASKED_AGAIN.length - 1)]! * (wasAskedFor(said) ? WE_ASKED : 1)
  return 1 - (1 - Math.min(1, weighed)) * (1 - repeated)
}

/** With what else than the words it was judged by. */
function cuesOf(said: Said, { cues }: Mood, times: number): readonly string[] {
  return [
    ...cues,
    ...(times > 2 ? ['asked again'] : []),
    ...(said.interrupted ? ['spoke over us'] : []),
    ...(isRaised(said) ? ['raised voice'] : []),
  ]
}

function isRaised({ raisedDb = 0 }: Said): boolean {
  return raisedDb >= RAISED_DB
}

/** "Could you say that again?": who then repeats it does as they were asked. */
function wasAskedFor({ prompt = '' }: Said): boolean {
  return /repeat|say (?:that|it) again|once more|didn't (?:catch|hear|get)|did not (?:catch|hear)|repet|repi|répét|wiederhol|ripet/i.test(
    prompt,
  )
}
