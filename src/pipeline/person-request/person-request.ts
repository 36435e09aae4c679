import type { Said, Stage } from '../stage.ts'
import { isPlainYes, offersPerson } from './accepted-offer.ts'
import { type Clause, clausesOf } from './clauses.ts'
import { asksInEnglish, isBarePerson } from './english-request.ts'
import { asksInOtherWords } from './worded-request.ts'

/** "What is your job?" may be answered with "operator", "who will be on the loan?" with "a person". */
const ASKS_WHO =
  /\b(?:work|job|occupation|profession|employ\w*|title|for a living|who|whom|relationship|are you an?|position|trabajo|ocupación|profesión|emploi|métier)\b/i
/** The key that calls a person, said instead of pressed, unless a number was asked for. */
const ZERO = /^(?:(?:press|dial|number|uh|um) )*(?:zero|0)(?: (?:zero|0))*(?: please)?$/
const ASKS_NUMBER =
  /\b(?:how (?:many|much|old|late|long)|numbers?|digits?|code|pin|amount|percent|score|zip|year|balance|spell)\b/i

/** The caller asks for a human being, or takes one we offered (RELIABILITY C17). */
export function createPersonRequest(): Stage {
  return {
    name: 'person request',
    hear({ by, text, prompt }: Said) {
      return by === 'caller' && asksForPerson(text, prompt) ? [{ type: 'person requested' }] : []
    },
  }
}

/**
 * Whether the caller asks to speak with a human being of the company: in any wording, in any of fifteen languages, or
 * by a plain yes to our own offer. By rules alone, so that each answer can be explained: a wrong one takes the caller
 * away from what they came for. `prompt`: our last words, where there were any.
 */
export function asksForPerson(text: string, prompt = ''): boolean {
  const clauses = clausesOf(text)
  const [only] = clauses
  if (clauses.length === 1 && only && ZERO.test(only.text)) return !ASKS_NUMBER.test(prompt)
  if (offersPerson(prompt)) return isPlainYes(text) || clauses.some(asks)
  if (ASKS_WHO.test(prompt) && clauses.every((clause) => isBarePerson(clause.text))) return false
  return clauses.some(asks)
}

function asks({ text, parts }: Clause): boolean {
  if (asksInEnglish(text) || asksInOtherWords(text)) return true
  if (parts.length < 2) return false
  return (
    isBarePerson(parts[0]!) || isBarePerson(parts.at(-1)!) || parts.some(asksInEnglish) || parts.some(asksInOtherWords)
  )
}
