import type { NumberPart } from './number-parts.ts'
import { FILLERS, MONTHS } from './number-words.ts'
import { between } from './tokens.ts'
import type { Utterance } from './utterance.ts'

/** Token indices, the end exclusive. */
export interface TokenRange {
  readonly from: number
  readonly to: number
}

/** A stretch of month names and numbers that a date may be made of. */
export interface DateWords extends TokenRange {
  readonly hasMonth: boolean
  readonly numbers: readonly NumberPart[]
}

const WITHIN = new Set('of the de del el in on year and day ano dia'.split(' '))

export function dateWordsIn(said: Utterance): DateWords[] {
  const found: DateWords[] = []
  let open: { from: number; to: number; hasMonth: boolean; numbers: NumberPart[] } | undefined
  const isAsked = said.question.kinds.includes('DOB')
  let part = 0
  for (let at = 0; at < said.tokens.length; ) {
    while (said.parts[part] && said.parts[part]!.to <= at) part += 1
    const number = said.parts[part]?.from === at ? said.parts[part] : undefined
    const isMonth = MONTHS.has(said.tokens[at]!.word)
    const isElement = isMonth || (number !== undefined && (isAsked || maybeOfDate(number)))
    if (open && !isTogether(said, at)) open = undefined
    if (isElement) {
      if (!open) {
        open = { from: startOf(said, at), to: at, hasMonth: false, numbers: [] }
        found.push(open)
      }
      if (number) open.numbers.push(number)
      open.hasMonth ||= isMonth
      open.to = number?.to ?? at + 1
    } else if (!isWithin(said.tokens[at]!.word)) open = undefined
    at = number?.to ?? at + 1
  }
  return found
}

/** Day and month, or month and year, or three numbers that may be a date. */
export function isDate({ hasMonth, numbers }: Pick<DateWords, 'hasMonth' | 'numbers'>): boolean {
  const digits = numbers.reduce((sum, part) => sum + part.digits.length, 0)
  if (hasMonth) return numbers.length > 0
  if (digits > 8 || numbers.length === 0) return false
  if (numbers.some(({ style }) => style === 'ordinal')) return numbers.length > 1
  if (isYear({ numbers })) return false
  return digits >= 3 && numbers.length > 1 ? true : isWrittenDay({ numbers })
}

/** "08131952" */
export function isWrittenDay({ numbers: [number] }: Pick<DateWords, 'numbers'>): boolean {
  return /^(?:0[1-9]|[12]\d|3[01])\d{4}(?:\d\d)?$/.test(number?.digits ?? '')
}

export function isYear({ numbers }: Pick<DateWords, 'numbers'>): boolean {
  return numbers.length <= 2 && /^(?:(?:19|20)\d\d|(?:19|20)-\d\d)$/.test(numbers.map(({ digits }) => digits).join('-'))
}

export function isWholeDate({ hasMonth, numbers }: DateWords): boolean {
  return (
    (hasMonth ? numbers.length >= 2 : numbers.length >= 3) && numbers.some(({ digits }) => /^(?:19|20)/.test(digits))
  )
}

/** 0 where none was said. */
export function yearOf({ hasMonth, numbers }: DateWords): number {
  if (numbers.length < (hasMonth ? 2 : 3)) return 0
  const { value } = numbers.at(-1)!
  return numbers.length > 2 && numbers.at(-2)!.value === 19 && value < 100 ? 1900 + value : value
}

/** "**the** 13th of August" */
function startOf({ text, tokens }: Utterance, at: number): number {
  const isArticle = tokens[at - 1]?.word === 'the' && between(text, tokens[at - 1], tokens[at]) === ' '
  return isArticle ? at - 1 : at
}

function maybeOfDate({ digits, style, value }: NumberPart): boolean {
  if (style === 'figure' || style === 'round' || style === 'grouped') return value >= 1900 && value < 2100
  return digits.length <= 8
}

function isTogether({ text, tokens }: Utterance, at: number): boolean {
  return /^[ \t.,/:_–—’'-]*$/.test(between(text, tokens[at - 1], tokens[at]))
}

function isWithin(word: string): boolean {
  return WITHIN.has(word) || FILLERS.has(word)
}
