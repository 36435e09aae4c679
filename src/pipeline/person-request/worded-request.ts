import { ARABIC } from './words/arabic-words.ts'
import { CHINESE } from './words/chinese-words.ts'
import { FRENCH } from './words/french-words.ts'
import { GERMAN } from './words/german-words.ts'
import { HAITIAN } from './words/haitian-words.ts'
import { HINDI } from './words/hindi-words.ts'
import { ITALIAN } from './words/italian-words.ts'
import { KOREAN } from './words/korean-words.ts'
import { POLISH } from './words/polish-words.ts'
import { PORTUGUESE } from './words/portuguese-words.ts'
import type { RequestWords } from './words/request-words.ts'
import { RUSSIAN } from './words/russian-words.ts'
import { SPANISH } from './words/spanish-words.ts'
import { TAGALOG } from './words/tagalog-words.ts'
import { VIETNAMESE } from './words/vietnamese-words.ts'

interface Matchers {
  /** Without any of these words nothing is asked for: most clauses need no further look. */
  readonly hint: RegExp
  readonly who: RegExp
  readonly filler: RegExp
  readonly real: RegExp
  readonly explain: RegExp
  readonly talk: RegExp
  readonly want: RegExp
  readonly connect: RegExp
  readonly told: RegExp
  readonly machine: RegExp
  readonly refuse: RegExp
  readonly enough: RegExp
  readonly through: RegExp
  /** "I need an agent", "talk to a person": the whole of what is left without fillers and with the people as `#`. */
  readonly core: RegExp
}

/** Characters; "connect me" with all its courtesies is no longer in any language. */
const SHORT = 60

const LANGUAGES: readonly Matchers[] = [
  SPANISH,
  FRENCH,
  ITALIAN,
  PORTUGUESE,
  HAITIAN,
  GERMAN,
  POLISH,
  RUSSIAN,
  CHINESE,
  KOREAN,
  VIETNAMESE,
  TAGALOG,
  HINDI,
  ARABIC,
].map(matchersOf)

/** Whether a clause asks for a person in one of the languages but English, by word lists. */
export function asksInOtherWords(clause: string): boolean {
  return LANGUAGES.some((language) => asksIn(language, clause))
}

function asksIn(words: Matchers, clause: string): boolean {
  if (!words.hint.test(clause)) return false
  if (clause.length <= SHORT && (words.through.test(clause) || words.through.test(coreOf(words, clause)))) return true
  const talks = words.talk.test(clause)
  if (words.machine.test(clause) && (words.enough.test(clause) || (talks && words.refuse.test(clause)))) {
    return !words.told.test(clause)
  }
  // A global expression remembers where it stopped; `search` does not.
  if (clause.search(words.who) < 0 || words.told.test(clause)) return false
  if (words.connect.test(clause)) return true
  if (words.want.test(clause) && (talks || words.real.test(clause) || words.explain.test(clause))) return true
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
    hint: pattern(`${any(words.who)}|${any(words.machine)}|(?:${words.through})`),
    who: pattern(any(words.who), 'gu'),
    filler: pattern(any(words.filler), 'gu'),
    real: pattern(any(words.real)),
    explain: pattern(`${start}(?:${words.explain.replaceAll('#', any(words.who))})`),
    talk: pattern(any(words.talk)),
    want: pattern(any(words.want)),
    connect: pattern(any(words.connect)),
    told: pattern(any(words.told)),
    machine: pattern(any(words.machine)),
    refuse: pattern(any(words.refuse)),
    enough: pattern(any(words.enough)),
    through: pattern(`^(?:${words.through})$`),
    core: pattern(`^(?:#(?: ?#){0,3}|(?:.{0,40} )?${any(words.want)} ?#(?: ?#){0,2}|${any(words.talk)}.{0,20}#)$`),
  }
}
