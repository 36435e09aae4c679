/** What turn-taking wants done next. */
export type TurnDecision =
  /** Silence us at once and let the engine forget what was not heard. */
  | 'yield'
  | 'answer'
  /** It was a cough: go on with the sentence that was cut. */
  | 'continue sentence'
  /** What we took for a cough had words in it: stop again and answer. */
  | 'answer after all'

export interface TurnTakingOptions {
  /** How long after a barge-in words may take to arrive before it counts as a false alarm. */
  readonly falseAlarmMs: number
}

/** Speech this long is somebody talking, whatever the recogniser has made of it so far. */
const SURELY_SPEECH_MS = 1_200

type Floor =
  /** Nobody speaks over anybody. */
  | { readonly state: 'open' }
  /** The caller is speaking; `cutUs` if they took the floor from us. */
  | { readonly state: 'caller'; readonly sinceMs: number; readonly cutUs: boolean; readonly words: boolean }
  /** The caller cut us and fell silent; words or the deadline decide what it was. */
  | { readonly state: 'doubt'; readonly untilMs: number }

/**
 * Who has the floor. Rules TT1-TT9 of SPEC.md; it decides, the conversation performs. All times are monotonic ms and
 * are handed in.
 */
export class TurnTaking {
  readonly #options: TurnTakingOptions
  #floor: Floor = { state: 'open' }
  /** Turns that ended in doubt: their words decide. */
  readonly #undecided = new Set<string>()
  /** Turns taken for a cough because their words did not come in time. */
  readonly #mistakable = new Set<string>()
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

  callerStopped(nowMs: number, turnId: string): TurnDecision | undefined {
    const floor = this.#floor
    if (floor.state !== 'caller') return undefined
    this.#undecided.add(turnId)
    if (!floor.cutUs || floor.words || nowMs - floor.sinceMs >= SURELY_SPEECH_MS) return this.#decide('answer')
    this.#floor = { state: 'doubt', untilMs: nowMs + this.#options.falseAlarmMs }
    return undefined
  }

  callerSaid(turnId: string, text: string, final: boolean): TurnDecision | undefined {
    if (this.#decided.has(turnId)) return undefined
    if (text.trim() !== '') return this.#wordsCame(turnId)
    if (!final) return undefined
    this.#mistakable.delete(turnId)
    const wasInDoubt = this.#undecided.delete(turnId)
    if (wasInDoubt) this.#decided.add(turnId)
    const settled = wasInDoubt && this.#undecided.size === 0 && this.#floor.state === 'doubt'
    return settled ? this.#decide('continue sentence') : undefined
  }

  /** To be called a few times a second. */
  tick(nowMs: number): TurnDecision | undefined {
    if (this.#floor.state !== 'doubt' || nowMs < this.#floor.untilMs) return undefined
    for (const turnId of this.#undecided) this.#mistakable.add(turnId)
    this.#undecided.clear()
    return this.#decide('continue sentence')
  }

  /** Whoever listened for the caller is gone, and the end of what they were saying will never be told. */
  reset(): void {
    for (const turnId of this.#undecided) this.#decided.add(turnId)
    this.#undecided.clear()
    this.#floor = { state: 'open' }
  }

  #wordsCame(turnId: string): TurnDecision | undefined {
    const floor = this.#floor
    if (this.#mistakable.delete(turnId)) this.#undecided.add(turnId)
    if (floor.state === 'caller') this.#floor = { ...floor, words: true }
    if (!this.#undecided.has(turnId)) return undefined
    if (floor.state === 'doubt') return this.#decide('answer')
    return floor.state === 'open' ? this.#decide('answer after all') : undefined
  }

  #decide(decision: TurnDecision): TurnDecision {
    this.reset()
    return decision
  }
}
