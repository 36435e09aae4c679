import { type Histogram, monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'

/** How the event loop was held up, by whatever it was. */
export interface LoopFindings {
  readonly delayP99Ms: number
  readonly longestMs: number
  /** How often it was held up for longer than `STALL_MS`. */
  readonly stalls: number
  readonly collections: CollectionFindings
}

/** The part of it that was V8 collecting garbage on the main thread. */
export interface CollectionFindings {
  readonly longestMs: number
  /** Longer than `STALL_MS`. */
  readonly stalls: number
  /** Of all the time. */
  readonly share: number
}

export const STALL_MS = 10
const RESOLUTION_MS = 1

interface Pause {
  readonly atMs: number
  readonly tookMs: number
}

/** Watches the event loop of its own process from its making on. */
export class LoopWatch implements Disposable {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  readonly #observer = new PerformanceObserver((list) => this.#note(list.getEntries()))
  readonly #startedAtMs = performance.now()
  readonly #pauses: Pause[] = []

  constructor() {
    this.#delay.enable()
    this.#observer.observe({ entryTypes: ['gc'] })
  }

  findings(): LoopFindings {
    this.#note(this.#observer.takeRecords())
    const lateMs = (ns: number) => Math.max(0, ns / 1e6 - RESOLUTION_MS)
    const tookMs = this.#pauses.map((pause) => pause.tookMs)
    return {
      delayP99Ms: lateMs(this.#delay.percentile(99)),
      longestMs: lateMs(this.#delay.max),
      stalls: countAbove(this.#delay, (STALL_MS + RESOLUTION_MS) * 1e6),
      collections: {
        longestMs: Math.max(0, ...tookMs),
        stalls: tookMs.filter((ms) => ms > STALL_MS).length,
        share: tookMs.reduce((sum, ms) => sum + ms, 0) / (performance.now() - this.#startedAtMs),
      },
    }
  }

  /** How much of a stretch of time went to the collector. */
  collectedMs(atMs: number, tookMs: number): number {
    const overlap = (pause: Pause) => Math.min(atMs + tookMs, pause.atMs + pause.tookMs) - Math.max(atMs, pause.atMs)
    return this.#pauses.reduce((sum, pause) => sum + Math.max(0, overlap(pause)), 0)
  }

  [Symbol.dispose](): void {
    this.#delay.disable()
    this.#observer.disconnect()
  }

  #note(entries: readonly { readonly startTime: number; readonly duration: number }[]): void {
    for (const { startTime, duration } of entries) this.#pauses.push({ atMs: startTime, tookMs: duration })
  }
}

/** How many of a histogram's values are greater. It tells the value of a rank only, so the rank is searched for. */
export function countAbove(histogram: Pick<Histogram, 'count' | 'percentile'>, most: number): number {
  const { count } = histogram
  let atMost = 0
  let above = count + 1
  while (above - atMost > 1) {
    const rank = (atMost + above) >> 1
    if (histogram.percentile((rank / count) * 100) > most) above = rank
    else atMost = rank
  }
  return count - atMost
}
