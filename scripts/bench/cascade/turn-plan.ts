import { FRAME_MS } from '../pacer.ts'

const TICKS_PER_SECOND = 1000 / FRAME_MS

/** A turn of 4 s: 1 s of the caller, then the answer. More turns than people take, for there must be enough to count. */
export const TURN_TICKS = 4 * TICKS_PER_SECOND
export const SPEECH_TICKS = 1 * TICKS_PER_SECOND
/** A provider's own time until its first word or sound. */
export const PROVIDER_TICKS = 3

/** Answers in deltas of 200 ms: one of 1.6 s, and one that is so long that the caller speaks over it. */
export const DELTA_BLOCKS = 10
export function deltasOf(turn: number): number {
  return turn % 2 === 1 ? 30 : 8
}

/** Where the first turn of a call begins: the opening is over by then, and the calls are not in step. */
export function firstTick(call: number): number {
  return -((call * 37) % TURN_TICKS) - 1.5 * TICKS_PER_SECOND
}
