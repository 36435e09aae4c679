/** Numbers in [0, 1) that come the same way for the same seed, so a failing run can be replayed (mulberry32). */
export type Random = () => number

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A new array in another order than the given one, whenever there are two items or more. */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last -= 1) {
    // Sattolo's variant: nothing stays where it was.
    const other = Math.floor(random() * last)
    const moved = result[last] as Item
    result[last] = result[other] as Item
    result[other] = moved
  }
  return result
}

/** A carrier id: two letters that say what it names, and 32 hex digits. */
export function createSid(prefix: 'CA' | 'CF' | 'MZ' | 'RE' | 'SM', random: Random): string {
  let digits = ''
  while (digits.length < 32) digits += Math.floor(random() * 16).toString(16)
  return prefix + digits
}
