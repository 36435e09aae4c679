import type { ScreeningEvidence } from '../../call/screener.ts'

/** `TN-Validation-Passed-A`, perhaps with `-Diverted` or `-Passthrough` behind it. */
const VERDICT = /^TN-Validation-(Passed|Failed)(?:-([ABC]))?(?:-(Diverted|Passthrough))?$/

/**
 * What the signature of the caller id (STIR/SHAKEN) is worth: a sign among others. Robocallers get an A from careless
 * carriers, and callers of small carriers, of switchboards and of forwarded lines a C, a failure or nothing at all, so
 * no verdict here reaches a challenge by itself (RELIABILITY C24).
 */
export function attestationEvidence(stirVerdict: string | undefined): ScreeningEvidence[] {
  const [, outcome, level, way] = VERDICT.exec(stirVerdict ?? '') ?? []
  if (outcome === 'Failed') {
    // A call that was forwarded carries a signature for the number it was first meant for.
    return way === 'Diverted'
      ? [carrier('the caller id was not confirmed, as happens to forwarded calls', 0.15)]
      : [carrier('the signature of the caller id is not valid', 0.4)]
  }
  if (level === 'A') return [carrier('the carrier of the caller vouches for the number (A)', -0.25)]
  if (level === 'B') return [carrier('the carrier knows its customer, but not the number (B)', 0)]
  if (level === 'C') return [carrier('the carrier only passes the call on (C)', 0.1)]
  return [carrier('the caller id carries no signature', 0.05)]
}

function carrier(says: string, weight: number): ScreeningEvidence {
  return { layer: 'carrier', says, weight }
}
