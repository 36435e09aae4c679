import type { Clock } from '../../lib/clock.ts'
import { EngineError } from '../engine.ts'
import { partFailure } from './part-failure.ts'
import type { Prompt, Thinker, Thought } from './thinker.ts'

export interface MindOptions {
  /** In the order of preference; at least one. */
  readonly thinkers: readonly Thinker[]
  readonly clock: Clock
  /** How long a thinker may take to its first word or request. */
  readonly firstTokenTimeoutMs: number
  /** A thinker failed and another one is asked. */
  readonly onFailure: (error: EngineError) => void
}

/** A thinker that has begun sends something every few 10 ms; only the arguments of a tool come late and whole. */
const NEXT_TOKEN_LIMIT_MS = 8_000

/** Thinks with the first thinker that works. One that failed goes behind the others, for the rest of the call. */
export class Mind {
  readonly #options: MindOptions
  #thinkers: readonly Thinker[]

  constructor(options: MindOptions) {
    this.#options = options
    this.#thinkers = options.thinkers
  }

  /**
   * One answer, by one thinker: while nothing came of it yet, a failure only makes the next one think. Throws the
   * signal's reason; the failure of a thinker that had begun; or, when all failed, one that is worth another attempt,
   * and `refused` or `limited` only when none is.
   */
  async *think(prompt: Prompt, signal: AbortSignal): AsyncGenerator<Thought> {
    const failures: EngineError[] = []
    for (const thinker of this.#thinkers) {
      let begun = false
      try {
        for await (const thought of this.#attempt(thinker, prompt, signal)) {
          begun ||= isOutput(thought)
          yield thought
        }
        return
      } catch (thrown) {
        signal.throwIfAborted()
        const error = partFailure(thrown, thinker)
        this.#thinkers = [...this.#thinkers.filter((one) => one !== thinker), thinker]
        if (begun) throw error
        failures.push(error)
        this.#options.onFailure(error)
      }
    }
    throw failures.find(({ failure }) => failure !== 'refused' && failure !== 'limited') ?? failures[0]
  }

  async *#attempt(thinker: Thinker, prompt: Prompt, signal: AbortSignal): AsyncGenerator<Thought> {
    const { clock, firstTokenTimeoutMs } = this.#options
    const attempt = new AbortController()
    const giveUpAfter = (ms: number) => clock.after(ms, () => attempt.abort(slow(thinker, ms)))
    let timer = giveUpAfter(firstTokenTimeoutMs)
    try {
      for await (const thought of thinker.think(prompt, { signal: AbortSignal.any([signal, attempt.signal]) })) {
        if (isOutput(thought)) {
          timer[Symbol.dispose]()
          timer = giveUpAfter(NEXT_TOKEN_LIMIT_MS)
        }
        yield thought
      }
    } finally {
      timer[Symbol.dispose]()
    }
  }
}

function isOutput(thought: Thought): boolean {
  return thought.type === 'tool' || (thought.type === 'text' && thought.text !== '')
}

function slow({ name, provider }: Thinker, ms: number): EngineError {
  const message = `${name} gave no word within ${ms} ms: another thinker is asked, or the same again.`
  return new EngineError('stalled', 'thinker_silent', message, { provider })
}
