import { isQuantity, type NumberPart } from './number-parts.ts'
import { FILLERS, NEVER_ALONE } from './number-words.ts'
import { between, type Token } from './tokens.ts'

/** Numbers said one after another, which may be the pieces of one long number. */
export interface NumberRun {
  readonly parts: readonly NumberPart[]
  /** Token indices, the end exclusive. */
  readonly from: number
  readonly to: number
  readonly digits: string
  /** Digit by digit, as amounts never are. */
  readonly isSpelled: boolean
  /** Digits in each part, joined: `3-2-4`. */
  readonly shape: string
}

/** More words between two numbers are talk, not thinking. */
const MOST_FILLERS = 5

/** Nobody counts so many dollars or days without a comma. */
const LONG_NUMBER = 7

/** Two whole numbers side by side are two, however short the pause. */
const WHOLE_NUMBER = 9

/** `withRound`: "two thousand" and "twelve hundred" are taken for pieces too. */
export function numberRunsOf(
  text: string,
  tokens: readonly Token[],
  parts: readonly NumberPart[],
  withRound = false,
): NumberRun[] {
  const runs: NumberPart[][] = []
  let open: NumberPart[] = []
  for (const part of parts) {
    if (!belongs(part, withRound)) {
      open = []
      continue
    }
    if (open.length === 0 || !continues(text, tokens, open.at(-1)!, part)) {
      open = []
      runs.push(open)
    }
    open.push(part)
  }
  return runs
    .map((run) => withoutLastWords(text, tokens, withoutQuantity(text, tokens, run)))
    .filter((run) => run.length > 0)
    .map(runOf)
}

function runOf(parts: readonly NumberPart[]): NumberRun {
  return {
    parts,
    from: parts[0]!.from,
    to: parts.at(-1)!.to,
    digits: parts.map(({ digits }) => digits).join(''),
    // "double nine" is one part of two digits.
    isSpelled: parts.length > 1 && parts.every(({ digits }) => digits === digits[0]!.repeat(digits.length)),
    shape: parts.map(({ digits }) => digits.length).join('-'),
  }
}

function belongs({ style }: NumberPart, withRound: boolean): boolean {
  return (withRound && style === 'round') || style === 'written' || style === 'said' || style === 'grouped'
}

function continues(text: string, tokens: readonly Token[], last: NumberPart, next: NumberPart): boolean {
  if (last.style === 'grouped' || next.style === 'grouped') return false
  if (last.digits.length >= WHOLE_NUMBER && next.digits.length >= WHOLE_NUMBER) return false
  return isPause(text, tokens, last.to, next.from)
}

/** Whether nothing but thinking lies between two tokens: "four one one, uh, let me see, one". */
function isPause(text: string, tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from > MOST_FILLERS) return false
  const words = tokens.slice(from, to).map(({ word }) => word)
  if (!words.every((word) => FILLERS.has(word) || isExtensionMark(text, tokens, from))) return false
  if (words.length > 0 && words.every((word) => NEVER_ALONE.has(word))) return false
  for (let at = from; at <= to; at += 1) {
    if (!/^[ \t.,;()+/…_–—#-]*$/.test(between(text, tokens[at - 1], tokens[at]))) return false
  }
  return true
}

/** The x of "619-555-0144x123". */
function isExtensionMark(text: string, tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.word === 'x' && between(text, tokens[at - 1], tokens[at]) === ''
}

/** "... two three two five six two hundred dollars": the last number is counted, in a short run all of it is. */
function withoutQuantity(text: string, tokens: readonly Token[], run: NumberPart[]): NumberPart[] {
  const last = run.at(-1)!
  if (last.digits.length >= LONG_NUMBER || !isQuantity(text, tokens, last)) return run
  return digitsIn(run) < LONG_NUMBER ? [] : run.slice(0, -1)
}

/** "... eight two two. One more thing": a lone number word that opens the next sentence is none of the run. */
function withoutLastWords(text: string, tokens: readonly Token[], run: NumberPart[]): NumberPart[] {
  const last = run.at(-1)
  if (!last || run.length < 2 || last.style !== 'said' || last.digits.length > 1) return run
  const opens = /[.;]/.test(between(text, tokens[last.from - 1], tokens[last.from]))
  const goesOn = tokens[last.to] && /^\s+$/.test(between(text, tokens[last.to - 1], tokens[last.to]))
  return opens && goesOn ? run.slice(0, -1) : run
}

function digitsIn(run: readonly NumberPart[]): number {
  return run.reduce((sum, { digits }) => sum + digits.length, 0)
}
