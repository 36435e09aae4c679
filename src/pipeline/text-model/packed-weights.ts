/** From `!` to `~`, without the two that JSON writes as two signs. */
const SIGNS = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
  .filter((sign) => sign !== '"' && sign !== '\\')
  .join('')

/** The place of the sign that stands for 0. */
const ZERO = 50

/**
 * The weights of a feature with one sign each, which makes a model's file a third of what numbers take: tenths, from -5
 * to 4.1. What is beyond is cut: at that size a feature decides anyway.
 */
export function packed(weights: readonly number[]): string {
  const places = weights.map((weight) => ZERO + Math.round(weight * 10))
  return places.map((place) => SIGNS[Math.max(0, Math.min(SIGNS.length - 1, place))]).join('')
}

export function unpacked(text: string): number[] {
  return Array.from(text, (sign) => (SIGNS.indexOf(sign) - ZERO) / 10)
}
