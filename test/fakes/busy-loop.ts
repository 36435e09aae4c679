import { LoopShare } from '../../src/lib/loop-share.ts'

/** The share of a process in which every step takes all of a turn of the event loop. */
export function busyLoop(): LoopShare {
  let nowMs = 0
  return new LoopShare({ monotonicMs: () => (nowMs += 1_000) })
}
