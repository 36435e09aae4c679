import { SIGNS } from './sign-words.ts'
import { SURE } from './sure-words.ts'

/** One expression of a sign. `mark`: what the model reads for it, since some weigh more than others of their name. */
export interface Sign {
  readonly name: string
  readonly mark: string
}

const EXPRESSIONS: readonly (Sign & { readonly expression: RegExp })[] = Object.entries(SIGNS).flatMap(
  ([name, sources]) => sources.map((source, at) => ({ ...signOf(name, at), expression: new RegExp(source, 'u') })),
)

const COUNTS = ['unsigned', 'signone', 'signtwo', 'signmany']

/** The signs of an order to the agent in a passage. */
export function signsIn(passage: string): Sign[] {
  return EXPRESSIONS.filter(({ expression }) => expression.test(passage))
}

/** The least score of an order that is one by its words alone. */
export const SURE_FROM = 0.6

const SURE_ORDERS = SURE.map((source) => new RegExp(source, 'u'))

/** Whether a passage is what nobody says but to give the agent orders. */
export function isSureOrder(passage: string): boolean {
  return SURE_ORDERS.some((order) => order.test(passage))
}

export function signOf(name: string, at = 0): Sign {
  return { name, mark: `sign${name.replaceAll(/[^a-z]/g, '')}${String.fromCharCode(97 + at)}` }
}

/** What the model reads: the signs as words of their own, how many kinds there are, and what was said. */
export function markedText(passage: string, signs: readonly Sign[]): string {
  const kinds = new Set(signs.map(({ name }) => name)).size
  return `${signs.map(({ mark }) => mark).join(' ')} ${COUNTS[Math.min(kinds, COUNTS.length - 1)]} . ${passage}`
}
