import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Tag } from './tag.ts'

/** What one round found out about the way through its subject. All times in ms. */
export interface Findings {
  readonly toEngine: DirectionFindings
  readonly toCaller: DirectionFindings
  /** From the engine's word that the caller speaks to the carrier being told to be silent. */
  readonly clear: Latency
}

export interface DirectionFindings {
  readonly latency: Latency
  readonly sent: number
  readonly lost: number
  /** Came twice, or behind a later one. */
  readonly misplaced: number
}

export interface Latency {
  readonly count: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Microseconds of the bench's clock, in the 32 bits a tag has for them: an hour. */
export function nowUs(): number {
  return Math.round(performance.now() * 1000) % 2 ** 32
}

/** Collects latencies while a round is being measured; counts losses from the first frame of a call to its last. */
export class Measurements {
  readonly #directions: Record<'toEngine' | 'toCaller', Direction>
  readonly #clear = new LatencyMeter()
  /** When each call was interrupted and not yet cleared; 0 otherwise. */
  readonly #interruptedUs: Float64Array
  isMeasuring = false

  constructor(calls: number) {
    this.#interruptedUs = new Float64Array(calls)
    this.#directions = { toEngine: new Direction(calls), toCaller: new Direction(calls) }
  }

  sent(direction: 'toEngine' | 'toCaller', call: number): number {
    return this.#directions[direction].nextSequence(call)
  }

  arrived(direction: 'toEngine' | 'toCaller', tag: Tag): void {
    const tookUs = nowUs() - tag.sentUs
    this.#directions[direction].arrived(tag, this.isMeasuring ? tookUs : undefined)
  }

  /** The engine says that the caller speaks over the agent. */
  interrupted(call: number): void {
    this.#interruptedUs[call] = nowUs()
  }

  /** The carrier was told to be silent. A `clear` without a cause is of no interest. */
  cleared(call: number): void {
    const sinceUs = this.#interruptedUs[call] ?? 0
    this.#interruptedUs[call] = 0
    if (this.isMeasuring && sinceUs > 0) this.#clear.record(nowUs() - sinceUs)
  }

  findings(): Findings {
    return {
      toEngine: this.#directions.toEngine.findings(),
      toCaller: this.#directions.toCaller.findings(),
      clear: this.#clear.latency(),
    }
  }
}

/** Frames of one direction: numbered per call as they leave, checked off as they arrive. */
class Direction {
  readonly #sent: Uint32Array
  readonly #expected: Uint32Array
  readonly #latency = new LatencyMeter()
  #skipped = 0
  #misplaced = 0

  constructor(calls: number) {
    this.#sent = new Uint32Array(calls)
    this.#expected = new Uint32Array(calls)
  }

  nextSequence(call: number): number {
    return this.#sent[call]!++
  }

  arrived({ call, sequence }: Tag, tookUs: number | undefined): void {
    const expected = this.#expected[call]!
    if (sequence < expected) {
      this.#misplaced++
      return
    }
    this.#skipped += sequence - expected
    this.#expected[call] = sequence + 1
    if (tookUs !== undefined) this.#latency.record(tookUs)
  }

  findings(): DirectionFindings {
    const neverCame = this.#sent.reduce((sum, sent, call) => sum + sent - this.#expected[call]!, 0)
    return {
      latency: this.#latency.latency(),
      sent: this.#sent.reduce((sum, sent) => sum + sent, 0),
      lost: this.#skipped + neverCame,
      misplaced: this.#misplaced,
    }
  }
}

/** Records microseconds, reports milliseconds. */
export class LatencyMeter {
  readonly #histogram: RecordableHistogram = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 })

  record(us: number): void {
    this.#histogram.record(Math.max(1, Math.round(us)))
  }

  reset(): void {
    this.#histogram.reset()
  }

  latency(): Latency {
    const { count } = this.#histogram
    const inMs = (us: number) => (count === 0 ? 0 : us / 1000)
    return {
      count,
      p50Ms: inMs(this.#histogram.percentile(50)),
      p99Ms: inMs(this.#histogram.percentile(99)),
      maxMs: inMs(this.#histogram.max),
    }
  }
}
