import type { Cue } from './cues.ts'
import type { NumberRun } from './number-run.ts'
import type { PrivateKind } from './private-span.ts'
import { between } from './tokens.ts'
import { cueAfter, cueBefore, isLinked, type Utterance } from './utterance.ts'

/**
 * How a kind came up for a number: `named` by the words right at it, `numbered` when those speak of a number ("card
 * number"), `asked` by the agent just before, `near` when a word for it stands further away.
 */
type Ground = 'numbered' | 'named' | 'asked' | 'near'

/** Words between a number and what it is called. */
const FURTHEST_NAME = 12
const FURTHEST_CUE = 30

/** Private at this many digits whatever is around them. */
const LONG = 7
const LONG_SPELLED = 6

/** What a run of numbers is, if anything private. */
export function kindOfRun(run: NumberRun, said: Utterance): PrivateKind | undefined {
  const kind = kindByWords(run, said)
  // "call me about 219-09-9999": no telephone number is written so.
  return kind === 'PHONE' && run.shape === '3-2-4' ? 'SSN' : kind
}

function kindByWords(run: NumberRun, said: Utterance): PrivateKind | undefined {
  const before = cueBefore(said, run.from)
  const named =
    before && run.from - before.to <= FURTHEST_NAME && isLinked(said, before.to, run.from) ? before : undefined
  if (isSpared(run, said, named)) return undefined
  const asked = said.question.kinds.find((kind) => fits(kind, run, 'asked', said))
  if (named && named.kind !== 'figure' && fits(named.kind, run, groundOf(named), said)) return named.kind
  const after = nameAfter(run, said)
  if (after && after.kind !== 'figure' && fits(after.kind, run, groundOf(after), said)) return after.kind
  if (asked) return asked
  if (
    before &&
    run.from - before.to <= FURTHEST_CUE &&
    before.kind !== 'figure' &&
    fits(before.kind, run, 'near', said)
  )
    return before.kind
  return kindByShape(run, said)
}

function groundOf(cue: Cue): Ground {
  return cue.isOfNumber ? 'numbered' : 'named'
}

/** "... is my social", "... that is the loan number" */
function nameAfter(run: NumberRun, said: Utterance): Cue | undefined {
  const after = cueAfter(said, run.to)
  if (!after || after.from - run.to > 6 || after.from === run.to) return undefined
  return isLinked(said, run.to, after.from) && /^(?:is|s|as|that|es)$/.test(said.tokens[run.to]!.word)
    ? after
    : undefined
}

/** Whether a number of this length may be of that kind, on these grounds; pieces of a number count where it is expected. */
function fits(kind: PrivateKind, run: NumberRun, ground: Ground, said: Utterance): boolean {
  const count = run.digits.length
  if (isAmountLike(run))
    return count >= 4 && (ground === 'numbered' || (ground === 'asked' && isSpokenAnswer(run, said)))
  if (ground === 'near') return kind !== 'DOB' && isWhole(kind, count) && !isYears(run)
  if (isYear(run, said) || (ground === 'asked' && !said.isBare && isRound(run))) return false
  // A year is known of many a birth, and tells nobody apart.
  if (kind === 'DOB' && ground !== 'asked') return count >= 6 && count <= 8
  if (kind === 'DOB' && !said.isBare && /^(?:19|20)\d\d$/.test(run.digits)) return false
  if (isWhole(kind, count)) return kind !== 'PIN' || count > 3 || run.isSpelled || ground === 'asked'
  if (count > LONGEST[kind]) return false
  if (ground === 'named') return isExpectedPiece(kind, run)
  const isBareAnswer = ground === 'asked' && said.isBare
  const fewest = run.isSpelled || isBareAnswer ? 3 : FEWEST[kind]
  return count >= (isBareAnswer && SHORT_GROUPS.has(kind) ? 2 : fewest)
}

/** "4,111" and "four thousand one hundred eleven" may be groups of a card, where a number like that is spoken of. */
function isAmountLike({ parts }: NumberRun): boolean {
  return parts.length === 1 && (parts[0]!.style === 'grouped' || parts[0]!.style === 'round')
}

function isSpokenAnswer({ parts }: NumberRun, { isBare }: Utterance): boolean {
  return isBare && parts[0]!.style === 'round'
}

/** "my social is 1234", "on my account 59872": said of the thing and not of its number. */
function isExpectedPiece(kind: PrivateKind, run: NumberRun): boolean {
  const count = run.digits.length
  if (kind === 'SSN') return count >= (run.isSpelled ? 3 : 4)
  return kind === 'ACCOUNT' && count >= 5 && !isRound(run)
}

const SHORTEST_WHOLE = { SSN: 9, CARD: 12, ACCOUNT: 6, PIN: 3, PHONE: 7, EMAIL: 99, DOB: 4, ID: 6 } as const
const LONGEST = { SSN: 9, CARD: 19, ACCOUNT: 24, PIN: 8, PHONE: 15, EMAIL: 0, DOB: 8, ID: 24 } as const
/** Digits of a piece that was not said digit by digit. */
const FEWEST = { SSN: 4, CARD: 3, ACCOUNT: 4, PIN: 4, PHONE: 6, EMAIL: 99, DOB: 4, ID: 6 } as const
const SHORT_GROUPS: ReadonlySet<PrivateKind> = new Set(['SSN', 'DOB', 'CARD', 'PHONE', 'PIN'])

function isWhole(kind: PrivateKind, count: number): boolean {
  return count >= SHORTEST_WHOLE[kind] && count <= LONGEST[kind]
}

function isSpared(run: NumberRun, said: Utterance, named: Cue | undefined): boolean {
  const count = run.digits.length
  if (isWrittenDate(run, said, named)) return true
  if (count < LONG_SPELLED && !isSocial(said, named) && isEnding(run, said)) return true
  if (named?.kind === 'figure' && (count < LONG || isSameSentence(run, said, named))) {
    return count <= 8 || run.shape === '5-4'
  }
  return said.question.asksForFigure && (run.isSpelled ? count < LONG_SPELLED : count <= LONG)
}

/** "... the price. The number is 4408152" */
function isSameSentence(run: NumberRun, { text, tokens }: Utterance, { to }: Cue): boolean {
  return !/[.!?]/.test(text.slice(tokens[to - 1]!.end, tokens[run.from]!.start))
}

/** Its last four digits are what a caller is known by. */
function isSocial({ question }: Utterance, named: Cue | undefined): boolean {
  return named?.kind === 'SSN' || question.kinds.includes('SSN')
}

/** "ending in 4821", "the last four are 4821" */
function isEnding(run: NumberRun, { tokens }: Utterance): boolean {
  const words = tokens.slice(Math.max(0, run.from - 4), run.from).map(({ word }) => word)
  return words.some((word) => /^(?:ending|ends|end|last|final|termina|terminan|terminada|ultimos)$/.test(word))
}

/** "08/09/2021", "2012-10-01": a day, unless it was found to be one of birth. */
function isWrittenDate(run: NumberRun, { text, tokens, question }: Utterance, named: Cue | undefined): boolean {
  const [first, second, third] = run.parts
  if (!first || !second || !third) return false
  const mark = between(text, tokens[second.from - 1], tokens[second.from])
  // Some telephone numbers are written with dots and dashes like days.
  const isExpected = (named !== undefined && named.kind !== 'figure') || question.kinds.length > 0
  if (!/^[/.-]$/.test(mark) || (mark !== '/' && isExpected)) return false
  return /^(?:[12]-[12]-[24]|4-[12]-[12])$|^[12]-[12]-4-/.test(run.shape) && hasMonth(run)
}

function hasMonth({ parts: [first, second] }: NumberRun): boolean {
  const [one, two] = [first!.value, second!.value]
  return (one >= 1 && one <= 12 && two <= 31) || (two >= 1 && two <= 12)
}

/** "in 1999", "since 2019" */
function isYear(run: NumberRun, { tokens }: Utterance): boolean {
  if (run.parts.length > 1 || !/^(?:19|20)\d\d$/.test(run.digits)) return false
  return /^(?:in|since|year|from|until|by|before|after|en|desde|form)$/.test(tokens[run.from - 1]?.word ?? '')
}

/** "twenty twenty two, twenty twenty three" */
function isYears({ digits, parts }: NumberRun): boolean {
  return (
    parts.length > 1 &&
    /^(?:(?:19|20)\d\d){2,3}$/.test(digits) &&
    parts.every((part) => /^(?:19|20|\d\d|(?:19|20)\d\d)$/.test(part.digits))
  )
}

function isRound({ digits, parts }: NumberRun): boolean {
  return parts.length === 1 && digits.endsWith('000')
}

function kindByShape(run: NumberRun, { text, tokens }: Utterance): PrivateKind | undefined {
  const { digits, shape } = run
  const count = digits.length
  if (run.parts.some(({ style }) => style === 'grouped')) return undefined
  // "one eight hundred four three two one thousand"
  if (run.parts.some(({ style }) => style === 'round')) return isTollFree(digits) ? 'PHONE' : undefined
  if (count >= 13 && count <= 19 && passesLuhn(digits)) return 'CARD'
  if (isRound(run) || isYears(run)) return undefined
  if (shape === '3-2-4') return 'SSN'
  if (/^1?[2-9]\d{9}$/.test(digits) || (count >= LONG && hasPlus(text, tokens[run.from]!.start))) return 'PHONE'
  return count >= LONG || (run.isSpelled && count >= LONG_SPELLED) ? 'ID' : undefined
}

function isTollFree(digits: string): boolean {
  return /^1?8(?:00|33|44|55|66|77|88)\d{7}$/.test(digits)
}

function hasPlus(text: string, at: number): boolean {
  return /\+\s?\(?$/.test(text.slice(Math.max(0, at - 3), at))
}

/** The check of ISO/IEC 7812-1 that whole card numbers pass. */
function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .map((digit, at) => (at % 2 === 0 ? Number(digit) : (Number(digit) * 2) % 9 || (digit === '0' ? 0 : 9)))
    .reduce((one, other) => one + other, 0)
  return sum % 10 === 0
}
