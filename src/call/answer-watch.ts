export interface AnswerWatchOptions {
  /** Dead air before a filler is played (RELIABILITY F2). */
  readonly fillerAfterMs: number
  /** Time from the request on after which the answer is asked for once more. */
  readonly retryAfterMs: number
  /** Time from the request on after which the call is saved another way. */
  readonly giveUpAfterMs: number
}

/** What the moment looks like, each time the watch is asked. */
export interface AnswerMoment {
  readonly nowMs: number
  /** The caller waits for us: an answer was asked for, is being made, or a tool works. */
  readonly ourTurn: boolean
  /** Something of ours is in the caller's ear. */
  readonly audible: boolean
  /** And it is the engine that speaks, not a phrase that bridges the wait for it. */
  readonly engineSpeaks: boolean
  /** A tool works: that takes its own bounded time, so an answer is neither retried nor given up. */
  readonly toolRunning: boolean
  /** The engine was lost and nothing was heard of it since: the caller is told sooner (F1). */
  readonly engineAway: boolean
  /** A session is there that could answer. */
  readonly engineReady: boolean
}

export type AnswerStep = 'filler' | 'another filler' | 'retry' | 'give up'

/** What a long silence was waiting for. */
export type DeadAirReason = 'tool' | 'engine away' | 'engine'

/** After a first filler the caller knows that we are there; the next may take longer. */
const NEXT_FILLER_AFTER_MS = 4_000
/** How soon a filler follows when the engine was lost and its last audio has run dry (F1), and a second one after it. */
const FILLER_AFTER_LOSS_MS = 500
const SECOND_FILLER_AFTER_LOSS_MS = 1_500
/** Longer gaps than this must have a reason on record (RELIABILITY I5). */
const DEAD_AIR_MS = 2_000

interface Quiet {
  readonly sinceMs: number
  because: DeadAirReason
}

/**
 * Watches that the caller is never left in silence while it is our turn: filler, second attempt, rescue. It goes by
 * what is *heard*, so a response that stalls in mid-sentence counts like one that never began.
 */
export class AnswerWatch {
  readonly #options: AnswerWatchOptions
  readonly #onDeadAir: (gapMs: number, because: DeadAirReason) => void
  #waitingSinceMs: number | undefined
  /** When there last was no session. */
  #notReadyAtMs = 0
  #quiet: Quiet | undefined
  #fillers = 0
  #retried = false

  constructor(options: AnswerWatchOptions, onDeadAir: (gapMs: number, because: DeadAirReason) => void) {
    this.#options = options
    this.#onDeadAir = onDeadAir
  }

  /** Speech of the engine arrived: whatever was slow is over. */
  answered(): void {
    this.#waitingSinceMs = undefined
    this.#fillers = 0
    this.#retried = false
  }

  /** The talk is over, or nobody can hear us: no silence is ours any more. */
  stop(nowMs: number): void {
    this.answered()
    this.#endQuiet(nowMs)
  }

  tick(moment: AnswerMoment): AnswerStep | undefined {
    const { nowMs, ourTurn, audible, engineSpeaks, toolRunning } = moment
    if (!ourTurn) {
      this.stop(nowMs)
      return undefined
    }
    if (engineSpeaks) this.answered()
    if (audible) this.#endQuiet(nowMs)
    else this.#noteQuiet(moment)
    // A tool has its own time limit: only what comes after it is a wait for the engine.
    if (toolRunning || engineSpeaks) this.#waitingSinceMs = nowMs
    if (!moment.engineReady) this.#notReadyAtMs = nowMs
    this.#waitingSinceMs ??= nowMs
    return this.#overdue(moment, this.#waitingSinceMs) ?? this.#filler(moment)
  }

  #overdue({ nowMs, audible }: AnswerMoment, waitingSinceMs: number): AnswerStep | undefined {
    if (nowMs - waitingSinceMs >= this.#options.giveUpAfterMs) return 'give up'
    // A session that has just come has only just been asked.
    const askedAtMs = Math.max(waitingSinceMs, this.#notReadyAtMs)
    if (nowMs - askedAtMs < this.#options.retryAfterMs || this.#retried || audible) return undefined
    this.#retried = true
    return 'retry'
  }

  #filler({ nowMs, engineAway }: AnswerMoment): AnswerStep | undefined {
    if (!this.#quiet) return undefined
    if (nowMs - this.#quiet.sinceMs < this.#fillerAfterMs(engineAway)) return undefined
    this.#fillers += 1
    return this.#fillers === 1 ? 'filler' : 'another filler'
  }

  #fillerAfterMs(engineAway: boolean): number {
    if (this.#fillers === 0) return engineAway ? FILLER_AFTER_LOSS_MS : this.#options.fillerAfterMs
    return engineAway && this.#fillers === 1 ? SECOND_FILLER_AFTER_LOSS_MS : NEXT_FILLER_AFTER_MS
  }

  #noteQuiet({ nowMs, toolRunning, engineAway }: AnswerMoment): void {
    this.#quiet ??= { sinceMs: nowMs, because: 'engine' }
    if (toolRunning) this.#quiet.because = 'tool'
    else if (engineAway) this.#quiet.because = 'engine away'
  }

  #endQuiet(nowMs: number): void {
    const quiet = this.#quiet
    this.#quiet = undefined
    if (!quiet) return
    const gapMs = nowMs - quiet.sinceMs
    if (gapMs > DEAD_AIR_MS) this.#onDeadAir(gapMs, quiet.because)
  }
}
