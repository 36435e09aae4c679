import { ASIAN } from './words/asian.ts'
import { EUROPEAN } from './words/european.ts'
import type { RequestWords } from './words/request-words.ts'
import { ROMANCE } from './words/romance.ts'

interface Matchers {
  readonly who: RegExp
  readonly filler: RegExp
  readonly talk: RegExp
  readonly want: RegExp
  readonly connect: RegExp
  readonly told: RegExp
  readonly machine: RegExp
  readonly refuse: RegExp
  readonly through: RegExp
  /** "I need an agent", "talk to a person": the whole of what is left without fillers and with the people as `#`. */
  readonly core: RegExp
}

/** Characters; "connect me" with all its courtesies is no longer in any language. */
const SHORT = 60

const LANGUAGES: readonly Matchers[] = [...ROMANCE, ...EUROPEAN, ...ASIAN].map(matchersOf)

/** Whether a clause asks for a person in one of the languages but English, by word lists. */
export function asksInOtherWords(clause: string): boolean {
  return LANGUAGES.some((language) => asksIn(language, clause))
}

function asksIn(words: Matchers, clause: string): boolean {
  if (clause.length <= SHORT && (words.through.test(clause) || words.through.test(coreOf(words, clause)))) return true
  const talks = words.talk.test(clause)
  if (talks && words.machine.test(clause)) return words.refuse.test(clause) && !words.told.test(clause)
  // A global expression remembers where it stopped; `search` does not.
  if (clause.search(words.who) < 0 || words.told.test(clause)) return false
  if (words.connect.test(clause) || (talks && words.want.test(clause))) return true
  return words.core.test(coreOf(words, clause))
}

function coreOf({ who, filler }: Matchers, clause: string): string {
  return clause.replace(who, '#').replace(filler, ' ').replace(/ +/g, ' ').trim()
}

function matchersOf(words: RequestWords): Matchers {
  const [start, end] = words.partOfWord ? ['', ''] : [`(?<![^ '])${words.prefix ?? ''}`, "(?![^ '])"]
  const any = (list: readonly string[]) => `${start}(?:${list.join('|')})${end}`
  const pattern = (source: string, flags = 'u') => new RegExp(source.normalize('NFC'), flags)
  return {
    who: pattern(any(words.who), 'gu'),
    filler: pattern(any(words.filler), 'gu'),
    talk: pattern(any(words.talk)),
    want: pattern(any(words.want)),
    connect: pattern(any(words.connect)),
    told: pattern(any(words.told)),
    machine: pattern(any(words.machine)),
    refuse: pattern(any(words.refuse)),
    through: pattern(`^(?:${words.through})$`),
    core: pattern(`^(?:#(?: ?#){0,3}|(?:.{0,40} )?${any(words.want)} ?#(?: ?#){0,2}|${any(words.talk)}.{0,20}#)$`),
  }
}
