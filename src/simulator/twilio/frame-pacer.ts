import { FRAME_MS } from '../../audio/encoded-audio.ts'
import type { Clock } from '../../lib/clock.ts'

export interface Paced {
  /** A frame is due. After lateness several follow at once, each with the time it should have left. */
  onFrame(dueMs: number): void
  /** All frames until now have left. */
  onSettled(nowMs: number): void
}

/** Half a frame: no frame leaves later than this, and at 4x speed the loop still turns every 2.5 real ms only. */
const LOOP_MS = FRAME_MS / 2

/**
 * One loop that lets every call's 20 ms frames leave when they are due. Due times are counted from the start of each
 * call and never from the frame before, so lateness is caught up and nothing drifts. Ms are the clock's monotonic ones.
 */
export class FramePacer implements Disposable {
  readonly #clock: Clock
  readonly #members = new Set<Member>()
  #loop: Disposable | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The first frame is due now. */
  join(paced: Paced): PacedMember {
    const member = new Member(paced, this.#clock.monotonicMs(), () => this.#leave(member))
    this.#members.add(member)
    this.#loop ??= this.#clock.every(LOOP_MS, () => this.#turn())
    return member
  }

  [Symbol.dispose](): void {
    this.#members.clear()
    this.#loop?.[Symbol.dispose]()
    this.#loop = undefined
  }

  #turn(): void {
    const nowMs = this.#clock.monotonicMs()
    for (const member of this.#members) member.catchUp(nowMs)
  }

  #leave(member: Member): void {
    this.#members.delete(member)
    if (this.#members.size === 0) this[Symbol.dispose]()
  }
}

export interface PacedMember extends Disposable {
  /** When the next frame is due. */
  readonly nextDueMs: number
}

class Member implements PacedMember {
  readonly #paced: Paced
  readonly #startMs: number
  readonly #leave: () => void
  #frames = 0
  #left = false

  constructor(paced: Paced, startMs: number, leave: () => void) {
    this.#paced = paced
    this.#startMs = startMs
    this.#leave = leave
  }

  get nextDueMs(): number {
    return this.#startMs + this.#frames * FRAME_MS
  }

  catchUp(nowMs: number): void {
    while (this.nextDueMs <= nowMs && !this.#left) {
      const dueMs = this.nextDueMs
      this.#frames += 1
      this.#paced.onFrame(dueMs)
    }
    if (!this.#left) this.#paced.onSettled(nowMs)
  }

  [Symbol.dispose](): void {
    this.#left = true
    this.#leave()
  }
}
