import { Recent } from '../../lib/recent.ts'
import { birthDatesIn } from './birth-dates.ts'
import { codesIn } from './codes.ts'
import type { TokenRange } from './date-words.ts'
import { emailsIn } from './emails.ts'
import { foreignNumbersIn } from './foreign-numbers.ts'
import { kindOfRun } from './number-kinds.ts'
import type { NumberPart } from './number-parts.ts'
import { type NumberRun, numberRunsOf } from './number-run.ts'
import type { PrivateKind, PrivateSpan } from './private-span.ts'
import { type Question, questionOf } from './questions.ts'
import { readUtterance, type Utterance } from './utterance.ts'

export interface PrivateContext {
  /** What the agent had just asked. */
  readonly prompt?: string
  /** What the caller said just before, since that question: a number said in pieces goes on over it. */
  readonly earlier?: string
}

const LONGEST_EARLIER = 300

/** Digits of social security, telephone and card numbers. */
const WHOLE_LENGTHS: ReadonlySet<number> = new Set([9, 10, 11, 15, 16])
const SHORTEST_CARD = 12

/**
 * The private numbers and addresses in what somebody said, in order and apart from each other. Prices, rates, times,
 * counts and the days of appointments are none.
 */
export function findPrivate(text: string, context: PrivateContext = {}): readonly PrivateSpan[] {
  const earlier = context.earlier ? `${context.earlier.slice(-LONGEST_EARLIER)} ` : ''
  return spansSaid(earlier + text, questionOf(context.prompt))
    .filter(({ end }) => end > earlier.length)
    .map(({ start, end, kind }) => ({
      start: Math.max(0, start - earlier.length),
      end: end - earlier.length,
      kind,
    }))
}

/** Each utterance is asked for when its fact is hidden, and again when the stages hear it. */
const recent = new Recent<readonly PrivateSpan[]>(8)

function spansSaid(text: string, question: Question): readonly PrivateSpan[] {
  const key = `${question.kinds.join()} ${question.asksForFigure} ${text}`
  return recent.of(key, () => withoutOverlaps(spansIn(readUtterance(text, question))))
}

/** The surest first. */
function spansIn(said: Utterance): PrivateSpan[] {
  const emails = emailsIn(said)
  const codes = codesIn(said)
  const dates = birthDatesIn(said).map((range) => spanOf(said, range, 'DOB'))
  return [...emails, ...codes, ...dates, ...numbersIn(said), ...foreignNumbersIn(said)]
}

function numbersIn(said: Utterance): PrivateSpan[] {
  const { text, tokens, parts } = said
  const runs = numberRunsOf(text, tokens, parts)
  const withRound = parts.some(isRoundPart) ? numberRunsOf(text, tokens, parts, true).filter(needsRound) : []
  return [...withRound, ...runs].flatMap((run) => {
    const kind = kindOfRun(run, said)
    return kind ? [spanOf(said, run, kind)] : []
  })
}

/** "four one five, five five five, two thousand" is whole only with the round number; "... one hundred eleven" is none. */
function needsRound({ parts, digits }: NumberRun): boolean {
  if (!parts.some(isRoundPart)) return false
  return parts.length === 1
    ? !digits.endsWith('00')
    : WHOLE_LENGTHS.has(digits.length) || digits.length >= SHORTEST_CARD
}

function isRoundPart({ style }: NumberPart): boolean {
  return style === 'round'
}

function spanOf({ text, tokens }: Utterance, { from, to }: TokenRange, kind: PrivateKind): PrivateSpan {
  const end = tokens[to - 1]!.end
  let { start } = tokens[from]!
  // "+1 (415) 555-0123" begins with its sign.
  while (kind === 'PHONE' && start > 0 && '+('.includes(text[start - 1]!)) start -= 1
  return { start, end, kind }
}

/** In order; of two that overlap the earlier in the list names the whole. */
export function withoutOverlaps(spans: readonly PrivateSpan[]): PrivateSpan[] {
  const ranked = spans.map((span, rank) => ({ ...span, rank })).sort((one, other) => one.start - other.start)
  const apart: typeof ranked = []
  for (const span of ranked) {
    const last = apart.at(-1)
    if (!last || span.start >= last.end) {
      apart.push(span)
      continue
    }
    const kind = span.rank < last.rank ? span.kind : last.kind
    apart[apart.length - 1] = {
      ...last,
      end: Math.max(last.end, span.end),
      rank: Math.min(last.rank, span.rank),
      kind,
    }
  }
  return apart.map(({ start, end, kind }) => ({ start, end, kind }))
}
