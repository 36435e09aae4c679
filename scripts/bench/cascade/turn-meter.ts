import { type Latency, LatencyMeter } from '../measurements.ts'

/**
 * The three ways a turn of a cascade takes through the server; all the rest of it is waiting for a provider:
 * from the listener's end of turn to the whole request at the thinker, from the thinker's first sentence to its text
 * at the speaker, from the speaker's first audio to its frame at the carrier.
 */
export const HOPS = ['to thinker', 'to speaker', 'to carrier'] as const
type Hop = 0 | 1 | 2

export interface TurnFindings {
  /** In the order of `HOPS`. */
  readonly hops: readonly Latency[]
  /** Of the three ways of each turn. */
  readonly sum: Latency
  /** Turns in which the next began before an answer was heard. */
  readonly unanswered: number
}

interface Turn {
  /** The way it is on, or waits to begin. */
  hop: Hop
  /** When something was sent that way; undefined while the provider is at work. */
  sentAtMs: number | undefined
  tookMs: number[]
}

/** Follows each call's turn over its three ways. Times are of the bench's own clock, at its sockets. */
export class TurnMeter {
  readonly #turns = new Map<number, Turn>()
  readonly #hops = HOPS.map(() => new LatencyMeter())
  readonly #sum = new LatencyMeter()
  #unanswered = 0
  isMeasuring = false

  /** What sets off the way is about to be sent. The first way begins a turn. */
  sent(call: number, hop: Hop): void {
    if (hop === 0) this.#begin(call)
    const turn = this.#turns.get(call)
    if (turn?.hop === hop) turn.sentAtMs = performance.now()
  }

  /** What comes of it is there; only the first of it counts. */
  arrived(call: number, hop: Hop): void {
    const turn = this.#turns.get(call)
    if (turn?.hop !== hop || turn.sentAtMs === undefined) return
    turn.tookMs.push(performance.now() - turn.sentAtMs)
    turn.sentAtMs = undefined
    if (hop === 2) this.#end(call, turn)
    else turn.hop = hop === 0 ? 1 : 2
  }

  /** The same, for whoever cannot tell which way it came. */
  arrivedNext(call: number): void {
    const turn = this.#turns.get(call)
    if (turn) this.arrived(call, turn.hop)
  }

  findings(): TurnFindings {
    return { hops: this.#hops.map((hop) => hop.latency()), sum: this.#sum.latency(), unanswered: this.#unanswered }
  }

  #begin(call: number): void {
    if (this.#turns.has(call) && this.isMeasuring) this.#unanswered++
    this.#turns.set(call, { hop: 0, sentAtMs: undefined, tookMs: [] })
  }

  #end(call: number, { tookMs }: Turn): void {
    this.#turns.delete(call)
    if (!this.isMeasuring) return
    for (const [hop, ms] of tookMs.entries()) this.#hops[hop]?.record(ms * 1000)
    this.#sum.record(tookMs.reduce((sum, ms) => sum + ms, 0) * 1000)
  }
}
