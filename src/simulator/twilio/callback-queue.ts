import { sleep } from '../../lib/clock.ts'
import { shuffled } from '../seeded-random.ts'
import type { Carrier } from './carrier.ts'

/** Sends one callback; never rejects. */
export type SendCallback = () => Promise<unknown>

/** One call's callbacks, sent in the background one behind the other, as badly as the faults say (F19). */
export class CallbackQueue {
  readonly #carrier: Carrier
  readonly #held: SendCallback[] = []
  #tail: Promise<void> = Promise.resolve()

  constructor(carrier: Carrier) {
    this.#carrier = carrier
  }

  add(callback: SendCallback): void {
    const { dropCallbacks = 0, shuffleCallbacks = false } = this.#carrier.faults
    if (this.#carrier.random() < dropCallbacks) return
    if (shuffleCallbacks) this.#held.push(callback)
    else this.#send(callback)
  }

  /** The call is over: sends what was held back. Resolves when all are delivered. */
  flush(): Promise<void> {
    for (const callback of shuffled(this.#held.splice(0), this.#carrier.random)) this.#send(callback)
    return this.#tail
  }

  #send(callback: SendCallback): void {
    const { clock, faults, signal } = this.#carrier
    const delayed = sleep(clock, faults.delayCallbacksMs ?? 0, signal).catch(() => undefined)
    this.#tail = Promise.all([this.#tail, delayed]).then(async () => {
      if (!signal.aborted) await callback()
    })
  }
}
