import type { CallerEvent } from './floor.ts'

/** What the caller said, by our own ear; monotonic ms. */
export interface OwnEar {
  readonly startedAtMs: number
  readonly endedAtMs: number
}

/** Shorter sounds than this, taken together, are no reason to doubt an engine: it may take them for noise, rightly. */
const SURELY_SPOKEN_MS = 600
/** How long an engine may say nothing at all after the caller has spoken to it. */
const SIGN_WITHIN_MS = 3_000
/** After so many sessions that heard nothing in the same words, it is our own ear that is wrong: a television, a dog. */
const MOST_IN_A_ROW = 2

/**
 * Notices an engine that is connected and deaf (RL8): our own ear heard the caller speak and fall silent, and nothing at
 * all came from the engine. Speech over our own voice does not count: it may be our echo. Times are handed in.
 */
export class DeafWatch {
  #signAtMs = Number.NEGATIVE_INFINITY
  #audibleAtMs = Number.NEGATIVE_INFINITY
  /** It says that the caller is speaking: whatever it makes of the pauses, it hears. */
  #hearsCaller = false
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

  /** The engine says something of the caller. */
  callerNoticed({ type }: CallerEvent, nowMs: number): void {
    this.sign(nowMs)
    this.#deafInARow = 0
    if (type === 'caller.started-speaking') this.#hearsCaller = true
    else if (type === 'caller.stopped-speaking') this.#hearsCaller = false
  }

  /** Something of ours is in the caller's ear. */
  audible(nowMs: number): void {
    this.#audibleAtMs = nowMs
  }

  spoken({ startedAtMs, endedAtMs }: OwnEar): void {
    if (this.#hearsCaller || startedAtMs <= Math.max(this.#signAtMs, this.#audibleAtMs)) return
    this.#spokenMs += endedAtMs - startedAtMs
    if (this.#spokenMs >= SURELY_SPOKEN_MS) this.#waitingSinceMs ??= endedAtMs
  }

  isDeaf(nowMs: number): boolean {
    const waitedMs = nowMs - (this.#waitingSinceMs ?? nowMs)
    return waitedMs >= SIGN_WITHIN_MS && this.#deafInARow < MOST_IN_A_ROW
  }

  /** The session is replaced for being deaf. */
  replaced(): void {
    this.#deafInARow += 1
  }

  /** A session is there. `told`: it was given speech of the caller to hear. */
  freshSession(nowMs: number, told: boolean): void {
    this.#hearsCaller = false
    this.#spokenMs = 0
    this.#waitingSinceMs = told && this.#deafInARow > 0 ? nowMs : undefined
  }
}
