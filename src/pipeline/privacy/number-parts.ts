import { REPEATED, UNITS } from './number-words.ts'
import { readCardinal, readOrdinal } from './spoken-cardinals.ts'
import { between, type Token } from './tokens.ts'
import { isUnit } from './unit-words.ts'

/** One number of a text as it was said or written: "forty-two", "4111", "double nine", "23rd", "$600". */
export interface NumberPart {
  /** Token indices, the end exclusive. */
  readonly from: number
  readonly to: number
  /** As digits in the order said: "oh" is 0, "double nine" 99. */
  readonly digits: string
  readonly value: number
  /**
   * `written` in digits, `said` in words; an `ordinal` either way. A `figure` is money, a share, a time, a count in
   * thousands (`round` where it was said in words, as some say pieces of a number). `grouped`: written with commas, as
   * amounts are and as some recognisers write any long number.
   */
  readonly style: 'written' | 'said' | 'ordinal' | 'figure' | 'round' | 'grouped'
}

export function numberPartsOf(text: string, tokens: readonly Token[]): NumberPart[] {
  const parts: NumberPart[] = []
  for (let at = 0; at < tokens.length; ) {
    const part = tokens[at]!.isDigits ? written(text, tokens, at) : said(text, tokens, at, parts.at(-1))
    if (part) parts.push(part)
    at = part?.to ?? at + 1
  }
  return parts
}

function written(text: string, tokens: readonly Token[], at: number): NumberPart {
  const token = tokens[at]!
  const part = { from: at, to: at + 1, digits: token.word, value: Number(token.word), style: 'written' } as const
  const next = tokens[at + 1]
  const attached = next && next.start === token.end ? next.word : ''
  if (/^(?:st|nd|rd|th)$/.test(attached)) return { ...part, to: at + 2, style: 'ordinal' }
  if (/^(?:k|m|mm|b|am|pm|yr|yrs|s|x|hr|hrs|d)$/.test(attached) && !isExtension(tokens, at + 1)) {
    return { ...part, style: 'figure' }
  }
  if (/[$€£¥₱]\s?$/.test(text.slice(Math.max(0, token.start - 2), token.start))) {
    return { ...part, to: endOfGroups(text, tokens, at), style: 'figure' }
  }
  const grouped = endOfGroups(text, tokens, at)
  if (grouped > at + 1) return groupedPart(text, tokens, at, grouped)
  const fraction = endOfFraction(text, tokens, at)
  if (fraction > at + 1 || /^\s?%/.test(text.slice(token.end, token.end + 2))) {
    return { ...part, to: fraction, style: 'figure' }
  }
  return readCardinalAfter(tokens, at) ? { ...part, to: at + 2, style: 'figure' } : part
}

/** "619-555-0144x123" is a telephone number with its extension, "12x" is not. */
function isExtension(tokens: readonly Token[], at: number): boolean {
  const after = tokens[at + 1]
  return tokens[at]!.word === 'x' && after !== undefined && after.isDigits && after.start === tokens[at]!.end
}

/** "2,105" and "1,250,000.50". */
function groupedPart(text: string, tokens: readonly Token[], from: number, to: number): NumberPart {
  const digits = tokens
    .slice(from, to)
    .map(({ word }) => word)
    .join('')
  const isAmount = /^(?:\.\d|\s?%|\s?\p{Sc})/u.test(text.slice(tokens[to - 1]!.end, tokens[to - 1]!.end + 2))
  return { from, to, digits, value: Number(digits), style: isAmount ? 'figure' : 'grouped' }
}

function endOfGroups(text: string, tokens: readonly Token[], at: number): number {
  let to = at + 1
  if (tokens[at]!.word.length > 3) return to
  while (tokens[to]?.word.length === 3 && tokens[to]!.isDigits && between(text, tokens[to - 1], tokens[to]) === ',') {
    to += 1
  }
  return to
}

/** "6.125", "2:30", "22:50:23"; more than one dot or a longer number stands in a telephone number. */
function endOfFraction(text: string, tokens: readonly Token[], at: number): number {
  const mark = /^[.:]$/.exec(between(text, tokens[at], tokens[at + 1]))?.[0]
  if (!mark || !tokens[at + 1]?.isDigits || tokens[at]!.word.length > 4) return at + 1
  let to = at + 2
  while (tokens[to]?.isDigits && between(text, tokens[to - 1], tokens[to]) === mark) to += 1
  if (mark === '.') return to === at + 2 && !/\d\.$/.test(text.slice(0, tokens[at]!.start).slice(-2)) ? to : at + 1
  return to
}

/** "300 thousand". */
function readCardinalAfter(tokens: readonly Token[], at: number): boolean {
  return /^(?:thousand|million|millones|mil|grand|hundred)$/.test(tokens[at + 1]?.word ?? '')
}

function said(
  text: string,
  tokens: readonly Token[],
  at: number,
  previous: NumberPart | undefined,
): NumberPart | undefined {
  const ordinal = readOrdinal(text, tokens, at)
  if (ordinal) return { from: at, ...ordinal, digits: String(ordinal.value), style: 'ordinal' }
  const times = REPEATED.get(tokens[at]!.word)
  const repeated = times ? digitAt(tokens, at + 1) : undefined
  if (times && repeated) return spoken(at, at + 2, repeated.repeat(times))
  if (isSpokenZero(text, tokens, at, previous)) return spoken(at, at + 1, '0')
  if (!isMeant(tokens, at, previous)) return undefined
  const cardinal = readCardinal(text, tokens, at)
  if (!cardinal) return undefined
  return { from: at, ...cardinal, digits: String(cardinal.value), style: cardinal.isAmount ? 'round' : 'said' }
}

function spoken(from: number, to: number, digits: string): NumberPart {
  return { from, to, digits, value: Number(digits), style: 'said' }
}

function digitAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at]
  if (token?.isDigits && token.word.length === 1) return token.word
  const unit = token && UNITS.get(token.word)
  return unit === undefined ? (/^oh?$/.test(token?.word ?? '') ? '0' : undefined) : String(unit)
}

/** "oh" is a zero beside another number and an exclamation elsewhere: "Oh, four years ago". */
function isSpokenZero(text: string, tokens: readonly Token[], at: number, previous: NumberPart | undefined): boolean {
  const { word, start, end } = tokens[at]!
  if (word !== 'oh' && word !== 'o') return false
  // "Dayton, OH 45402"
  if (text.slice(start, end) === 'OH' && tokens[at + 1]?.isDigits) return false
  const gapBefore = between(text, tokens[at - 1], tokens[at])
  const gapAfter = between(text, tokens[at], tokens[at + 1])
  const next = tokens[at + 1]
  const leads = /^[ -]*$/.test(gapAfter) && next !== undefined && isNumberWord(tokens, at + 1)
  const follows = previous !== undefined && previous.to === at && /^[ -]*$/.test(gapBefore)
  if (word === 'o') return follows && next?.word !== 'clock'
  return (leads || follows) && !/^[!?]/.test(gapAfter)
}

function isNumberWord(tokens: readonly Token[], at: number): boolean {
  const { word, isDigits } = tokens[at]!
  return isDigits || word === 'oh' || REPEATED.has(word) || readCardinal('', tokens, at) !== undefined
}

/** English "once" is eleven only beside Spanish numbers, and "one" after "this" is none. */
function isMeant(tokens: readonly Token[], at: number, previous: NumberPart | undefined): boolean {
  const { word } = tokens[at]!
  const before = tokens[at - 1]?.word ?? ''
  const next = tokens[at + 1]?.word ?? ''
  if (word === 'once') return previous?.to === at || isSpanishNumber(next)
  if (word === 'one')
    return !/^(?:this|that|which|another|any|no|every|each|what)$/.test(before) || isDigitNext(tokens, at)
  return true
}

function isDigitNext(tokens: readonly Token[], at: number): boolean {
  return digitAt(tokens, at + 1) !== undefined && digitAt(tokens, at + 2) !== undefined
}

function isSpanishNumber(word: string): boolean {
  return /^(?:cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|trece|catorce|quince|dieci|veinti|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)/.test(
    word,
  )
}

/** Whether the words after a number make it a quantity: "two hundred dollars", "three pm". */
export function isQuantity(text: string, tokens: readonly Token[], part: NumberPart): boolean {
  const next = tokens[part.to]
  if (!next || !/^[\s-]*$/.test(between(text, tokens[part.to - 1], next))) return false
  return isUnit(next.word, tokens[part.to + 1]?.word ?? '')
}
