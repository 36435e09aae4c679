import { wordsOf } from '../../lib/spoken-words.ts'

/** The longest memory, in utterances of the caller. */
const REMEMBERED = 20
/** Shorter ones ("yes, that's right") are said again by everyone. */
const FEWEST_WORDS = 3
/** The share of the shorter utterance's words that the other must have. */
const ALIKE = 0.6
/** "Customer" and "customers" are one word. */
const STEM = 5

/** Words that carry no request, in the languages we hear most; numbers are read again whenever we ask for them. */
const EMPTY = new Set(
  "the and for you your that this with have has had was were are not but can could would will just like want need know about from what when there here they them then than please okay yes yeah hello thank thanks well i'm it's don't i'd i'll get got him her his she our out now one two three four five six seven eight nine zero oh que por para con una los las del como pero quiero necesito gracias hola favor está esto eso mi les des une pour dans avec je vous est pas merci bonjour que não com uma meu minha isso obrigado der die das und ich nicht ist ein eine mit für bitte danke che non per una con sono mio grazie".split(
    ' ',
  ),
)

/** Counts how often a caller has asked for the same in other words: the third time is one too many, however polite. */
export class RepeatedRequest {
  #earlier: ReadonlySet<string>[] = []

  /** How many times this was said by now: 1 when it is new. */
  count(text: string): number {
    const words = contentOf(text)
    if (words.size < FEWEST_WORDS) return 1
    const alike = this.#earlier.filter((other) => areAlike(words, other)).length
    this.#earlier = [...this.#earlier, words].slice(-REMEMBERED)
    return alike + 1
  }
}

function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((word) => other.has(word)).length
  return shared >= FEWEST_WORDS - 1 && shared >= ALIKE * Math.min(one.size, other.size)
}

function contentOf(text: string): Set<string> {
  const words = wordsOf(text.slice(0, 500)).filter((word) => !EMPTY.has(word) && !/\p{N}/u.test(word))
  return new Set(
    words.flatMap((word) => (/[\p{sc=Han}\p{sc=Hangul}\p{sc=Thai}]/u.test(word) ? pairsOf(word) : stemOf(word))),
  )
}

/** Where no space divides the words, pairs of characters stand for them. */
function pairsOf(run: string): string[] {
  return Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2))
}

function stemOf(word: string): string[] {
  return word.length < 3 ? [] : [word.slice(0, STEM)]
}
