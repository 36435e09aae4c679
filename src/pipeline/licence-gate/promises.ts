import { type Barred, type BarredRule, barred } from './barred.ts'
import { DECISIONS, PROMISES } from './promise-patterns.ts'
import { isStatedAsOurs } from './stated-as-ours.ts'

/** The first promise, decision or choice that is not ours to make. */
export function findPromise(text: string): Barred | undefined {
  return first('terms', PROMISES, text) ?? first('eligibility', DECISIONS, text)
}

function first(rule: BarredRule, patterns: readonly RegExp[], text: string): Barred | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)
    if (found && isStatedAsOurs(text.slice(0, found.index))) return barred(rule, found[0])
  }
  return undefined
}
