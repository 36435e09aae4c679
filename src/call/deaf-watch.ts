/** What the caller said, by our own ear; monotonic ms. */
export interface OwnEar {
  readonly startedAtMs: number
  readonly endedAtMs: number
}

/** What an engine said of the caller's speech. */
export type SpeechPart = 'its beginning' | 'its words' | 'its end'

/** Shorter sounds than this, taken together, are no reason to doubt an engine: it may take them for noise, rightly. */
const SURELY_SPOKEN_MS = 600
/** How long an engine may say nothing at all after the caller has spoken to it. */
const SIGN_WITHIN_MS = 3_000
/** How late an engine may say that the caller has begun. */
const NOTICED_WITHIN_MS = 1_500
/** After so many sessions that heard nothing in the same words, it is our own ear that is wrong: a television, a dog. */
const MOST_IN_A_ROW = 2

/**
 * Notices an engine that is connected and deaf, or mute (RL8): our own ear heard the caller speak and fall silent, and
 * nothing at all came from the engine, or it never said that they have stopped. Speech over our own voice does not count
 * unless the engine takes it for speech: it may be our echo. Times are handed in.
 */
export class DeafWatch {
  #signAtMs = Number.NEGATIVE_INFINITY
  #audibleAtMs = Number.NEGATIVE_INFINITY
  /** It says that the caller is speaking: whatever it makes of a pause, it has to tell its end. */
  #hearsCaller = false
  /** When the caller paused in what it hears, by our own ear. */
  #pausedAtMs: number | undefined
  #mayPauseMs = 0
  #spokenMs = 0
  #waitingSinceMs: number | undefined
  #deafInARow = 0

  /** How many sessions in a row were deaf. */
  get deafInARow(): number {
    return this.#deafInARow
  }

  /** Anything came from the engine. */
  sign(nowMs: number): void {
    this.#signAtMs = nowMs
    this.#spokenMs = 0
    this.#waitingSinceMs = undefined
  }

  /** The engine answers, so for it the caller has finished. */
  answered(nowMs: number): void {
    this.sign(nowMs)
    this.#hearsCaller = false
  }

  /** The engine says something of the caller's speech. */
  callerNoticed(what: SpeechPart, nowMs: number): void {
    this.sign(nowMs)
    // That somebody began can be said by a session that will never say more.
    if (what !== 'its beginning') this.#deafInARow = 0
    if (what === 'its end') this.#hearsCaller = false
    if (what !== 'its beginning') return
    // It may be late, and they have paused already; a pause of long ago is of other speech, which we do not hear.
    if (!this.#hearsCaller && nowMs - (this.#pausedAtMs ?? nowMs) > NOTICED_WITHIN_MS) this.#pausedAtMs = undefined
    this.#hearsCaller = true
  }

  /** Something of ours is in the caller's ear. */
  audible(nowMs: number): void {
    this.#audibleAtMs = nowMs
  }

  /** They speak now, by our own ear. */
  speaking(): void {
    this.#pausedAtMs = undefined
  }

  /** `mayPauseMs`: how long the engine may keep to itself, on purpose, that they paused. */
  spoken({ startedAtMs, endedAtMs }: OwnEar, mayPauseMs: number): void {
    this.#pausedAtMs = endedAtMs
    this.#mayPauseMs = mayPauseMs
    if (this.#hearsCaller || startedAtMs <= Math.max(this.#signAtMs, this.#audibleAtMs)) return
    this.#spokenMs += endedAtMs - startedAtMs
    if (this.#spokenMs >= SURELY_SPOKEN_MS) this.#waitingSinceMs ??= endedAtMs
  }

  /** Since when the caller has waited for a sign from the engine; undefined when it gave one. */
  get waitingSinceMs(): number | undefined {
    if (!this.#hearsCaller || this.#pausedAtMs === undefined) return this.#waitingSinceMs
    return Math.max(this.#pausedAtMs + this.#mayPauseMs, this.#signAtMs)
  }

  isDeaf(nowMs: number): boolean {
    const waitedMs = nowMs - (this.waitingSinceMs ?? nowMs)
    return waitedMs >= SIGN_WITHIN_MS && this.#deafInARow < MOST_IN_A_ROW
  }

  /** The session is replaced for being deaf. */
  replaced(): void {
    this.#deafInARow += 1
  }

  /** A session is there. `told`: it was given speech of the caller to hear. */
  freshSession(nowMs: number, told: boolean): void {
    this.#hearsCaller = false
    this.#pausedAtMs = undefined
    this.#spokenMs = 0
    this.#waitingSinceMs = told && this.#deafInARow > 0 ? nowMs : undefined
  }
}
