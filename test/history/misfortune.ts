import { sleep } from '../../src/lib/clock.ts'
import { HearthlineError } from '../../src/lib/errors.ts'
import type { Chance } from './chance.ts'
import type { History } from './history.ts'
import type { Life } from './life.ts'
import { clockOf, type SimClock } from './sim-clock.ts'
import type { Turns } from './turns.ts'

/** What may become of one request to a provider. */
type Fate = 'well' | 'slow' | 'answer lost' | 'not processed' | 'too many' | 'hangs' | 'refused'

export interface RequestOptions<T> {
  readonly life: Life
  /** Names its crash points: `send text`. */
  readonly what: string
  /** What the history calls it: the text, the call, the event. */
  readonly key: string
  /** What it does at the provider; once, or not at all. */
  readonly effect: () => T
  /** A provider that says no for good; left out: it never does. */
  readonly refusal?: () => HearthlineError
  /** Asks its signal, where there is one, to say how long it is waited for. */
  readonly signal?: AbortSignal
  readonly timeoutMs: number
  readonly unreachable: string
  readonly tooMany?: string
  /** Left out: it has its effect at once or never. Else a hanging one may have it in the midst of that time. */
  readonly mayBeLate?: boolean
}

/** The network and the providers, with what goes wrong there. */
export class Misfortune {
  readonly #chance: Chance
  readonly #history: History
  readonly #turns: Turns
  readonly #clock: SimClock
  /** False: everything goes well from now on. */
  isOn = true

  constructor(chance: Chance, { history, turns, clock }: { history: History; turns: Turns; clock: SimClock }) {
    this.#chance = chance
    this.#history = history
    this.#turns = turns
    this.#clock = clock
  }

  async request<T>(options: RequestOptions<T>): Promise<T> {
    const { life, what, key, effect, unreachable, tooMany = unreachable } = options
    await this.#turns.turn()
    await life.point(`before ${what}`)
    const fate = this.#fate(options)
    if (fate !== 'well')
      this.#history.add({ type: 'fault', what: `${what}: ${fate}`, key, isLasting: fate === 'refused' })
    switch (fate) {
      case 'slow':
        return await this.#beSlow(options)
      case 'well': {
        const value = effect()
        await life.point(`after ${what}`)
        return value
      }
      case 'answer lost':
        effect()
        await life.point(`after ${what}`)
        throw lost(unreachable)
      case 'not processed':
        throw lost(unreachable)
      case 'too many':
        throw lost(tooMany)
      case 'hangs':
        return await this.#hang(options)
      case 'refused':
        throw options.refusal?.() ?? lost(unreachable)
      default:
        return fate satisfies never
    }
  }

  #fate({ refusal }: Pick<RequestOptions<unknown>, 'refusal'>): Fate {
    if (!this.isOn || this.#chance.of(0.6)) return 'well'
    if (refusal && this.#chance.of(0.04)) return 'refused'
    return this.#chance.pick(['slow', 'answer lost', 'not processed', 'too many', 'hangs'])
  }

  /** On the way there, where that may be, and on the way back. */
  async #beSlow<T>(options: RequestOptions<T>): Promise<T> {
    const [thereMs, backMs] = [options.mayBeLate ? this.#chance.int(0, 3_500) : 0, this.#chance.int(100, 4_000)]
    const had = Promise.withResolvers<T>()
    if (thereMs > 0) this.#clock.after(thereMs, () => had.resolve(options.effect()))
    else had.resolve(options.effect())
    if (thereMs > 0) await this.#wait(options, thereMs)
    const value = await had.promise
    await options.life.point(`after ${options.what}`)
    await this.#wait(options, backMs)
    return value
  }

  async #hang<T>(options: RequestOptions<T>): Promise<T> {
    const { effect, mayBeLate, timeoutMs, unreachable, life, what } = options
    const [isHad, delayMs] = [this.#chance.of(0.5), mayBeLate ? this.#chance.int(0, timeoutMs) : 0]
    // It is on its way: whether whoever asked still lives makes no difference to it.
    if (isHad && delayMs > 0) this.#clock.after(delayMs, () => void effect())
    if (isHad && delayMs === 0) effect()
    if (isHad) await life.point(`after ${what}`)
    await this.#wait(options, timeoutMs)
    throw lost(unreachable)
  }

  async #wait({ life, signal, unreachable }: RequestOptions<unknown>, ms: number): Promise<void> {
    await sleep(clockOf(this.#clock, life), ms, signal).catch(() => {
      throw lost(unreachable)
    })
  }
}

function lost(code: string): HearthlineError {
  return new HearthlineError(code, 'no answer', { retryable: true })
}
