import { matchesIn } from '../matches-in.ts'

/** A value that words of a text stand for, and where they stand. */
export interface Mention<Value extends string = string> {
  readonly value: Value
  readonly from: number
  readonly to: number
}

/** "not in Texas", "I don't want to refinance", "no es para inversión": nothing between it and the word but little words. */
const NEGATION_BEFORE =
  /(?:\b(?:not|isn't|aren't|ain't|won't|wouldn't|never|neither|without|instead of|rather than|except|(?:do|did|does)(?:n't| not) (?:want|need|plan)(?: to| it to)?)|(?<=^|[\s,.])no (?:es|en|quiero|para|una?|la|el|estoy|está))(?: (?:really|actually|to|be|in|on|at|a|an|the|my|our|for|it|is|looking|trying|doing|en|es|para|de|una?|el|la|que))*\s*$/
const FARTHEST_NEGATION = 40

/** Said when what went before is taken back. */
const CORRECTION =
  /(?:^|[\s,.])(?:i mean|i meant|actually|no|nope|wait|scratch that|correction|make that|or rather|sorry|perdón|digo|mejor dicho|quise decir)(?=[\s,.!])/g

/** Every value whose words (global expressions) are in the plain text and not denied there, in order. */
export function mentionsOf<Value extends string>(
  plain: string,
  table: readonly (readonly [Value, RegExp])[],
): Mention<Value>[] {
  return table
    .flatMap(([value, words]) =>
      matchesIn(plain, words).map((match) => ({
        value,
        from: match.index,
        to: match.index + match[0].length,
      })),
    )
    .filter(({ from }) => !isDenied(plain, from))
    .sort((one, other) => one.from - other.from)
}

export function isDenied(plain: string, from: number): boolean {
  return NEGATION_BEFORE.test(plain.slice(Math.max(0, from - FARTHEST_NEGATION), from))
}

/** The one the caller means: the first, or the first after they took back what they had said. */
export function meantOf<Found extends { readonly from: number }>(
  plain: string,
  mentions: readonly Found[],
): Found | undefined {
  const corrected = matchesIn(plain, CORRECTION).at(-1)?.index ?? 0
  return mentions.find(({ from }) => from > corrected) ?? mentions.at(0)
}
