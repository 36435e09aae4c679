import type { IncomingCall } from './ring-answer.ts'

/** A call that rings, as the carrier announces it and before anything was done about it. */
export interface Ring extends IncomingCall {
  /** Epoch ms. */
  readonly at: number
}

/**
 * What becomes of a ring. `challenge`: the caller is asked for a key or a few words first. `message`: a message is
 * recorded without the agent. `reject`: the call is not answered.
 */
export type ScreeningVerdict = 'accept' | 'challenge' | 'message' | 'reject'

/** Which of the layers spoke. */
export type ScreeningLayer = 'list' | 'contact' | 'carrier' | 'lookup' | 'history' | 'velocity'

export interface ScreeningEvidence {
  readonly layer: ScreeningLayer
  /** In words, for the person who looks at the call later. */
  readonly says: string
  /**
   * -1 to 1. Above 0: the share of the remaining doubt that this takes up; below 0: the share it takes away. 1 and -1
   * decide alone.
   */
  readonly weight: number
}

export interface Screening {
  readonly verdict: ScreeningVerdict
  /** 0: surely a caller to talk to; 1: surely none. */
  readonly suspicion: number
  readonly evidence: readonly ScreeningEvidence[]
}

/** Judges a ring before it is answered; `business/screening` provides it. */
export interface Screener {
  /** May reject, and may take its time: who asks lets the caller in then. The same ring again counts once. */
  screen(ring: Ring): Promise<Screening>
  /** US dollars a call costs that is served; what one costs us less that is not. */
  usualCostUsd(): Promise<number>
}
