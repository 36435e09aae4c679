import type { EngineEvent } from '../engine.ts'
import { usageOf } from '../usage.ts'

/** As the price table names it: a conversation is billed by its minutes, whichever model thinks and speaks in it. */
export const AGENTS_MODEL = 'elevenlabs-agents'

const COUNT_EVERY_MS = 60_000

/** Counts the time a conversation lasts, which is what it costs: the socket itself carries no bill. */
export class UsageMeter implements Disposable {
  readonly #emit: (event: EngineEvent) => void
  #countedUpToMs: number
  #nowMs: number

  constructor(nowMs: number, emit: (event: EngineEvent) => void) {
    this.#emit = emit
    this.#countedUpToMs = nowMs
    this.#nowMs = nowMs
  }

  /** To be called every 100 ms. */
  tick(nowMs: number): void {
    this.#nowMs = nowMs
    if (nowMs - this.#countedUpToMs >= COUNT_EVERY_MS) this.#count()
  }

  /** Counts what is left. */
  [Symbol.dispose](): void {
    if (this.#nowMs > this.#countedUpToMs) this.#count()
  }

  #count(): void {
    const audioSeconds = (this.#nowMs - this.#countedUpToMs) / 1000
    this.#countedUpToMs = this.#nowMs
    this.#emit({ type: 'usage.counted', usage: usageOf({ model: AGENTS_MODEL, audioSeconds }) })
  }
}
