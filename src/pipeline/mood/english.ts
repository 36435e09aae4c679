import { wordsOf } from '../../lib/spoken-words.ts'

/** Small words of English, and of the other languages written in Latin letters, which are not English words besides. */
const ENGLISH = new Set(
  "the and is are of i you my that it was to for have this not what be your on with at we they i'm it's do don't can".split(
    ' ',
  ),
)
const FOREIGN = new Set(
  "el la los las un una que por para con del esta estoy usted mi su pero muy otra nadie es en le les des une est je j'ai c'est ne vous nous pas merci sur dans ce ich der das ist nicht und sie mir mich ein eine zu den dem wir noch mit kein die war il che non di sono per gli ho nessuno nie jest jestem sie mam czy jak tak na ang ng sa po ako ko mo mga hindi naman wala ba mwen ou pa nan yon nou li anh em toi os um uma meu eu isso com ja vai voce mais estou".split(
    ' ',
  ),
)

/**
 * Whether what we know of English words holds for a text: "die" is German, "no" Spanish. A rough guess by small words
 * and letters, in favour of English; it decides which words count, not which language is spoken.
 */
export function seemsEnglish(text: string): boolean {
  const words = wordsOf(text)
  const foreign = words.filter((word) => FOREIGN.has(word) || /\P{ASCII}/u.test(word)).length
  return foreign === 0 || foreign < words.filter((word) => ENGLISH.has(word)).length
}
