import {
  type DateWords,
  dateWordsIn,
  isDate,
  isWholeDate,
  isWrittenDay,
  isYear,
  type TokenRange,
  yearOf,
} from './date-words.ts'
import { FILLERS } from './number-words.ts'
import { between, type Token } from './tokens.ts'
import { cueAfter, cueBefore, isLinked, type Utterance } from './utterance.ts'

const LEAD_INS = new Set(
  'it its is s my that this i was am born on dob birthday birth date sure yes yeah yep ok okay so well hi hello naci es mi el ma sir right'.split(
    ' ',
  ),
)
/** Words of an answer, and of what is made of one word of it. */
const LONGEST_ANSWER = 12
const MOST_GARBLED = 3
const LONGEST_NAME = 4

/** Callers born later do not ask for mortgages: a whole date before it, said by itself, is one of birth. */
const YOUNGEST_BORN = 2008
const FIRST_APPOINTMENTS = 2020

/** Dates of birth: dates where one was asked for or named, and a whole date long ago said alone. */
export function birthDatesIn(said: Utterance): TokenRange[] {
  const dates = dateWordsIn(said)
  const isAsked = said.question.kinds.includes('DOB')
  const answer = isAsked ? garbledAnswer(said, dates) : undefined
  if (answer) return [answer]
  const births = dates.filter((date) =>
    isAsked ? isDate(date) || (said.isBare && isYear(date)) : isNamedBirth(said, date),
  )
  return withoutAppointments(said, births)
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
  return isDate(whole) || isYearOfAnswer(said, first, whole)
    ? { from: startOfAnswer(said, first.from), to: last.to }
    : undefined
}

/** "the tent of made 1980" */
function isYearOfAnswer({ tokens }: Utterance, { from }: TokenRange, whole: Pick<DateWords, 'numbers'>): boolean {
  const isPlain = tokens.length <= 2 * MOST_GARBLED
  return isPlain && isYear(whole) && from > 0 && !/^(?:in|since|from|until|before|after)$/.test(tokens[from - 1]!.word)
}

function startOfAnswer({ tokens }: Utterance, from: number): number {
  const before = tokens.slice(0, from).map(({ word }) => word)
  return before.length <= MOST_GARBLED && !before.some(isLeadIn) ? 0 : from
}

function isNamedBirth(said: Utterance, date: DateWords): boolean {
  if (!isDate(date) && !(date.numbers.length === 1 && isWrittenDay(date))) return isNamedMonth(said, date)
  const before = cueBefore(said, date.from)
  const isNear = before?.kind === 'DOB' && date.from - before.to <= 10
  if (isNear && (isWholeDate(date) || isLinked(said, before.to, date.from))) return true
  const after = cueAfter(said, date.to)
  if (after?.kind === 'DOB' && after.from - date.to <= 4 && isLinked(said, date.to, after.from)) return true
  return said.question.kinds.length === 0 && isLongAgo(date) && (isApart(said, date) || isBehindName(said, date))
}

/** "Yes ma'am, it's the second of May 1961.", "my name is Ana Ruiz, 2 May 1961": between pauses, with nothing else. */
function isApart({ text, tokens }: Utterance, { from, to }: TokenRange): boolean {
  let first = from
  while (first > 0 && isLeadIn(tokens[first - 1]!.word) && !endsAt(text, tokens, first)) first -= 1
  return (first === 0 || endsAt(text, tokens, first)) && (to === tokens.length || endsAt(text, tokens, to))
}

/** "Ann Lee 05/09/1971": the day stands beside its owner, and nothing else does. */
function isBehindName({ text, tokens }: Utterance, { from, to }: TokenRange): boolean {
  const name = tokens.slice(0, from)
  return to === tokens.length && from <= LONGEST_NAME && name.every(({ start }) => /\p{Lu}/u.test(text[start]!))
}

function isLeadIn(word: string): boolean {
  return LEAD_INS.has(word) || FILLERS.has(word)
}

function endsAt(text: string, tokens: readonly Token[], at: number): boolean {
  return /[.!?,;]/.test(between(text, tokens[at - 1], tokens[at]))
}

/** "I was born in May 1985" */
function isNamedMonth(said: Utterance, date: DateWords): boolean {
  const before = cueBefore(said, date.from)
  return date.hasMonth && before?.kind === 'DOB' && isLinked(said, before.to, date.from)
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
