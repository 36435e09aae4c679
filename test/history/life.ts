import { never } from './turns.ts'

/** Whether a process dies at this point, the so-manieth it comes by. */
export type EndsAt = (point: string, count: number) => boolean

/** The life of one process: it ends at the crash point the seed has set, in the middle of whatever it does. */
export class Life {
  readonly name: string
  readonly #endsAt: EndsAt
  readonly #onPoint: (point: string) => void
  readonly #onDeath: (point: string) => void
  #points = 0
  #isAlive = true

  constructor(options: {
    name: string
    endsAt: EndsAt
    onPoint: (point: string) => void
    onDeath: (point: string) => void
  }) {
    this.name = options.name
    this.#endsAt = options.endsAt
    this.#onPoint = options.onPoint
    this.#onDeath = options.onDeath
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /** A place to die at. Never resolves for who is dead. */
  async point(name: string): Promise<void> {
    if (!this.#isAlive) return await never()
    this.#onPoint(name)
    this.#points += 1
    if (!this.#endsAt(name, this.#points)) return
    this.kill(name)
    return await never()
  }

  kill(point: string): void {
    if (!this.#isAlive) return
    this.#isAlive = false
    this.#onDeath(point)
  }
}
