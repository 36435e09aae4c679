/**
 * How one language talks of money and numbers. All are sources of regular expressions, in small letters and NFC; what
 * a language does not have is left out.
 */
export interface TongueWords {
  /** Unicode's name of a script that no other language here is written in. */
  readonly script?: string
  /** Number words, fractions included: alternatives. They may be written together where `glued`. */
  readonly numbers: string
  /** Between the words of one number: "six AND A half". Spaces and hyphens are allowed anyway. */
  readonly joint?: string
  /** Number words need no space or end of word around them. */
  readonly glued?: true
  /** Found in a number, makes it no count: "six POINT two", "six and a HALF". */
  readonly fraction: string
  readonly percent: string
  /** Stands before its number. */
  readonly percentBefore?: string
  readonly currency: string
  /** After an amount: "a month". */
  readonly perMonth: string
  /** Words for rates and for what a loan costs. */
  readonly rate: string
  readonly cost: string
  /** What may stand between such a word and its number: "rates ARE RIGHT NOW AROUND six". */
  readonly links: string
  /** What may follow a number that counts nothing: "six RIGHT NOW". */
  readonly enders: string
  /** What a fraction may measure besides money: "one and a half HOURS". */
  readonly measures: string
  /** Found in a number, makes it a sum of money: "fifteen THOUSAND". */
  readonly sums?: string
  /** Before a large number that is a year, a room, a form. */
  readonly namedBy?: string
  /** A fraction is a rate even where no word for money stands near: "it's about six and a half". */
  readonly fractionsAreRates?: true
  /** Kinds of figures without a number of their own: "low sixes". */
  readonly hints?: string
}

/** A language's words, ready to be looked for. */
export interface Tongue {
  /** Whether a text may be in it at all, by its script. */
  readonly mayBe: RegExp
  /** Every number in a text. */
  readonly number: RegExp
  readonly fraction: RegExp
  readonly percentAfter: RegExp
  readonly percentBefore: RegExp
  readonly currencyAfter: RegExp
  readonly perMonthAfter: RegExp
  readonly rate: RegExp
  readonly cost: RegExp
  /** A text that ends in such a word and its links. */
  readonly linkedToRate: RegExp
  readonly linkedToCost: RegExp
  /** A text of links alone: "it's about". */
  readonly linksOnly: RegExp
  readonly endsAfter: RegExp
  readonly measureAfter: RegExp
  readonly sum: RegExp
  readonly namedBefore: RegExp
  readonly fractionsAreRates: boolean
  readonly hints: RegExp
  /** Whether a text has any of its words for money. */
  readonly money: RegExp
}

const WORD_START = '(?<![\\p{L}\\p{M}\\p{N}])'
const WORD_END = '(?![\\p{L}\\p{M}\\p{N}])'

/** "6", "6.5", "1,850", "٦٫٥". */
const DIGITS = '\\p{Nd}+(?:[.,٫]\\p{Nd}+)*'

/** Words of one number, and of links before one: so many that no sentence of a person has more. */
const MOST_WORDS = 9

const NEVER = '(?!)'

export function createTongue(words: TongueWords): Tongue {
  const links = `(?:${words.links})`
  const linked = (nouns: string) =>
    regex(
      `(?:${nouns})(?:[\\s,'’-]*${words.glued ? links : `${WORD_START}${links}${WORD_END}`}){0,${MOST_WORDS}}[\\s,]*$`,
    )
  return {
    mayBe: words.script === undefined ? /(?:)/ : regex(`\\p{sc=${words.script}}`),
    number: regex(numberSource(words), 'gu'),
    fraction: regex(words.fraction),
    percentAfter: regex(`^[\\s-]*(?:%|％|٪|${words.percent})`),
    percentBefore: regex(`(?:${words.percentBefore ?? NEVER})\\s*$`),
    currencyAfter: regex(`^[\\s-]*(?:[$€£]|${words.currency})`),
    perMonthAfter: regex(`^[\\s,]*(?:/|${words.perMonth})`),
    rate: regex(words.rate),
    cost: regex(words.cost),
    linkedToRate: linked(words.rate),
    linkedToCost: linked(words.cost),
    linksOnly: regex(`^(?:[\\s,'’¿¡"-]*${links}${words.glued ? '' : WORD_END}){1,${MOST_WORDS}}\\s*$`),
    endsAfter: regex(`^\\s*(?:$|[.,!?;:—–)"。，！？؟،।]|-ish|(?:${words.enders})${words.glued ? '' : WORD_END})`),
    measureAfter: regex(`^[\\s-]*(?:(?:to|or|a|o|y|-)[\\s-]+${numberSource(words)}[\\s-]*)?(?:${words.measures})`),
    sum: regex(words.sums ?? NEVER),
    namedBefore: regex(words.namedBy ?? NEVER),
    fractionsAreRates: words.fractionsAreRates ?? false,
    hints: regex(words.hints ?? NEVER),
    money: regex(
      `[%％٪$€£]|${words.percent}|${words.percentBefore ?? NEVER}|${words.currency}|${words.rate}|${words.cost}|${words.perMonth}`,
    ),
  }
}

function numberSource({ numbers, joint, glued }: TongueWords): string {
  if (glued) return `(?:${DIGITS}|(?:${numbers}))(?:\\s*(?:${numbers})){0,${MOST_WORDS}}`
  const word = `(?:${DIGITS}|(?:${numbers})${WORD_END})`
  const between = joint === undefined ? '[\\s-]+' : `[\\s-]+(?:(?:${joint})[\\s-]+)?`
  return `(?<![\\p{L}\\p{M}\\p{N}.,])${word}(?:${between}${word}){0,${MOST_WORDS}}`
}

function regex(source: string, flags = 'u'): RegExp {
  return new RegExp(source, flags)
}
