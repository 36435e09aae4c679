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
  let nextAt = 0
  return {
    turnOf(key) {
      const now = clock.now()
      for (const [waiting, at] of turns) if (at < now - KEEP_TURN_MS) turns.delete(waiting)
      const at = turns.get(key) ?? Math.max(now, nextAt)
      if (!turns.has(key)) nextAt = at + 1000 / perSecond
      if (at > now) {
        turns.set(key, at)
        return Math.ceil(at)
      }
      turns.delete(key)
      return at
    },
  }
}
