/** What turn-taking wants done next. */
export type TurnDecision =
  /** Silence us at once and let the engine forget what was not heard. */
  | 'yield'
  | 'answer'
  /** It was a cough, our own echo or a "mhm": go on with the sentence that was cut. */
  | 'continue sentence'
  /** What we took for a cough had words in it: stop again and answer. */
  | 'answer after all'

/** What the words of a stretch of speech mean for the floor. */
export type WordsMean =
  /** None were recognised. */
  | 'nothing'
  /** Our own echo, or a "mhm" that wants us to go on. */
  | 'in passing'
  /** A number or an address broke off in its middle: more of it will come. */
  | 'unfinished number'
  | 'a turn'

export interface TurnTakingOptions {
  /** How long after a barge-in words may take to arrive before it counts as a false alarm. */
  readonly falseAlarmMs: number
  /** How long a caller may pause in the middle of a number before they are answered. 0: not at all. */
  readonly numberPauseMs: number
}

/** Speech this long is somebody talking, whatever the recogniser has made of it so far. */
const SURELY_SPEECH_MS = 1_200

/** Partial words that are still a "mhm" after this long were not the beginning of a sentence. */
const SURELY_IN_PASSING_MS = 300

type Floor =
  /** Nobody speaks over anybody. */
  | { readonly state: 'open' }
  /** The caller is speaking; `cutUs` if they took the floor from us. `passing`: all they have said so far is "mhm". */
  | {
      readonly state: 'caller'
      readonly sinceMs: number
      readonly cutUs: boolean
      readonly words: boolean
      readonly passing?: { readonly turnId: string; readonly sinceMs: number }
    }
  /** The caller cut us and fell silent; words or the deadline decide what it was. */
  | { readonly state: 'doubt'; readonly untilMs: number; readonly pauseUntilMs: number }
  /** The caller fell silent where a number may go on; its words or the deadline have it answered. */
  | { readonly state: 'pause'; readonly untilMs: number }

/**
 * Who has the floor. Rules TT1-TT12 of SPEC.md; it decides, the conversation performs. All times are monotonic ms and
 * are handed in.
 */
export class TurnTaking {
  readonly #options: TurnTakingOptions
  #floor: Floor = { state: 'open' }
  /** Turns that ended in doubt or in a pause: their words decide. */
  readonly #undecided = new Set<string>()
  /** Turns taken for a cough, or for what was said in passing: words that say otherwise may still come. */
  readonly #mistakable = new Set<string>()
  /** Turns taken for something said in passing before they ended. */
  readonly #passing = new Set<string>()
  /** Turns that were dealt with; their words come late and say nothing about who speaks now. */
  readonly #decided = new Set<string>()

  constructor(options: TurnTakingOptions) {
    this.#options = options
  }

  /** The caller is speaking now, or may have been and is given the benefit of the doubt. */
  get callerHasFloor(): boolean {
    return this.#floor.state !== 'open'
  }

  /** [TT1] `weSpeak`: we are audible, or an answer of ours is on its way. */
  callerStarted(nowMs: number, weSpeak: boolean): TurnDecision | undefined {
    const floor = this.#floor
    const cutUs = weSpeak || floor.state === 'doubt' || (floor.state === 'caller' && floor.cutUs)
    // An engine may say twice that speech began: it is still the same speech.
    if (floor.state === 'caller') this.#floor = { ...floor, cutUs }
    else this.#floor = { state: 'caller', sinceMs: nowMs, cutUs, words: false }
    return weSpeak ? 'yield' : undefined
  }

  /** [TT12] `mayGoOn`: what was said may be the first part of a number. */
  callerStopped(nowMs: number, turnId: string, mayGoOn = false): TurnDecision | undefined {
    const floor = this.#floor
    if (this.#passing.delete(turnId)) this.#mistakable.add(turnId)
    if (floor.state !== 'caller') return undefined
    this.#mistakable.delete(turnId)
    this.#undecided.add(turnId)
    if (floor.cutUs && floor.passing) return this.#goOn()
    const pauseUntilMs = nowMs + this.#options.numberPauseMs
    if (!floor.cutUs || floor.words || nowMs - floor.sinceMs >= SURELY_SPEECH_MS) {
      if (!mayGoOn) return this.#decide('answer')
      this.#floor = { state: 'pause', untilMs: pauseUntilMs }
      return undefined
    }
    this.#floor = { state: 'doubt', untilMs: nowMs + this.#options.falseAlarmMs, pauseUntilMs }
    return undefined
  }

  /** Words of a stretch of speech, which may still go on. Final words replace the partial ones. */
  callerSaid(nowMs: number, turnId: string, mean: WordsMean, final: boolean): TurnDecision | undefined {
    if (this.#decided.has(turnId)) return undefined
    if (mean === 'in passing') return this.#passingWordsCame(nowMs, turnId, final)
    if (mean !== 'nothing') return this.#wordsCame(nowMs, turnId, mean, final)
    return final ? this.#noWordsCame(turnId, true) : undefined
  }

  /** To be called a few times a second. */
  tick(nowMs: number): TurnDecision | undefined {
    const floor = this.#floor
    if (floor.state === 'caller' && floor.passing && nowMs - floor.passing.sinceMs >= SURELY_IN_PASSING_MS) {
      this.#passing.add(floor.passing.turnId)
      return this.#goOn()
    }
    if (floor.state === 'pause' && nowMs >= floor.untilMs) return this.#decide('answer')
    return floor.state === 'doubt' && nowMs >= floor.untilMs ? this.#goOn() : undefined
  }

  /** Whoever listened for the caller is gone, and the end of what they were saying will never be told. */
  reset(): void {
    for (const turnId of this.#undecided) this.#decided.add(turnId)
    this.#undecided.clear()
    this.#floor = { state: 'open' }
  }

  /** `final`: none will come any more. */
  #noWordsCame(turnId: string, final: boolean): TurnDecision | undefined {
    if (final) this.#mistakable.delete(turnId)
    if (!this.#undecided.delete(turnId)) return undefined
    if (final) this.#decided.add(turnId)
    else this.#mistakable.add(turnId)
    if (this.#undecided.size > 0) return undefined
    if (this.#floor.state === 'pause') return final ? this.#decide('answer') : undefined
    return this.#floor.state === 'doubt' ? this.#decide('continue sentence') : undefined
  }

  #passingWordsCame(nowMs: number, turnId: string, final: boolean): TurnDecision | undefined {
    const floor = this.#floor
    if (this.#undecided.has(turnId)) return this.#noWordsCame(turnId, final)
    const isKnown = this.#mistakable.has(turnId) || this.#passing.has(turnId)
    if (isKnown && final && this.#mistakable.delete(turnId)) this.#decided.add(turnId)
    if (isKnown || floor.state !== 'caller' || !floor.cutUs || floor.words || floor.passing) return undefined
    this.#floor = { ...floor, passing: { turnId, sinceMs: nowMs } }
    return undefined
  }

  #wordsCame(nowMs: number, turnId: string, mean: WordsMean, final: boolean): TurnDecision | undefined {
    const floor = this.#floor
    if (this.#passing.delete(turnId)) {
      this.#floor = { state: 'caller', sinceMs: nowMs, cutUs: true, words: true }
      return 'yield'
    }
    if (this.#mistakable.delete(turnId)) this.#undecided.add(turnId)
    if (floor.state === 'caller') {
      const { state, sinceMs, cutUs } = floor
      this.#floor = { state, sinceMs, cutUs, words: true }
    }
    if (!this.#undecided.has(turnId)) return undefined
    const isUnfinished = mean === 'unfinished number'
    if (floor.state === 'doubt' && isUnfinished) this.#floor = { state: 'pause', untilMs: floor.pauseUntilMs }
    else if (floor.state === 'doubt') return this.#decide('answer')
    else if (floor.state === 'pause' && final && !isUnfinished) return this.#decide('answer')
    return floor.state === 'open' ? this.#decide('answer after all') : undefined
  }

  /** What was cut goes on; words that say otherwise may still come. */
  #goOn(): TurnDecision {
    for (const turnId of this.#undecided) this.#mistakable.add(turnId)
    this.#undecided.clear()
    return this.#decide('continue sentence')
  }

  #decide(decision: TurnDecision): TurnDecision {
    this.reset()
    return decision
  }
}
