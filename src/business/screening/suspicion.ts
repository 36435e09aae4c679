import type { Screening, ScreeningEvidence } from '../../call/screener.ts'

/** Where suspicion begins to have consequences, 0 to 1. */
export interface Thresholds {
  readonly challengeAt: number
  readonly messageAt: number
}

/**
 * The verdict that follows from the evidence. The first piece that decides alone (weight 1 or -1) does. Otherwise each
 * sign against the caller takes its share of the doubt that the others left, and each sign for them takes its share of
 * the suspicion away: the order is all the same, and no sum of signs turns a caller away unanswered.
 */
export function conclude(evidence: readonly ScreeningEvidence[], { challengeAt, messageAt }: Thresholds): Screening {
  const decisive = evidence.find(({ weight }) => Math.abs(weight) === 1)
  if (decisive?.weight === 1) return { verdict: 'reject', suspicion: 1, evidence }
  if (decisive) return { verdict: 'accept', suspicion: 0, evidence }
  const suspicion = suspicionOf(evidence)
  if (suspicion >= messageAt) return { verdict: 'message', suspicion, evidence }
  return { verdict: suspicion >= challengeAt ? 'challenge' : 'accept', suspicion, evidence }
}

/** Two places are as many as anybody reads. */
function suspicionOf(evidence: readonly ScreeningEvidence[]): number {
  const doubtLeft = evidence.reduce((left, { weight }) => left * (1 - Math.max(0, weight)), 1)
  const trust = evidence.reduce((share, { weight }) => share * (1 + Math.min(0, weight)), 1)
  return Math.round((1 - doubtLeft) * trust * 100) / 100
}
