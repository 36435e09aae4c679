import type { EngineEvent, Usage } from '../engine.ts'
import { usageOf } from '../usage.ts'
import type { WireBackendUsage } from './server-events.ts'

/** Counts what the open session costs, silence included: the provider tells its seconds now and then, as a total. */
export class SessionMeter {
  readonly #model: string
  readonly #startedAtMs: number
  readonly #emit: (event: EngineEvent) => void
  #countedSeconds = 0

  constructor(model: string, startedAtMs: number, emit: (event: EngineEvent) => void) {
    this.#model = model
    this.#startedAtMs = startedAtMs
    this.#emit = emit
  }

  /** The provider's total so far. */
  total(seconds: number): void {
    const audioSeconds = seconds - this.#countedSeconds
    if (audioSeconds <= 0) return
    this.#countedSeconds = seconds
    this.#emit({ type: 'usage.counted', usage: usageOf({ model: this.#model, audioSeconds }) })
  }

  /** No other total will come: what it has not told yet is counted by our own clock. */
  close(nowMs: number): void {
    this.total((nowMs - this.#startedAtMs) / 1000)
  }
}

/** Tokens of one response of the backend; on the wire the cached ones are contained in the input's. */
export function countBackend(model: string, wire: WireBackendUsage): Usage {
  const textCachedIn = wire.input_tokens_details?.cached_tokens ?? 0
  return usageOf({
    model,
    textIn: (wire.input_tokens ?? 0) - textCachedIn,
    textCachedIn,
    textOut: wire.output_tokens ?? 0,
  })
}
