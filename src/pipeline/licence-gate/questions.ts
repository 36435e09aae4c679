import { type Barred, barred } from './barred.ts'
import { QUESTIONS } from './question-patterns.ts'
import { isNotAsked } from './stated-as-ours.ts'

/** The first question of a sentence that is not ours to ask. */
export function findForbiddenQuestion(text: string): Barred | undefined {
  for (const pattern of QUESTIONS) {
    const found = pattern.exec(text)
    if (found && !isNotAsked(text.slice(0, found.index))) return barred('forbidden question', found[0])
  }
  return undefined
}
