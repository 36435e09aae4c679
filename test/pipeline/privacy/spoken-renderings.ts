import fc from 'fast-check'

/** Ways callers say a number, for tests that make numbers up. */

const ENGLISH = 'zero one two three four five six seven eight nine'.split(' ')
const SPANISH = 'cero uno dos tres cuatro cinco seis siete ocho nueve'.split(' ')
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

type Rendering = (digits: string, groups: readonly number[]) => string

export const RENDERINGS: Readonly<Record<string, Rendering>> = {
  'in figures': (digits) => digits,
  'in figures with dashes': (digits, groups) => grouped(digits, groups).join('-'),
  'in chunks': (digits, groups) => grouped(digits, groups).join(' '),
  'in single figures': (digits) => [...digits].join(' '),
  'word by word': (digits) => spelled(digits, ENGLISH),
  'with oh for zero': (digits) => spelled(digits, ['oh', ...ENGLISH.slice(1)]),
  'in groups with commas': (digits, groups) => spelledGroups(digits, groups, ', '),
  'in groups with full stops': (digits, groups) => capitals(grouped(digits, groups)).join('. '),
  'with dash said': (digits, groups) => spelledGroups(digits, groups, ' dash '),
  'with fillers': (digits, groups) => spelledGroups(digits, groups, ', uh, '),
  'looked up on the way': (digits, groups) => spelledGroups(digits, groups, ', let me see, '),
  'with double': (digits) => doubled(digits),
  'in pairs': (digits) => pairs(digits),
  'partly in figures': (digits, groups) =>
    grouped(digits, groups)
      .map((group, at) => (at % 2 ? group : spelled(group, ENGLISH)))
      .join(' '),
  'in Spanish': (digits) => spelled(digits, SPANISH),
}

export const anyDigits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((digits) => digits.join(''))

export const anyCard = anyDigits(14).map((digits) => withCheckDigit(`4${digits}`))

export const anyStyle = fc.constantFrom(...Object.keys(RENDERINGS))

function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return digits + String((10 - (sum % 10)) % 10)
}

function grouped(digits: string, groups: readonly number[]): string[] {
  let at = 0
  return groups.map((length) => {
    at += length
    return digits.slice(at - length, at)
  })
}

function spelled(digits: string, words: readonly string[]): string {
  return [...digits].map((digit) => words[Number(digit)]).join(' ')
}

function spelledGroups(digits: string, groups: readonly number[], between: string): string {
  return grouped(digits, groups)
    .map((group) => spelled(group, ENGLISH))
    .join(between)
}

function capitals(groups: readonly string[]): string[] {
  return groups.map((group) => spelled(group, ENGLISH)).map((words) => words[0]!.toUpperCase() + words.slice(1))
}

function doubled(digits: string): string {
  return digits.replace(/(\d)\1|\d/g, (found) =>
    found.length === 2 ? `double ${ENGLISH[Number(found[0])]} ` : `${ENGLISH[Number(found)]} `,
  )
}

/** "four eleven thirty oh six": an odd digit first, then by twos. */
function pairs(digits: string): string {
  const first = digits.length % 2 ? [spelled(digits[0]!, ENGLISH)] : []
  const rest = (digits.slice(first.length).match(/\d\d/g) ?? []).map(pair)
  return [...first, ...rest].join(' ')
}

function pair(digits: string): string {
  const [ten, unit] = [Number(digits[0]), Number(digits[1])]
  if (ten === 0) return `oh ${unit === 0 ? 'oh' : ENGLISH[unit]}`
  if (ten === 1) return TEENS[unit]!
  return unit === 0 ? TENS[ten - 2]! : `${TENS[ten - 2]}-${ENGLISH[unit]}`
}
