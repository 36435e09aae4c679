/**
 * What the carrier does wrong, as data. Nothing set is a perfect carrier. May be changed while calls run.
 * Chances are 0 to 1 and drawn from the emulator's seed.
 */
export interface CarrierFaults {
  /** Delivers every webhook and callback this many times more, all at the same moment (F18). */
  duplicateWebhooks?: number
  /** Keeps a call's callbacks back until it is over, then sends them in another order (F19). */
  shuffleCallbacks?: boolean
  /** Chance that a callback is never sent. */
  dropCallbacks?: number
  /** Sends every callback this much later. */
  delayCallbacksMs?: number

  /** Destroys the media socket's TCP connection this long after `start` (F6). */
  resetSocketAfterMs?: number
  /** How many streams of a call meet that end; 1 unless set. */
  resetStreams?: number
  /** Sends half of a WebSocket message before the connection is destroyed. */
  resetMidMessage?: boolean
  /** Sends no media any more this long after `start`, though the socket stays open. */
  stopMediaAfterMs?: number
  /** Leaves out this much media, once in a stream; timestamps go on meanwhile. */
  gapMs?: number
  /** Where in a stream the gap begins; 2000 unless set. */
  gapAfterMs?: number
  /** Chance that a media message changes places with the next one. */
  outOfOrderMedia?: number
  /** Media timestamps are off by up to this much either way, as real ones are by about 2. */
  timestampJitterMs?: number
  /** Echoes every mark this much later than it was heard. */
  lateMarksMs?: number
  /** Echoes every mark twice. */
  duplicateMarks?: boolean

  /** Answers this many REST requests with 429 (code 20429) before it serves again. */
  restStatus429?: number
  /** Does what this many REST requests ask for, then drops the connection instead of answering. */
  restLoseAnswers?: number
  /** Answers REST requests this much later. */
  restDelayMs?: number
  /** Drops every REST connection unanswered, and does nothing. */
  restDown?: boolean
}

/** Takes one from a counted fault; false when none is left. */
export function spend(faults: CarrierFaults, counted: 'restStatus429' | 'restLoseAnswers'): boolean {
  const left = faults[counted] ?? 0
  if (left > 0) faults[counted] = left - 1
  return left > 0
}
