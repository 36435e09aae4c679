import { SIGNS } from './sign-words.ts'
import { SURE } from './sure-words.ts'

/** One expression of a sign. `mark`: what the model reads for it, since some weigh more than others of their name. */
export interface Sign {
  readonly name: string
  readonly mark: string
}

interface SignExpression extends Sign {
  readonly expression: RegExp
}

const EXPRESSIONS: readonly SignExpression[] = Object.entries(SIGNS).flatMap(([name, sources]) =>
  sources.map((source, at) => ({ ...signOf(name, at), expression: new RegExp(source, 'u') })),
)

const COUNTS = ['unsigned', 'signone', 'signtwo', 'signmany']

/** The least score of an order that is one by its words alone. */
export const SURE_FROM = 0.6

const SURE_ORDERS = SURE.map((source) => new RegExp(source, 'u'))

/** An expression that looks at what is around it, or at the ends, may match a passage and not the text it is cut from. */
const LOOKING_AROUND: ReadonlySet<RegExp> = new Set(
  [...EXPRESSIONS.map(({ expression }) => expression), ...SURE_ORDERS].filter(({ source }) =>
    /(?<!\[)\^|\$|\(\?<?!/.test(source),
  ),
)

/** Reads a text passage by passage. What matches nowhere in it is looked for once, not in every passage again. */
export class SignReader {
  readonly #signs: readonly SignExpression[]
  readonly #sureOrders: readonly RegExp[]

  constructor(text: string) {
    const mayMatch = (expression: RegExp) => LOOKING_AROUND.has(expression) || expression.test(text)
    this.#signs = EXPRESSIONS.filter(({ expression }) => mayMatch(expression))
    this.#sureOrders = SURE_ORDERS.filter(mayMatch)
  }

  /** The signs of an order to the agent in a passage of the text. */
  signsIn(passage: string): Sign[] {
    return this.#signs.filter(({ expression }) => expression.test(passage))
  }

  /** Whether a passage of the text is what nobody says but to give the agent orders. */
  isSureOrder(passage: string): boolean {
    return this.#sureOrders.some((order) => order.test(passage))
  }
}

export function signOf(name: string, at = 0): Sign {
  return { name, mark: `sign${name.replaceAll(/[^a-z]/g, '')}${String.fromCharCode(97 + at)}` }
}

/** What the model reads: the signs as words of their own, how many kinds there are, and what was said. */
export function markedText(passage: string, signs: readonly Sign[]): string {
  const kinds = new Set(signs.map(({ name }) => name)).size
  return `${signs.map(({ mark }) => mark).join(' ')} ${COUNTS[Math.min(kinds, COUNTS.length - 1)]} . ${passage}`
}
