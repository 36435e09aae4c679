import { matchesIn } from '../matches-in.ts'
import { partRead, plainText } from '../plain-text.ts'

const ASKS_NAME =
  /\b(?:your (?:full |first |first and last )?name|who (?:am i|do i have|is this|is calling|'s calling)|who's calling|su nombre|cómo se llama|quién (?:habla|llama)|con quién)/

/** One to four words, each a name as far as the next words that cannot be one. */
const WORD = "\\p{L}[\\p{L}'-]*(?:(?<=(?:^|[^\\p{L}])(?:\\p{L}|mr|ms|mrs|dr))\\.)?"
const SAID_AS_NAME = new RegExp(
  `(?:\\b(?:my|the) (?:full |first )?name(?:'s| is)|\\bname's|\\bmi nombre(?: completo)? es|\\bme llamo)(?: uh,?| um,?)? (?!not\\b|no\\b|on\\b)(${WORD}(?: ${WORD}){0,4})`,
  'giu',
)
const CORRECTED_NAME = new RegExp(
  `\\bname(?:'s| is|) (?:is )?not ${WORD}(?: ${WORD})?[,.;]? (?:it's|it is|but|i'm) (${WORD}(?: ${WORD}){0,3})`,
  'giu',
)
/** "This is ..." is followed by all sorts of things: only a name in capitals counts. */
const PRESENTED =
  /(?:^|[.!?,] ?|^(?:hi|hello|hey|yes|good \p{L}+|hola|buenos días|buenas tardes),? )(?:[Tt]his is|(?:[Ll]e )?[Hh]abla)((?: \p{Lu}[\p{L}'-]+){1,3})(?= (?:and|calling|from|with|here|y|de)\b|[.,!?]|$)/gu
/** "I'm ..." says what somebody is as often as who: only two names in capitals count. */
const CALLS_THEMSELVES =
  /(?:^|[.!?,] ?|\b(?:hi|hello|hey|hola) )(?:I'm|[Ii] am|[Ss]oy)((?: \p{Lu}[\p{L}'-]+){2,3})(?= (?:and|calling|from|with|here|y|de)\b|[.,!?]|$)/gu
/** What a person is said to be is never taken for their name (RELIABILITY C14). */
const SAYS_WHAT_THEY_ARE =
  /\b(?:american|hispanic|latin[oax]|african|asian|jewish|catholic|christian|muslim|hindu|buddhist|baptist|mormon|protestant|chinese|korean|vietnamese|filipin[oa]|arab|russian|haitian|european|canadian|puerto|rican|native|mexican[oa]|american[oa]|católic[oa]|cristian[oa])\b/i

const ANSWER_LEAD =
  /^(?:(?:yes|yeah|sure|okay|ok|hi|hello|uh|um|well|of course|oh|so|no|sí|claro|bueno|eh|pues)[,.]? )*(?:(?:it's|it is|that's|that would be|this is|i'm|i am|my name is|my name's|name is|the name is|soy|es|me llamo|mi nombre es|habla)[,]? )?/i

/** Words that no name has: where one stands, the name ends, and an answer that begins with one is not a name. */
const NOT_A_NAME = new Set(
  (
    "a an and are about after all also am as at because been before but by call called calling can can't could do don't " +
    "first for from full get give good got had has have he hello help here hi how i i'd i'll i'm i've if in is isn't it it's " +
    'just last let like loan looking me maybe mortgage my name need no none not now of on one or our please private refinance ' +
    "right same she sir so sorry spelled spell sure thank thanks that that's the then there they this to today trying two uh um " +
    "want was we we're well what when where which who why wife husband will with would wrong yeah yes you your yours " +
    'nothing never nobody anonymous business important matter does buying buyer agent realtor ridiculous fine okay ok ' +
    "under account house home on file file next day number phone interested ready done happy new old here's " +
    'y que quiero necesito llamo para con por es el la un una no sí gracias mi su pero porque estoy soy en tengo quisiera ' +
    'correct incorrect exactly perfect absolutely different misheard spelling ' +
    'zero three four five six seven eight nine ten'
  ).split(' '),
)
const PARTICLES = new Set(['de', 'del', 'van', 'von', 'der', 'da', 'dos', 'bin', 'la', 'las', 'los'])

const MOST_WORDS = 4

/** The caller's own name, if they say it: in capitals at the beginning of each word. */
export function callerNameIn(text: string, prompt = ''): string | undefined {
  const said = partRead(text).replaceAll('’', "'").replace(/\s+/g, ' ').trim()
  return (
    namesIn(said, CORRECTED_NAME).at(-1) ??
    namesIn(said, SAID_AS_NAME).at(-1) ??
    namesIn(said, PRESENTED).at(-1) ??
    namesIn(said, CALLS_THEMSELVES).findLast((name) => !SAYS_WHAT_THEY_ARE.test(name)) ??
    (ASKS_NAME.test(plainText(prompt)) ? answeredName(said) : undefined)
  )
}

function namesIn(said: string, pattern: RegExp): string[] {
  return matchesIn(said, pattern)
    .map((match) => asName(match[1]!))
    .filter((name) => name !== undefined)
}

function answeredName(said: string): string | undefined {
  const [answer = ''] = said.replace(ANSWER_LEAD, '').split(/[,.!?;]/)
  if (answer.split(' ').length > MOST_WORDS + 3 || /\d/.test(answer)) return undefined
  return asName(answer)
}

function asName(words: string): string | undefined {
  const name: string[] = []
  for (const word of words.trim().replace(/[.,]/g, '').split(' ')) {
    const plain = word.toLowerCase()
    const isParticle = PARTICLES.has(plain) && name.length > 0
    if ((NOT_A_NAME.has(plain) && !isParticle) || name.length === MOST_WORDS) break
    name.push(isParticle ? plain : capitalised(word))
  }
  while (name.length > 0 && PARTICLES.has(name.at(-1)!)) name.pop()
  const whole = name.join(' ')
  return whole.length < 2 || name.some((word) => /\d/.test(word)) ? undefined : whole
}

function capitalised(word: string): string {
  if (/\p{Lu}\p{Ll}/u.test(word) && !/^\p{Ll}/u.test(word)) return word
  return word
    .toLowerCase()
    .replace(/(^|[-'])(\p{L})/gu, (_, edge: string, letter: string) => edge + letter.toUpperCase())
}
