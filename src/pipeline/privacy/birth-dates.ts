import type { NumberPart } from './number-parts.ts'
import { FILLERS, MONTHS } from './number-words.ts'
import { between } from './tokens.ts'
import { cueAfter, cueBefore, isLinked, type Utterance } from './utterance.ts'

/** Token indices, the end exclusive. */
export interface TokenRange {
  readonly from: number
  readonly to: number
}

interface DateWords extends TokenRange {
  readonly hasMonth: boolean
  readonly numbers: readonly NumberPart[]
}

const WITHIN = new Set('of the de del el in on year and day ano dia'.split(' '))
const LEAD_INS = new Set(
  'it its is s my that this i was am born on dob birthday birth date sure yes yeah yep ok okay so well hi hello naci es mi el'.split(
    ' ',
  ),
)
/** Words of an answer, and of what is made of one word of it. */
const LONGEST_ANSWER = 12
const MOST_GARBLED = 3

/** Callers born later do not ask for mortgages: a whole date before it, said by itself, is one of birth. */
const YOUNGEST_BORN = 2008
const FIRST_APPOINTMENTS = 2020

/** Dates of birth: dates where one was asked for or named, and a whole date long ago said alone. */
export function birthDatesIn(said: Utterance): TokenRange[] {
  const dates = dateWordsIn(said)
  if (!said.question.kinds.includes('DOB')) {
    return withoutAppointments(
      said,
      dates.filter((date) => isNamedBirth(said, date)),
    )
  }
  const answer = garbledAnswer(said, dates)
  if (answer) return [answer]
  return withoutAppointments(
    said,
    dates.filter((date) => isDate(date) || (said.isBare && isYear(date))),
  )
}

/** After a whole date of birth, a day without a year or of these years is another: "... and we close on June 5th". */
function withoutAppointments(said: Utterance, dates: readonly DateWords[]): DateWords[] {
  const birth = dates.find((date) => isDate(date) && isLongAgo(date))
  if (!birth) return [...dates]
  return dates.filter((date) => {
    const cue = cueBefore(said, date.from)
    const isNamed = cue?.kind === 'DOB' && cue.from >= birth.to
    return date.from <= birth.from || isNamed || isPast(date) || isSameDay(date, birth)
  })
}

/** "the third of May 1970, yes, the third of May" */
function isSameDay({ numbers }: DateWords, birth: DateWords): boolean {
  return numbers.every(({ value }) => birth.numbers.some((other) => other.value === value))
}

/** A short answer is one date, whatever the recogniser made of its pieces: "bird of March 1961", "6 to December 1954". */
function garbledAnswer(said: Utterance, dates: readonly DateWords[]): TokenRange | undefined {
  const [first, last] = [dates[0], dates.at(-1)]
  if (!first || !last || said.tokens.length > LONGEST_ANSWER) return undefined
  if (said.cues.some(({ kind }) => kind !== 'DOB')) return undefined
  if (dates.some(({ from }, at) => at > 0 && from - dates[at - 1]!.to > MOST_GARBLED)) return undefined
  const whole = { numbers: dates.flatMap(({ numbers }) => numbers), hasMonth: dates.some(({ hasMonth }) => hasMonth) }
  return isDate(whole) || isYearOfAnswer(said, first, whole) ? { from: startOfAnswer(said, first.from), to: last.to } : undefined
}

/** "the tent of made 1980" */
function isYearOfAnswer({ tokens }: Utterance, { from }: TokenRange, whole: Pick<DateWords, 'numbers'>): boolean {
  const isPlain = tokens.length > 2 && tokens.length <= 2 * MOST_GARBLED
  return isPlain && isYear(whole) && from > 1 && !/^(?:in|since|from|until|before|after)$/.test(tokens[from - 1]!.word)
}

function startOfAnswer({ tokens }: Utterance, from: number): number {
  const before = tokens.slice(0, from).map(({ word }) => word)
  return before.length <= MOST_GARBLED && !before.some((word) => LEAD_INS.has(word) || FILLERS.has(word)) ? 0 : from
}

function isNamedBirth(said: Utterance, date: DateWords): boolean {
  if (!isDate(date) && !(date.numbers.length === 1 && isWrittenDay(date))) return isNamedMonth(said, date)
  const before = cueBefore(said, date.from)
  const isNear = before?.kind === 'DOB' && date.from - before.to <= 10
  if (isNear && (isWholeDate(date) || isLinked(said, before.to, date.from))) return true
  const after = cueAfter(said, date.to)
  if (after?.kind === 'DOB' && after.from - date.to <= 4 && isLinked(said, date.to, after.from)) return true
  return said.question.kinds.length === 0 && said.tokens.length === date.to - date.from && isLongAgo(date)
}

/** "I was born in May 1985" */
function isNamedMonth(said: Utterance, date: DateWords): boolean {
  const before = cueBefore(said, date.from)
  return date.hasMonth && before?.kind === 'DOB' && isLinked(said, before.to, date.from)
}

/** Day and month, or month and year, or three numbers that may be a date. */
function isDate({ hasMonth, numbers }: Pick<DateWords, 'hasMonth' | 'numbers'>): boolean {
  const digits = numbers.reduce((sum, part) => sum + part.digits.length, 0)
  if (hasMonth) return numbers.length > 0
  if (digits > 8 || numbers.length === 0) return false
  if (numbers.some(({ style }) => style === 'ordinal')) return numbers.length > 1
  return digits >= 3 && numbers.length > 1 ? true : isWrittenDay({ numbers })
}

/** "08131952" */
function isWrittenDay({ numbers: [number] }: Pick<DateWords, 'numbers'>): boolean {
  return /^(?:0[1-9]|[12]\d|3[01])\d{4}(?:\d\d)?$/.test(number?.digits ?? '')
}

function isYear({ numbers }: Pick<DateWords, 'numbers'>): boolean {
  return numbers.length === 1 && /^(?:19|20)\d\d$/.test(numbers[0]!.digits)
}

function isWholeDate({ hasMonth, numbers }: DateWords): boolean {
  return (
    (hasMonth ? numbers.length >= 2 : numbers.length >= 3) && numbers.some(({ digits }) => /^(?:19|20)/.test(digits))
  )
}

function isLongAgo(date: DateWords): boolean {
  const year = yearOf(date)
  return year >= 1900 && year <= YOUNGEST_BORN
}

/** A child's may be later than a caller's, an appointment is later still. */
function isPast(date: DateWords): boolean {
  const year = yearOf(date)
  return year >= 1900 && year < FIRST_APPOINTMENTS
}

/** 0 where none was said. */
function yearOf({ hasMonth, numbers }: DateWords): number {
  if (numbers.length < (hasMonth ? 2 : 3)) return 0
  const { value } = numbers.at(-1)!
  return numbers.length > 2 && numbers.at(-2)!.value === 19 && value < 100 ? 1900 + value : value
}

/** Stretches of month names and numbers that a date may be made of. */
function dateWordsIn(said: Utterance): DateWords[] {
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
