import { HearthlineError } from '../lib/errors.ts'

/** One connection, handed to one user at a time, in the order they asked; at most `maxWaiting` may wait for it. */
export class ConnectionQueue {
  readonly #maxWaiting: number
  readonly #waiting: (() => void)[] = []
  #taken = false

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting
  }

  /** Resolves when the connection is the caller's. Rejects with `database_overloaded` when the queue is full. */
  acquire(): Promise<void> {
    if (!this.#taken) {
      this.#taken = true
      return Promise.resolve()
    }
    if (this.#waiting.length >= this.#maxWaiting) return Promise.reject(overloaded(this.#maxWaiting))
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    return promise
  }

  release(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#taken = false
  }
}

function overloaded(waiting: number): HearthlineError {
  const message = `${waiting} statements already wait for the database. Nothing was written; try again later.`
  return new HearthlineError('database_overloaded', message, { retryable: true })
}
