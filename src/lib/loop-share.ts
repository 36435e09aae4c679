import type { Clock } from './clock.ts'

/** What one turn of the event loop may spend: with one long step on top it stays under 10 ms, half a frame. */
const MOST_MS = 3

/**
 * Work of many calls that is done in steps and takes only a share of each turn of the event loop. While there is room
 * it is done at once; what is left over waits for later turns, the oldest first, so that frames of other calls come
 * through in between (RELIABILITY I9).
 */
export class LoopShare {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #mostMs: number
  readonly #waiting: Iterator<unknown>[] = []
  #spentMs = 0
  #isWorking = false
  #nextTurn: NodeJS.Immediate | undefined

  constructor(clock: Pick<Clock, 'monotonicMs'>, mostMs = MOST_MS) {
    this.#clock = clock
    this.#mostMs = mostMs
  }

  /** Each step should be short: none is ever cut. Work that somebody else has brought to its end meanwhile is passed over. */
  do(work: Iterator<unknown>): void {
    this.#waiting.push(work)
    this.#useTurn()
  }

  #useTurn(): void {
    // A step may bring more work; whoever is at it goes on with that.
    if (this.#isWorking) return
    this.#nextTurn ??= setImmediate(() => this.#onNextTurn())
    this.#isWorking = true
    try {
      while (this.#waiting.length > 0 && this.#spentMs < this.#mostMs) this.#step()
    } finally {
      this.#isWorking = false
    }
  }

  #step(): void {
    const beganAtMs = this.#clock.monotonicMs()
    let isDone = true
    try {
      isDone = this.#waiting[0]!.next().done === true
    } finally {
      if (isDone) this.#waiting.shift()
      this.#spentMs += this.#clock.monotonicMs() - beganAtMs
    }
  }

  #onNextTurn(): void {
    this.#nextTurn = undefined
    this.#spentMs = 0
    if (this.#waiting.length > 0) this.#useTurn()
  }
}
