import { untilAborted } from '../lib/until-aborted.ts'

/** Lets those who name the same key through one after the other, in the order they came. */
export class OneAtATime {
  /** The last in each queue; gone when nobody waits. */
  readonly #last = new Map<string, Promise<void>>()

  /** Resolves when it is our turn; dispose it to let the next one in. Rejects with the signal's reason. */
  async turn(key: string, signal: AbortSignal): Promise<Disposable> {
    const before = this.#last.get(key)
    const { promise: done, resolve: leave } = Promise.withResolvers<void>()
    const last = Promise.all([before, done]).then(() => {
      if (this.#last.get(key) === last) this.#last.delete(key)
    })
    this.#last.set(key, last)
    try {
      if (before) await untilAborted(before, signal)
    } catch (reason) {
      leave()
      throw reason
    }
    return { [Symbol.dispose]: leave }
  }
}
