import { matchesIn } from '../matches-in.ts'
import { type Barred, type BarredRule, barred } from './barred.ts'
import { ENGLISH } from './english.ts'
import { OTHER_TONGUES } from './other-tongues.ts'
import { SPANISH } from './spanish.ts'
import { isStatedAsOurs } from './stated-as-ours.ts'
import { createTongue, type Tongue } from './tongue.ts'

/** A sentence in small letters; `complete` when nothing more comes in it. */
export interface Passage {
  readonly text: string
  readonly complete: boolean
  readonly previous: string
}

interface Figure {
  readonly number: string
  readonly before: string
  readonly after: string
  /** It may go on in the next word. */
  readonly open: boolean
}

const TONGUES = [ENGLISH, SPANISH, ...Object.values(OTHER_TONGUES)].map(createTongue)

/** "I am a hundred percent sure" is no rate; "a hundred percent financing" is one. */
const HUNDRED =
  /^(?:100|(?:an? |one )?hundred|cien|ciento|cem|cent|sto|сто|百|백|مئة|مائة|सौ|san|isang daang?|một trăm|trăm)$/
const OF_A_LOAN =
  /^\s*(?:%|\p{L}+(?: ?\p{L}+)?)\s+(?:financing|financed|ltv|loans?|of the (?:price|value|purchase|home|cost)|del? (?:valor|precio))/u

/** A telephone number in groups: "five oh eight, five five five", "617 555 0100". */
const READ_OUT =
  /^(?:\p{Nd}{3}|\p{L}+ \p{L}+ \p{L}+)(?:[,.]?\s+|-)(?:\p{Nd}{3}|(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)(?: \p{L}+){2})/u

/** "A score of at least 580" decides about the caller. */
const OF_SCORES = /(?:scores?|fico|puntaje|puntuaci[oó]n)(?:\W+\w+){0,5}\W*$/

/** As many as a payment has: a hundred and more. */
const LARGE =
  /\p{Nd}{3}|hundred|thousand|grand|\bk\b|cien|mil|fifty|twenty|thirty|forty|sixty|seventy|eighty|ninety|ngàn|nghìn|trăm|cents?\b|тысяч|сот|ألف|हज़ार|हजार|सौ|libo|daan|\bsan\b|[千百천백]/u

/** The first figure of a loan in a sentence: a rate, a payment, a fee, a share. */
export function findFigure(passage: Passage): Barred | undefined {
  for (const tongue of tonguesOf(passage)) {
    const found = judge(tongue, passage)
    if (found) return found
  }
  return undefined
}

/** Asked with every word, of sentences in one language most often: what another script rules out is not looked for. */
function tonguesOf({ text, previous }: Passage): readonly Tongue[] {
  return TONGUES.filter(({ mayBe }) => mayBe.test(text) || mayBe.test(previous))
}

function judge(tongue: Tongue, passage: Passage): Barred | undefined {
  const { text, previous } = passage
  const talksMoney = () => tongue.money.test(text) || tongue.money.test(previous)
  if (!tongue.fractionsAreRates && !talksMoney()) return undefined
  const hint = tongue.hints.exec(text)
  if (hint && isStatedAsOurs(text.slice(0, hint.index), previous)) return barred('rate', hint[0])
  for (const figure of figuresIn(tongue, passage)) {
    const rule = ruleFor(tongue, figure, previous, talksMoney)
    if (rule && isStatedAsOurs(figure.before, previous))
      return barred(rule, `${figure.number}${figure.after.slice(0, 12)}`)
  }
  return undefined
}

function* figuresIn(tongue: Tongue, { text, complete }: Passage): Generator<Figure> {
  for (const { 0: number, index } of matchesIn(text, tongue.number)) {
    const after = text.slice(index + number.length)
    yield { number: number.toLowerCase(), before: text.slice(0, index), after, open: !complete && after.trim() === '' }
  }
}

function ruleFor(tongue: Tongue, figure: Figure, previous: string, talksMoney: () => boolean): BarredRule | undefined {
  const { number, before, after, open } = figure
  if (tongue.percentAfter.test(after) || tongue.percentBefore.test(before)) return shareRule(tongue, figure)
  if (/[$€£]\s?$/.test(before) || tongue.currencyAfter.test(after)) return 'terms'
  if (open) return undefined
  if (LARGE.test(number) && tongue.perMonthAfter.test(after)) return 'terms'
  if (tongue.measureAfter.test(after)) return undefined
  if (tongue.fraction.test(number) && (isRateByItself(tongue, number) || talksMoney()))
    return costOrRate(tongue, before)
  if (!tongue.endsAfter.test(after) || READ_OUT.test(number + after)) return undefined
  if (tongue.sum.test(number) && !tongue.namedBefore.test(before)) return 'terms'
  return linkedRule(tongue, before, previous)
}

/** "You were quoted seven percent, but OURS IS six." */
const ASSERTS = /\b(?:is|are|would|around|roughly|at|es|son)\b|'(?:s|re)\b/

/** "From 9.00 to 5.30". */
const CLOCK = /^\d{1,2}\.(?:00|15|30|45)$/

/** Decimals in figures are read as English: "at 8.30 in the morning" is no Spanish rate. */
function isRateByItself(tongue: Tongue, number: string): boolean {
  if (CLOCK.test(number)) return false
  return tongue.fractionsAreRates && (tongue === TONGUES[0] || /\p{L}/u.test(number))
}

function shareRule(tongue: Tongue, { number, before, after, open }: Figure): BarredRule | undefined {
  if (HUNDRED.test(number) && !OF_A_LOAN.test(after)) return undefined
  return open ? undefined : costOrRate(tongue, before + after)
}

function costOrRate(tongue: Tongue, around: string): BarredRule {
  return tongue.cost.test(around) && !tongue.rate.test(around) ? 'terms' : 'rate'
}

/** A bare number is one of ours when only little words stand between it and a word for a rate or a cost. */
function linkedRule(tongue: Tongue, before: string, previous: string): BarredRule | undefined {
  if (tongue.linkedToRate.test(before)) return 'rate'
  if (tongue.linkedToCost.test(before)) return OF_SCORES.test(before) ? 'eligibility' : 'terms'
  const clause = before.slice(before.search(/[^,;]*$/))
  if (clause !== before && ASSERTS.test(clause) && tongue.linksOnly.test(clause) && tongue.money.test(before))
    return 'rate'
  if (!tongue.linksOnly.test(before) && before.trim() !== '') return undefined
  if (tongue.rate.test(previous)) return 'rate'
  return tongue.cost.test(previous) ? 'terms' : undefined
}
