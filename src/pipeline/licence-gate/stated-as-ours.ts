import { matchesIn } from '../matches-in.ts'

/**
 * Whether the agent says something as its own. It may repeat what the caller said ("you were quoted six percent"), and
 * it may refuse ("I can't confirm six percent"), as long as it does not go on to a figure of ours: "I can't quote
 * rates, but they are around six". `before`: the words before it in its sentence, `previous`: the sentence before; both
 * in small letters.
 */
export function isStatedAsOurs(before: string, previous = ''): boolean {
  return (
    !isRepeated(QUOTING.test(previous) ? `${previous} ${before}` : before) &&
    !isDenied(before, [WE_REFUSE, REFUSED_ELSEWHERE])
  )
}

/** A message that is read back goes on in the next sentence. */
const QUOTING = /\b(?:this|your|the following) message\b|\bmessage (?:is|says|reads)\b|\bi(?:'ve| have)? noted?:/

const REPEATED = [
  // "if you want six percent" is an offer.
  /(?<!\bif )\b(?:you|they|he|she)(?:'ve|'re|'d| have| are| were| had)?(?: \w+ly| just| also| already)? (?:said|say|says|mentioned|told|ask(?:ed|ing)?|want(?:ed)?|would like|like(?= to\b)|like(?= a\b)|looking (?:for|to)|quoted|charged|offered|billed|denied|paid|sent|received|heard|saw|read|wrote|reported|called about|calling about|calling because|worried|wondering|noticed|disput\w+)\b/g,
  /\b(?:i(?:'ve| have|'ll| will)?(?: also| just| already)? (?:noted?|written down|wrote down|write down|pass(?: that| this| it)? on|put down|tell them|let them know)|(?:message|note) (?:says|is|reads|that)|(?:have|take|got) (?:this|the|your) message|let me (?:repeat|read|confirm|make sure)|to (?:repeat|confirm)|what i have is|i(?:'ve| have) got it)\b/g,
  /\b(?:usted|me|le) (?:dijo|dice|pregunta|preguntó|comentó|mencionó|quiere|cobraron|ofrecieron|cotizaron|contó)\b|\b(?:anoté|anoto|he anotado|dijo que|dice que|pregunta por|mencionó|quiere saber|su mensaje|repito)(?!\p{L})/gu,
  /您(?:说|提到|问|刚才说|想要)|quý vị (?:nói|hỏi|cho biết|muốn)|말씀하신|문의하신|sabi (?:po )?ninyo|sinabi (?:po )?ninyo|vous (?:avez dit|dites|demandez|avez mentionné|voulez)|(?:disse|mencionou|perguntou|quer saber)(?!\p{L})|вы (?:сказали|спрашиваете|спросили|упомянули|хотите)|(?:قلتم|ذكرتم|سألتم|تسألون)|आपने (?:कहा|बताया|पूछा)|आप पूछ|ou (?:di|mande|te di)(?!\p{L})/gu,
]

/** After it, what is said is ours again. */
const OURS =
  /\b(?:our|ours|we|currently|right now|typically|usually|generally|on average|i'd say|i would say|roughly speaking|but|however|though|officially|so|your (?:\w+ )?(?:payment|rate|cost|fees?|total)(?:'d| would| will| could| comes)|nuestr[oa]s?|pero|actualmente|normalmente|aunque)\b|[,;:—–-]\s*(?:and |so |well |y |pues )?(?:it|they|that|those|these|rates?|the (?:current |going )?(?:rate|payment|fee|apr)|right|today|est[aá]n?|son|la tasa|las tasas)\b|[?!]|\b(?:what|which|how much|whether|rates?)\b[^,:—–]*[:—–]\s*(?:\w+ ){0,2}$|\bwhat [^,]*, (?:\w+ ){0,2}$/

/** We refuse: "you WON'T pay more than six percent" is no refusal, "I won't say six percent" is. */
const WE_REFUSE =
  /\b(?:i|we|nobody|no one)(?:'m|'d|'re| am| are| have| can| may)?(?: really| simply| just| also| afraid)* (?:can'?t|cannot|can not|couldn'?t|unable|not(?! only)|may not|must not|never|won'?t|will not|wouldn'?t|(?:don'?t|do not)(?! (?:think|believe|expect|doubt|see|mind)\b)|rather not|no way (?:of|to)|guarantee|promise|decide|confirm|say)(?!\p{L})|\b(?:no (?:le |lo |se lo )?(?:puedo|podemos|me permiten)|nadie (?:puede)?|no(?= $))(?!\p{L})/gu

/** Nobody is asked: "please don't tell me your ...", "without your ...". */
const NOBODY_ASKED =
  /\b(?:can'?t|cannot|can not|unable|not|must not|never|won'?t|don'?t|doesn'?t|didn'?t|wouldn'?t|nobody|no one|no need|without|rather not|instead of|no(?! creo| pienso) (?:puedo|podemos|puede|necesito|me (?:diga|dé)|tiene que|hace falta|pregunto|pedimos|voy a)|nadie|nunca|sin|no(?= (?:\w+ )?$))(?!\p{L})/gu

const REFUSED_ELSEWHERE =
  /不能|无法|不可以|không thể|không được|수 없습니다|hindi po|hindi ako|ne (?:peux|peut|pouvons) pas|não (?:posso|podemos)|не (?:могу|можем)|لا (?:يمكنني|أستطيع)|नहीं|pa ka\b/gu

/** What makes of a refusal an answer: "I can't give you an exact figure, roughly six". */
const ANSWERED_AFTER_ALL =
  /[,;:—–-]|\b(?:but|however|though|although|exact|exactly|specific|precise|roughly|about|around|approximately|usually|typically|pero|aunque|exacta?s?|m[aá]s o menos|alrededor|unos|they're|they are|we're|we are|rates? (?:is|are)|lie|hide|mais)\b|[，但]|nhưng|(?<!\p{L})но(?!\p{L})|لكن|लेकिन|하지만/u

function isRepeated(before: string): boolean {
  const from = lastEnd(before, REPEATED)
  return from !== undefined && !OURS.test(before.slice(from))
}

/** Whether a question is one the agent says it does not ask. `before`: as above. */
export function isNotAsked(before: string): boolean {
  return isDenied(before, [NOBODY_ASKED, REFUSED_ELSEWHERE])
}

function isDenied(before: string, denials: readonly RegExp[]): boolean {
  const from = lastEnd(before, denials)
  return from !== undefined && !ANSWERED_AFTER_ALL.test(before.slice(from))
}

/** Where the last match of any of them ends. */
function lastEnd(text: string, patterns: readonly RegExp[]): number | undefined {
  let end: number | undefined
  for (const pattern of patterns) {
    for (const match of matchesIn(text, pattern)) end = Math.max(end ?? 0, match.index + match[0].length)
  }
  return end
}
