import type { Clock } from '../../lib/clock.ts'
import { dropOldest } from '../../lib/drop-oldest.ts'

/** How often something rang, the ring that is being counted included. */
export interface Frequency {
  readonly inTenMinutes: number
  readonly inAnHour: number
}

/** Counts rings by a key: a number, or the beginning of numbers. */
export interface RingCounter extends AsyncDisposable {
  /** The ring of one call counts once, however often it is told. `at` is epoch ms. May reject. */
  count(key: string, ring: { readonly callId: string; readonly at: number }): Promise<Frequency>
  /** The same without counting. */
  look(key: string, at: number): Promise<Frequency>
}

export const TEN_MINUTES_MS = 10 * 60_000
export const HOUR_MS = 60 * 60_000

/** More keys than a single process answers calls of in an hour, and fewer than would be felt in its memory. */
const MOST_KEYS = 20_000
const MOST_RINGS = 1_000

/** Counts for this process alone. */
export function createLocalRingCounter({ clock }: { clock: Clock }): RingCounter {
  /** Keys by their last ring, the oldest first; rings by call. */
  const rings = new Map<string, Map<string, number>>()
  const sweep = clock.every(HOUR_MS, () => {
    for (const [key, times] of rings) if (Math.max(...times.values()) <= clock.now() - HOUR_MS) rings.delete(key)
  })

  return {
    async count(key, { callId, at }) {
      const times = rings.get(key) ?? new Map<string, number>()
      if (!times.has(callId)) times.set(callId, at)
      rings.delete(key)
      rings.set(key, times)
      dropOldest(times, MOST_RINGS)
      dropOldest(rings, MOST_KEYS)
      return frequencyOf(times, at)
    },

    look: async (key, at) => frequencyOf(rings.get(key) ?? new Map(), at),

    async [Symbol.asyncDispose]() {
      sweep[Symbol.dispose]()
    },
  }
}

function frequencyOf(times: Map<string, number>, at: number): Frequency {
  for (const [callId, rangAt] of times) if (rangAt <= at - HOUR_MS) times.delete(callId)
  const all = [...times.values()]
  return { inTenMinutes: all.filter((rangAt) => rangAt > at - TEN_MINUTES_MS).length, inAnHour: all.length }
}
