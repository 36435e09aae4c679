import { partRead } from '../plain-text.ts'
import { NAMES, NUMBER_WORD } from './robocall-words.ts'

/**
 * A long text adds up evidence, for and against, that a short one cannot have: it is judged in stretches of a size, each
 * half over the one before it, so that one scale holds for all.
 */
const STRETCH_WORDS = 60

/** The text itself, or the overlapping stretches a long one is judged by. */
export function stretchesOf(text: string): string[] {
  const words = partRead(text).trim().split(/\s+/)
  if (words.length <= STRETCH_WORDS * 1.5) return [words.join(' ')]
  const stretches: string[] = []
  for (let from = 0; from < words.length - STRETCH_WORDS / 2; from += STRETCH_WORDS / 2) {
    stretches.push(words.slice(from, from + STRETCH_WORDS).join(' '))
  }
  return stretches
}

const TITLE = '(?:officer|agent|special agent|inspector|sergeant|deputy|doctor|dr|mr|mrs|ms|senator)'
/** What follows "this is" or "I'm" and is no name. */
const NO_NAME = `(?:the|an?|my|your|our|his|her|calling|with|from|just|here|at|not|for|on|in|about|\\w+ing|${TITLE})\\b`

/** Who says their own name, and whom they speak for: whether it is Sarah or Todd tells nothing. */
const OWN_NAME = new RegExp(
  `(?<=\\b(?:my name is|name's|this is|it's|i'm|i am) (?:${TITLE} )?)(?!${NO_NAME})[a-z]+(?: [a-z]+)?? ?,? ?(?=(?:with|from|over (?:at|in)|at|calling|here|and (?:i|i'm|i am|i'll|we|we're))\\b)`,
  'g',
)

/**
 * Sums, numbers and names, and the word that stands for each in what the classifier reads. In this order. `within`: what
 * a text that has one has for sure, where that is found sooner.
 */
const KINDS: readonly (readonly [word: string, pattern: RegExp, within?: RegExp])[] = [
  ['personname', OWN_NAME, /my name is|name's|this is|it's|i'm|i am/],
  ['moneysum', /[$€£] ?\d[\d,.]*(?: (?:thousand|million))?/g],
  [
    'moneysum',
    new RegExp(`(?:\\b(?:\\d[\\d,.]*|${NUMBER_WORD}) ){1,8}(?:dollars?|bucks|euros?|dólares)\\b`, 'g'),
    /dollar|bucks|euro|dólares/,
  ],
  [
    'percentage',
    new RegExp(`(?:(?<![\\d.])\\d[\\d.]*|(?:\\b${NUMBER_WORD} ){0,3}\\b${NUMBER_WORD}) ?(?:%|percent\\b)`, 'g'),
    /%|percent/,
  ],
  ['phonenumber', /(?:\d[ .()-]{0,2}){7,14}/g, /\d/],
  ['phonenumber', /(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|hundred)[ ,.-]{1,2}){6,16}/g],
  ...Object.entries(NAMES).map(([word, names]) => [word, namePattern(names)] as const),
]

/** The text as the classifier reads it: kinds in place of names and sums; Chinese characters apart, as words are. */
export function inKinds(plain: string): string {
  let text = plain
  for (const [word, pattern, within] of KINDS) {
    if (within === undefined || within.test(text)) text = text.replace(pattern, ` ${word} `)
  }
  return text.replace(/\p{Script=Han}/gu, ' $& ')
}

/** Chinese sets no spaces between words. */
function namePattern(names: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${names})(?:'s)?(?![\\p{Script=Latin}\\p{N}])|${hanOf(names)}`, 'gu')
}

function hanOf(names: string): string {
  const han = names.split('|').filter((name) => /\p{Script=Han}/u.test(name))
  return han.length > 0 ? `(?:${han.join('|')})` : '(?!)'
}
