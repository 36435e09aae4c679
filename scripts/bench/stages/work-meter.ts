import { type Latency, LatencyMeter } from '../measurements.ts'
import type { InventedText } from './invented-talk.ts'

/** One piece of work that took long, and what it was done on. */
export interface SlowWork {
  readonly what: string
  readonly sort: string
  readonly chars: number
  /** Of the process's clock. */
  readonly atMs: number
  readonly tookMs: number
}

const KEPT_SLOWEST = 12

/** Takes the time of everything that is done for what was said. */
export class WorkMeter {
  readonly #meters = new Map<string, LatencyMeter>()
  #slowest: SlowWork[] = []
  #about: InventedText = { sort: 'nothing', text: '' }

  /** What is measured from now on is done because of this. */
  about(said: InventedText): void {
    this.#about = said
  }

  measure<Result>(what: string, work: () => Result): Result {
    const atMs = performance.now()
    try {
      return work()
    } finally {
      const tookMs = performance.now() - atMs
      this.record(what, tookMs)
      this.#keepSlow({ what, atMs, tookMs })
    }
  }

  /** A whole, whose parts say better what was slow. */
  record(what: string, tookMs: number): void {
    this.#meterOf(what).record(tookMs * 1000)
  }

  /** Forgets everything so far. */
  reset(): void {
    this.#meters.clear()
    this.#slowest = []
  }

  findings(): { readonly work: Record<string, Latency>; readonly slowest: readonly SlowWork[] } {
    const work = Object.fromEntries([...this.#meters].map(([what, meter]) => [what, meter.latency()]))
    return { work, slowest: this.#slowest }
  }

  #meterOf(what: string): LatencyMeter {
    const meter = this.#meters.get(what) ?? new LatencyMeter()
    this.#meters.set(what, meter)
    return meter
  }

  #keepSlow({ what, atMs, tookMs }: Pick<SlowWork, 'what' | 'atMs' | 'tookMs'>): void {
    if (this.#slowest.length === KEPT_SLOWEST && tookMs <= this.#slowest.at(-1)!.tookMs) return
    const { sort, text } = this.#about
    this.#slowest = [...this.#slowest, { what, sort, chars: text.length, atMs, tookMs }]
      .toSorted((a, b) => b.tookMs - a.tookMs)
      .slice(0, KEPT_SLOWEST)
  }
}
