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
  /** When they fell silent, by our own ear: sooner than anybody noticed. Undefined while they speak. */
  readonly callerSilentSinceMs: number | undefined
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

/** How soon a filler follows when the engine was lost and its last audio has run dry (F1). */
const FILLER_AFTER_LOSS_MS = 500
/** However long it took to notice that the caller had stopped, they hear something this soon after it (I5). */
const LONGEST_SILENCE_MS = 1_700
/** Nor is it longer between two fillers; while a tool works, the caller knows what they wait for. */
const NEXT_FILLER_AFTER_MS = 1_500
const NEXT_FILLER_AT_TOOL_MS = 4_000
/** A voice is heard about so long after its first word was thought: a filler would only stand in its way. */
const SOUND_AFTER_WORD_MS = 500
/** But however near it seems, no silence is longer (I5), though nobody looks more often than every 100 ms. */
const MOST_SILENCE_MS = 1_850
/** A caller whose pause was waited for, since a number might go on, has not waited for us so long. */
const NOTICED_WITHIN_MS = 1_000
/** Longer gaps than this must have a reason on record (RELIABILITY I5). */
const DEAD_AIR_MS = 2_000

interface Quiet {
  /** When it was noticed, and when it began for the caller. */
  readonly sinceMs: number
  readonly beganAtMs: number
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
  #audibleAtMs = Number.NEGATIVE_INFINITY
  #wordedAtMs = Number.NEGATIVE_INFINITY
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

  /** The answer has words, which will soon be heard. */
  worded(nowMs: number): void {
    this.#wordedAtMs = nowMs
  }

  /** A tool was asked for, and may be done before anybody looks: what comes after it is another wait. */
  toolAsked(): void {
    this.#waitingSinceMs = undefined
  }

  /** The talk is over, or nobody can hear us: no silence is ours any more. */
  stop(nowMs: number): void {
    this.answered()
    this.#endQuiet(nowMs)
  }

  tick(moment: AnswerMoment): AnswerStep | undefined {
    const { nowMs, ourTurn, audible, engineSpeaks, toolRunning } = moment
    if (audible) this.#audibleAtMs = nowMs
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

  #filler(moment: AnswerMoment): AnswerStep | undefined {
    if (!this.#quiet || moment.nowMs < this.#fillerDueMs(this.#quiet, moment)) return undefined
    this.#fillers += 1
    return this.#fillers === 1 ? 'filler' : 'another filler'
  }

  #fillerDueMs(quiet: Quiet, moment: AnswerMoment): number {
    const soundDueMs = Math.min(this.#wordedAtMs + SOUND_AFTER_WORD_MS, quiet.beganAtMs + MOST_SILENCE_MS)
    return Math.max(this.#silenceDueMs(quiet, moment), soundDueMs)
  }

  #silenceDueMs({ sinceMs, beganAtMs }: Quiet, { toolRunning, engineAway }: AnswerMoment): number {
    if (this.#fillers > 0) return sinceMs + (toolRunning ? NEXT_FILLER_AT_TOOL_MS : NEXT_FILLER_AFTER_MS)
    if (engineAway) return sinceMs + FILLER_AFTER_LOSS_MS
    const { fillerAfterMs } = this.#options
    return Math.min(sinceMs + fillerAfterMs, beganAtMs + Math.max(fillerAfterMs, LONGEST_SILENCE_MS))
  }

  #noteQuiet({ nowMs, toolRunning, engineAway, callerSilentSinceMs = nowMs }: AnswerMoment): void {
    const beganAtMs = Math.max(callerSilentSinceMs, this.#audibleAtMs, nowMs - NOTICED_WITHIN_MS)
    this.#quiet ??= { sinceMs: nowMs, beganAtMs: Math.min(nowMs, beganAtMs), because: 'engine' }
    if (toolRunning) this.#quiet.because = 'tool'
    else if (engineAway) this.#quiet.because = 'engine away'
  }

  #endQuiet(nowMs: number): void {
    const quiet = this.#quiet
    this.#quiet = undefined
    if (!quiet) return
    const gapMs = nowMs - quiet.beganAtMs
    if (gapMs > DEAD_AIR_MS) this.#onDeadAir(gapMs, quiet.because)
  }
}
