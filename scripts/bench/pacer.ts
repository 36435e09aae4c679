import { setTimeout as sleep } from 'node:timers/promises'
import { LatencyMeter } from './measurements.ts'

/** Whatever has something to do every 20 ms. */
export interface Paced {
  /** `nowMs` of `performance.now()`. */
  tick(nowMs: number): void
}

export const FRAME_MS = 20

/**
 * Ticks every call each 20 ms, the calls spread evenly over those 20 ms. Free of drift: a late tick makes no later one
 * late. How late they were is what `lateness` says, and it tells whether the bench itself kept up.
 */
export class Pacer implements Disposable {
  readonly lateness = new LatencyMeter()
  readonly #slots: (Paced | undefined)[]
  readonly #startedAtMs = performance.now()
  #ticked = 0
  #isOver = false

  constructor(calls: number) {
    this.#slots = new Array(calls).fill(undefined)
    void this.#run()
  }

  add(slot: number, paced: Paced): void {
    this.#slots[slot] = paced
  }

  [Symbol.dispose](): void {
    this.#isOver = true
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      this.#tickDue()
      await sleep(1)
    }
  }

  #tickDue(): void {
    const { length } = this.#slots
    const slotMs = FRAME_MS / length
    for (let nowMs = performance.now(); ; nowMs = performance.now()) {
      const dueMs = this.#startedAtMs + this.#ticked * slotMs
      if (dueMs > nowMs || this.#isOver) return
      const paced = this.#slots[this.#ticked % length]
      this.#ticked++
      if (!paced) continue
      this.lateness.record((nowMs - dueMs) * 1000)
      paced.tick(nowMs)
    }
  }
}
