import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** Both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  of(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.int(0, list.length - 1)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }

  /** A source of its own: what one actor draws does not move what another draws. */
  fork(): Chance {
    return new Chance(this.int(0, 2 ** 31 - 1))
  }
}

/** Runs something with ids and jitter that come from the seed as well, or a seed could not be replayed. */
export async function withSeededIds<T>(seed: number, work: () => Promise<T>): Promise<T> {
  const { randomUUID } = crypto
  const { random } = Math
  const ids = new Chance(seed ^ 0x5eed)
  const jitter = new Chance(seed ^ 0x717e)
  const hex = () => ids.int(0, 0xffff).toString(16).padStart(4, '0')
  crypto.randomUUID = () => `${hex()}${hex()}-${hex()}-${hex()}-${hex()}-${hex()}${hex()}${hex()}`
  Math.random = () => jitter.next()
  syncBuiltinESMExports()
  try {
    return await work()
  } finally {
    crypto.randomUUID = randomUUID
    Math.random = random
    syncBuiltinESMExports()
  }
}
