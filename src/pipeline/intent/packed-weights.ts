/**
 * Weights of a feature written as one character each, which makes the model's file a third of what numbers take: tenths,
 * counted from `MIDDLE`, and held within what is printable.
 */
const MIDDLE = 'O'.charCodeAt(0)
const FURTHEST = 40

export function packed(weights: readonly number[]): string {
  return String.fromCharCode(
    ...weights.map((weight) => MIDDLE + Math.max(-FURTHEST, Math.min(FURTHEST, Math.round(weight * 10)))),
  )
}

export function unpacked(text: string): number[] {
  return Array.from(text, (character) => (character.charCodeAt(0) - MIDDLE) / 10)
}
