import type { Clock } from '../../lib/clock.ts'

/** When a text may leave, so that a sender stays below what its carrier takes (RELIABILITY 2.1). */
export interface TextPace {
  /**
   * When the text of that key may leave, in epoch ms. Now or earlier: it may, and its turn is used up. Later: the turn
   * is kept for it until it asks again.
   */
  turnOf(key: string): number
}

/** A turn that nobody comes for is given away after this long. */
const KEEP_TURN_MS = 60_000

/** The pace of one sender in one process. */
export function createTextPace({ perSecond, clock }: { perSecond: number; clock: Clock }): TextPace {
  const turns = new Map<string, number>()
  // By the clock that is never set: a turn an hour away would hold up every text until then (RELIABILITY F20).
  let nextAtMs = 0
  return {
    turnOf(key) {
      const nowMs = clock.monotonicMs()
      for (const [waiting, atMs] of turns) if (atMs < nowMs - KEEP_TURN_MS) turns.delete(waiting)
      const atMs = turns.get(key) ?? Math.max(nowMs, nextAtMs)
      if (!turns.has(key)) nextAtMs = atMs + 1000 / perSecond
      if (atMs > nowMs) {
        turns.set(key, atMs)
        return Math.ceil(clock.now() + atMs - nowMs)
      }
      turns.delete(key)
      return clock.now()
    },
  }
}
