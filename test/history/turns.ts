import { settle } from '../fakes/fake-clock.ts'
import type { Chance } from './chance.ts'

/**
 * Everything that leaves a process (a statement, a request) waits here, and the seed picks whose turn is next: so every
 * order in which concurrent work may reach the database and the providers can come about, and comes about again.
 */
export class Turns {
  readonly #chance: Chance
  readonly #waiting: (() => void)[] = []
  steps = 0

  constructor(chance: Chance) {
    this.#chance = chance
  }

  turn(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    return promise
  }

  /** Until nothing goes on any more without time going on. */
  async drain(): Promise<void> {
    for (;;) {
      await settle()
      if (this.#waiting.length === 0) return
      this.steps += 1
      const [next] = this.#waiting.splice(this.#chance.int(0, this.#waiting.length - 1), 1)
      next?.()
    }
  }
}

/** What a dead process waits for. */
export function never<T>(): Promise<T> {
  return new Promise(() => {})
}
