import { HUNDREDS, ORDINALS, SCALES, TEENS, TENS, UNITS } from './number-words.ts'
import { between, type Token } from './tokens.ts'

/** A number read from one or more words: "forty-two", "two thousand four". */
export interface Cardinal {
  readonly value: number
  /** Index of the token after it. */
  readonly to: number
  /** Counted in thousands or more, or "a hundred", "twelve hundred": an amount or a year, never part of a long number. */
  readonly isAmount: boolean
}

/** The number words at `at` taken together as far as they make one number; "forty-two eleven" are two. */
export function readCardinal(text: string, tokens: readonly Token[], at: number): Cardinal | undefined {
  const words = new WordReader(text, tokens)
  let read = words.belowThousand(at)
  if (!read) return undefined
  for (;;) {
    const scale = words.scaleAfter(read.to)
    if (!scale) return read
    const rest = words.belowThousand(words.afterAnd(scale.to))
    read = {
      value: read.value * scale.value + (rest?.value ?? 0),
      to: rest?.to ?? scale.to,
      isAmount: true,
    }
  }
}

/** "fifth", "twenty-seventh"; `to` as in a cardinal. */
export function readOrdinal(text: string, tokens: readonly Token[], at: number): Cardinal | undefined {
  const ten = TENS.get(tokens[at]!.word)
  const next = tokens[at + 1]
  if (ten && next && joins(text, tokens[at]!, next)) {
    const unit = ORDINALS.get(next.word)
    if (unit && unit < 10) return { value: ten + unit, to: at + 2, isAmount: false }
  }
  const value = ORDINALS.get(tokens[at]!.word)
  return value ? { value, to: at + 1, isAmount: false } : undefined
}

class WordReader {
  readonly #text: string
  readonly #tokens: readonly Token[]

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text
    this.#tokens = tokens
  }

  belowThousand(at: number): Cardinal | undefined {
    if (this.#tokens[at]?.word === 'mil') return { value: 1, to: at, isAmount: true }
    const hundreds = this.#look(HUNDREDS, at)
    if (hundreds) {
      const rest = this.#joined(at) ? this.#belowHundred(at + 1) : undefined
      return { value: hundreds + (rest?.value ?? 0), to: rest?.to ?? at + 1, isAmount: false }
    }
    if (/^(?:a|hundred)$/.test(this.#tokens[at]?.word ?? '')) return this.#bareHundred(at)
    const small = this.#belowHundred(at)
    if (small === undefined || this.#tokens[small.to]?.word !== 'hundred') return small
    if (!this.#joined(small.to - 1)) return small
    return this.#hundredOf(small)
  }

  scaleAfter(at: number): Cardinal | undefined {
    const value = this.#tokens[at]?.word === 'mil' || this.#joined(at - 1) ? this.#look(SCALES, at) : undefined
    return value ? { value, to: at + 1, isAmount: true } : undefined
  }

  afterAnd(at: number): number {
    return this.#tokens[at]?.word === 'and' ? at + 1 : at
  }

  /** "a hundred and fifty", "a thousand". */
  #bareHundred(at: number): Cardinal | undefined {
    const to = this.#tokens[at]?.word === 'a' ? at + 1 : at
    if (this.#look(SCALES, to)) return to > at ? { value: 1, to, isAmount: true } : undefined
    if (this.#tokens[to]?.word !== 'hundred') return undefined
    const rest = this.#belowHundred(this.afterAnd(to + 1))
    return { value: 100 + (rest?.value ?? 0), to: rest?.to ?? to + 1, isAmount: true }
  }

  /** "eight hundred, five five five": what follows belongs to the hundred only when no more digits come after it. */
  #hundredOf(small: Cardinal): Cardinal {
    const hundred = small.value * 100
    const isAmount = small.value > 9
    const rest = this.#belowHundred(this.afterAnd(small.to + 1))
    const goesOn = rest && this.#joined(rest.to - 1) && this.#belowHundred(rest.to)
    if (!rest || rest.value === 0 || goesOn) {
      return { value: hundred, to: small.to + 1, isAmount }
    }
    return { value: hundred + rest.value, to: rest.to, isAmount }
  }

  #belowHundred(at: number): Cardinal | undefined {
    const whole = this.#look(TEENS, at) ?? this.#look(UNITS, at)
    if (whole !== undefined) return { value: whole, to: at + 1, isAmount: false }
    const ten = this.#look(TENS, at)
    if (ten === undefined) return undefined
    const unitAt = this.#tokens[at + 1]?.word === 'y' ? at + 2 : at + 1
    const unit = this.#joined(at) ? this.#look(UNITS, unitAt) : undefined
    return unit ? { value: ten + unit, to: unitAt + 1, isAmount: false } : { value: ten, to: at + 1, isAmount: false }
  }

  #look(words: ReadonlyMap<string, number>, at: number): number | undefined {
    const token = this.#tokens[at]
    return token && words.get(token.word)
  }

  /** Whether the token after `at` follows it without a pause. */
  #joined(at: number): boolean {
    const [token, next] = [this.#tokens[at], this.#tokens[at + 1]]
    return token !== undefined && next !== undefined && joins(this.#text, token, next)
  }
}

function joins(text: string, before: Token, after: Token): boolean {
  return /^[ \t-]*$/.test(between(text, before, after))
}
