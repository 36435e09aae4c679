import { plainText } from '../plain-text.ts'
import { isDenied, meantOf } from './mentions.ts'

/** Words that name a time by themselves. */
const TIME = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays ' +
    'sundays today tonight tomorrow morning mornings afternoon afternoons evening evenings noon midday lunchtime ' +
    'weekday weekdays weekend weekends anytime lunes martes miércoles jueves viernes sábado domingo sábados hoy mañana ' +
    'mediodía mañanas tardes'
  ).split(' '),
)
/** Words that only come between or before those: "next week", "after three", "half past". */
const LINK = new Set(
  (
    'next this on in the at after before around about between and or by from to until till past any every of early late later half quarter ' +
    "week weeks work lunch am pm a m p o'clock oclock eastern central mountain pacific time " +
    'el la los las de del por a después antes entre próxima próximo próximos semana fin que viene tarde noche media y temprano'
  ).split(' '),
)
const HOURS = new Set(
  (
    'one two three four five six seven eight nine ten eleven twelve fifteen thirty forty-five ' +
    'una dos tres cuatro cinco seis siete ocho nueve diez once doce quince treinta'
  ).split(' '),
)

/** What makes a number an hour. */
const HOUR_BEFORE = /(?:^| )(?:at|after|before|around|about|between|by|until|till|past|from|a las?|de las?|las?) $/
/** "By one of your branches", "between two friends": what is counted there are no hours. */
const AFTER_HOUR =
  /^(?:$|\W*$|[.,!?;]| (?:and|or|works?|would|is|please|thanks|thank|on|if|because|but|for|i|then|eastern|central|pacific|mountain|y|o|por|de|está)\b)/
const GREETING = /\b(?:good (?:morning|afternoon|evening)|buen(?:os|as) (?:tardes|noches|días))/g
const TIME_PHRASE =
  /(?:next|this|later this|early next|the following) (?:week|month)|(?:próxima|esta) semana|semana que viene|fin de semana|por la (?:mañana|tarde|noche)|after (?:work|lunch)|\d ?(?:a|p)\.? ?m\b|o'clock/

/** A time counts as a wish where the caller says when to call or to meet, or was asked. */
const WISH =
  /\b(?:call me|call back|call us|phone me|reach me|text me|talk|speak|meet|meeting|come in|come by|stop by|appointment|consultation|schedule|book|available|free|works|work for|best time|good time|better|prefer|set (?:it|me) up|llám[ae](?:me|nme)|llamar|llamarme|cita|disponible|libre|me conviene|mejor|hablar)\b/
const ASKS_TIME =
  /\b(?:when|what (?:time|day)|which day|(?:good|best|better) (?:time|day)|cuándo|qué (?:día|hora)|a qué hora|morning or|works? (?:for you|best))/
/** What is over or falls due then is no wish. */
const OTHER_TIME =
  /\b(?:called|cancel|missed|miss|paid|applied|sent|submitted|spoke|talked|closed|mailed|was|were|due|expires|since|ago|yesterday|last|closing|close|pagué|llamé|vence)\b[^.;!?,]{0,25}$/

const LONGEST_WORDS = 14

interface Span {
  readonly value: string
  readonly from: number
}

/** When the caller wants to be called or seen, in their own words: `tomorrow after three`. */
export function timeWishIn(text: string, prompt = ''): string | undefined {
  const plain = plainText(text).replace(GREETING, (greeting) => '-'.repeat(greeting.length))
  if (!ASKS_TIME.test(plainText(prompt)) && !WISH.test(plain)) return undefined
  const spans = spansOf(plain).filter(
    ({ from }) => !isDenied(plain, from) && !OTHER_TIME.test(plain.slice(Math.max(0, from - 50), from)),
  )
  return meantOf(plain, spans)?.value
}

/** Runs of time words, cut at punctuation that ends a thought. */
function spansOf(plain: string): Span[] {
  const spans: Span[] = []
  let run: { word: string; from: number }[] = []
  const finish = () => {
    const span = asSpan(run, plain)
    if (span) spans.push(span)
    run = []
  }
  let end = 0
  for (const match of plain.matchAll(/[\p{L}\d]+(?:[':.-][\p{L}\d]+)*/gu)) {
    if (/[.;!?,]/.test(plain.slice(end, match.index))) finish()
    if (isTimeWord(match[0])) run.push({ word: match[0], from: match.index })
    else finish()
    end = match.index + match[0].length
  }
  finish()
  return spans
}

function isTimeWord(word: string): boolean {
  return TIME.has(word) || LINK.has(word) || HOURS.has(word) || /^\d{1,2}(?:[:.]\d\d)?(?:am|pm)?$/.test(word)
}

function asSpan(run: readonly { word: string; from: number }[], plain: string): Span | undefined {
  const kept = trimmed(run)
  const [first, last] = [kept[0], kept.at(-1)]
  if (!first || !last || kept.length > LONGEST_WORDS) return undefined
  const value = plain.slice(first.from, last.from + last.word.length)
  const named = kept.some(({ word }) => TIME.has(word) || /\d[ap]m$/.test(word)) || TIME_PHRASE.test(value)
  const hour = kept.some(
    ({ word, from }) => isHour(word) && HOUR_BEFORE.test(plain.slice(Math.max(0, from - 10), from)),
  )
  return named || (hour && AFTER_HOUR.test(plain.slice(last.from + last.word.length)))
    ? { value, from: first.from }
    : undefined
}

/** Without the little words around it: "on", "and", "in the", but "after three" whole. */
function trimmed(run: readonly { word: string; from: number }[]): typeof run {
  const needless = /^(?:on|in|the|and|or|of|to|at|a|m|p|y|el|la|los|las|de|del|por|que|about|time|from)$/
  let [from, to] = [0, run.length]
  while (from < to && needless.test(run[from]!.word) && !isHour(run[from + 1]?.word ?? '') && !keepsArticle(run, from))
    from++
  while (
    to > from &&
    /^(?:on|in|the|and|or|of|to|at|by|y|el|la|los|las|de|del|por|que|a|after|before|between|from|around|about)$/.test(
      run[to - 1]!.word,
    )
  )
    to--
  return run.slice(from, to)
}

/** "por la tarde", "a las tres": these belong to the time. */
function keepsArticle(run: readonly { word: string }[], at: number): boolean {
  return /^(?:por|a)$/.test(run[at]!.word) && /^(?:la|las)$/.test(run[at + 1]?.word ?? '')
}

function isHour(word: string): boolean {
  return HOURS.has(word) || /^\d/.test(word)
}
