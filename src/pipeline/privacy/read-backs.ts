import { type NumberRun, numberRunsOf } from './number-run.ts'
import { readNumbers } from './numbers-read.ts'
import { plainMarks } from './plain-marks.ts'
import type { PrivateKind, PrivateSpan } from './private-span.ts'
import { digitsOf } from './redaction.ts'
import { between, type Token, tokensOf } from './tokens.ts'

/** What the caller gave us, to know it again when the agent repeats it, whole or in part. */
export class GivenNumbers {
  readonly #numbers: { readonly kind: PrivateKind; readonly digits: string }[] = []
  readonly #addressWords = new Set<string>()

  /** `text`: all the caller said since we asked, so that the pieces of a number are one. */
  remember(text: string, spans: readonly PrivateSpan[]): void {
    for (const { start, end, kind } of spans) {
      const said = text.slice(start, end)
      if (kind === 'EMAIL') for (const { word } of tokensOf(said)) this.#addressWords.add(word)
      const digits = kind === 'EMAIL' ? '' : digitsOf(said)
      if (digits !== '') this.#add(kind, digits)
    }
  }

  /** Where a text repeats what was given. */
  repeatedIn(said: string): PrivateSpan[] {
    const text = plainMarks(said)
    const { tokens, parts } = readNumbers(text)
    const runs = numberRunsOf(text, tokens, parts, true)
    const numbers = runs.flatMap((run) => {
      const kind = this.#kindOf(run)
      return kind ? [spanOf(tokens, run.from, run.to, kind)] : []
    })
    return [...numbers, ...this.#addressesIn(text, tokens)]
  }

  #add(kind: PrivateKind, digits: string): void {
    if (this.#numbers.length >= MOST_KEPT) this.#numbers.shift()
    this.#numbers.push({ kind, digits })
  }

  #kindOf({ digits, isSpelled, parts }: NumberRun): PrivateKind | undefined {
    if (digits.length < (isSpelled ? FEWEST_SPELLED : FEWEST)) return undefined
    const isSame = (given: string) =>
      given.includes(digits) ||
      (given.length >= FEWEST && digits.includes(given)) ||
      // "that's 4111, 1111, is that right, 12": the pieces, with a number of the agent's own after them
      parts.some((part) => part.digits.length > FEWEST && given.includes(part.digits))
    return this.#numbers.find((given) => isSame(given.digits))?.kind
  }

  /** Two words of an address beside each other, the last perhaps cut off: "kim dot le". */
  #addressesIn(text: string, tokens: readonly Token[]): PrivateSpan[] {
    const spans: PrivateSpan[] = []
    for (let from = 0; from < tokens.length; ) {
      let to = from
      while (to < tokens.length && this.#isOfAddress(tokens, to) && isBeside(text, tokens, from, to)) to += 1
      const isSign = tokens.slice(from, to).some(({ word }) => ADDRESS_SIGNS.has(word))
      if (to - from >= 2 && (isSign || text.includes('@'))) spans.push(spanOf(tokens, from, to, 'EMAIL'))
      from = Math.max(to, from + 1)
    }
    return spans
  }

  #isOfAddress(tokens: readonly Token[], at: number): boolean {
    const { word } = tokens[at]!
    if (this.#addressWords.has(word)) return true
    const isCutOff = at === tokens.length - 1
    return isCutOff && [...this.#addressWords].some((given) => given.startsWith(word))
  }
}

const ADDRESS_SIGNS = new Set(['dot', 'at', 'underscore', 'dash', 'punto', 'arroba', 'hyphen'])

/** A call has a few; somebody who dictates on and on is no reason to keep more. */
const MOST_KEPT = 50

/** Fewer digits are anybody's: a time, a count. */
const FEWEST = 4
const FEWEST_SPELLED = 3

function isBeside(text: string, tokens: readonly Token[], from: number, at: number): boolean {
  return at === from || /^[\s.@_-]*$/.test(between(text, tokens[at - 1], tokens[at]))
}

function spanOf(tokens: readonly Token[], from: number, to: number, kind: PrivateKind): PrivateSpan {
  return { start: tokens[from]!.start, end: tokens[to - 1]!.end, kind }
}
