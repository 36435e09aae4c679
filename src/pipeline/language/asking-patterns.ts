import { withoutDiacritics } from './diacritics.ts'

/**
 * How callers ask for a language, in each language we know. Read against a clause as `withoutDiacritics` gives it, in which the
 * language in question stands as `@` and any other as `#`. Gaps count words, so that the name must belong to the verb.
 */

/** Words that make a request of a language's bare name: "Spanish please", "en español, por favor". */
export const GLUE_WORDS: ReadonlySet<string> = new Set(
  `please in into to the a an i i'd i'll we want wanna need prefer would like rather only just yes yeah no hi hello um uh okay ok
  thanks thank you sir ma'am miss speaker speaking agent representative operator interpreter translator line option version
  person someone anyone language is there any for me
  por favor porfa en si no hola quiero prefiero solo gracias senorita senor idioma
  s'il vous te plait svp oui non bonjour je prefere le
  auf bitte ja nein hallo lieber
  per favore in si ciao preferisco
  em sim oi quero prefiro
  lam on xin vang da
  po na lang sa opo oo nga tagalog
  prosze tak nie
  an souple tanpri wi non bonjou alo
  请 請 부탁해요 부탁합니다 пожалуйста да من فضلك में`
    .split(/\s+/)
    .map(withoutDiacritics),
)

/** "My husband speaks @": not the caller's wish, unless that person speaks nothing else or the whole is a question. */
export const SPEAKER_OF_ANOTHER =
  /^(?!(?:do|does|can|could|is|are|will|would|hi|hello)\b)(?!.*\bonly\b).*\b(?:my|he|she|they|his|her)\b(?: \S+){0,3} (?:speaks?|talks?) (?:\S+ )?@/u

/** The caller says that they do not know it: "no hablo @", "ich kann kein @". */
export const UNABLE =
  /(?:^| )(?:don't|dont|do not|doesn't|can't|cannot|not|never|no|nao|non|pas|nicht|khong|nie|pa|не|不|لا|ما)(?: [^ #]+){1,3} @|(?:^| )(?:hindi|di)(?: [^ #]+){1,4} @|(?:^| )(?:kein|pas|not|nicht) @|(?:不会|不會|不懂|不说|不說)\S* @|@ (?:\S+ )?(?:못|안|नह)/u

export const ASKED_IN_SENTENCE: readonly RegExp[] = [
  // English
  /\b(?:speak|speaks|speaking|talk|talks)(?: (?!about |of |my |the |your )\S+){0,3} @/u,
  /\b(?:switch|change|continue|go|do|answer|help|explain|repeat|proceed|respond|me|us|someone|somebody|anyone|person|agent|representative|operator)(?: \S+){0,2} (?:to|in|into) @(?= please| now| instead| if| thanks|$)/u,
  /@ (?:speaking|speakers?|interpreter|translator|representative|agent|rep|operator|line|option)\b/u,
  /\b(?:prefer|want|like|need)(?: (?!learn |study |teach |my |the )\S+){0,2} @(?= please| now| instead|$)/u,
  /(?<!plain )@ please|please(?: in)? @/u,
  // Spanish, French, German, Italian, Portuguese
  /\b(?:habl|platic|atiend|atend|contest|expli[cq]|ayud|comunic|prefier|cambi|sigu|entiend)[a-z]*(?: \S+){0,4} @/u,
  /\b(?:parl(?:e|es|ez|er|ent|ons)|repond[a-z]*|expliqu[a-z]*|continuer|continuez|prefere(?:rais)?|compren[a-z]*)(?: \S+){0,4} @/u,
  /\b(?:sprech[a-z]*|sprich[a-z]*|reden|redet|erklar[a-z]*|konn[a-z]*|kann|lieber|versteh[a-z]*)(?: \S+){0,4} @/u,
  /\b(?:parl(?:a|o|i|ano|are|ate)|rispond[a-z]*|spieg[a-z]*|aiut[a-z]*|capisc[a-z]*)(?: \S+){0,4} @/u,
  /\b(?:fala|fale|falo|falar|falam|ajud[a-z]*|prefir[a-z]*|entend[a-z]*)(?: \S+){0,4} @/u,
  /\b(?:en|auf|in|em) @(?= por favor| porfa| s'il| svp| bitte| per favore| si | se |$)(?<!(?:is|are|was|it|them|written|comes?) in @)/u,
  // Vietnamese, Tagalog, Polish, Haitian Creole
  /\b(?:noi|nguoi|biet|giup)(?: \S+){0,4} @|\b(?:dung|bang) @|@ (?:duoc|di|nha|nhe|khong)\b/u,
  /\b(?:mag|magsalita|nagsasalita|marunong|makausap|pwede)(?: \S+){0,4} @|@ (?:na )?(?:lang|po)\b|\bsa @/u,
  /\b(?:mow|rozm|porozm|wyjas)[a-z]*(?: \S+){0,4} @|\bpo @/u,
  /(?<!\ba )\b(?:pale|eksplike|reponn)(?: \S+){0,2} @|(?<=^|pale )an @|\ban @(?= souple| tanpri)/u,
  // Chinese, Korean, Russian, Arabic, Hindi
  /(?:[说說讲講会會用懂转轉有]).{0,8}@|@.{0,8}(?:服务|服務|客服|吗|嗎|可以|沟通|交流|的人|吧)/u,
  /@.{0,12}(?:하|할|해|되|가능|부탁|있|로|상담|분)/u,
  /(?:говор|объясн|перейд|общат|можно| на).{0,20}@/u,
  /(?:تكلم|تحدث|تحكي|يحكي|احكي|اللغه|اللغة|احد).{0,20}@|ب ?@/u,
  /@.{0,8}(?:बोल|बात|में)/u,
]
