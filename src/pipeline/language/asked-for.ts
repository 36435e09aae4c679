import { wordsOf } from '../../lib/spoken-words.ts'
import { matchesIn } from '../matches-in.ts'
import { ASKED_IN_SENTENCE, GLUE_WORDS, SPEAKER_OF_ANOTHER, UNABLE } from './asking-patterns.ts'
import { withoutDiacritics } from './diacritics.ts'
import { judgeLanguage } from './judge-language.ts'
import { LANGUAGES, type LanguageCode } from './language-code.ts'
import { LANGUAGE_NAMES } from './language-names.ts'

/** Longer than any such request; what follows is not looked at. */
const MOST_LETTERS = 500

/** More words than this are a sentence, not a language's name with a "please". */
const MOST_WORDS_ALONE = 7
/** In an utterance longer than this a bare name is no request. */
const MOST_WORDS_AROUND = 12

const LANGUAGE_OF_NAME: ReadonlyMap<string, LanguageCode> = new Map(
  LANGUAGES.flatMap((language) =>
    LANGUAGE_NAMES[language].split(',').map((name) => [withoutDiacritics(name.trim()), language] as const),
  ),
)

const NAMES = createNamePattern([...LANGUAGE_OF_NAME.keys()])

/**
 * The language a caller asks to be spoken to in: "do you speak Spanish?", "en español por favor", "tiếng Việt". Who says in
 * their own language that they know no English asks for their own. A language that is only talked of is none: "my Spanish
 * teacher", "I took French in school".
 */
export function languageAskedFor(text: string): LanguageCode | undefined {
  const plain = withoutDiacritics(text.slice(0, MOST_LETTERS))
  // In a list ("Italian, German and Dutch") a clause may be a bare name without being a request.
  const isShort = wordsOf(plain).length <= MOST_WORDS_AROUND
  for (const clause of plain.split(/[.,;:?!¿¡。，、？！؟।]+/)) {
    const asked = askedInClause(clause, isShort)
    if (asked) return asked
  }
  return undefined
}

function askedInClause(clause: string, isShort: boolean): LanguageCode | undefined {
  for (const { 0: name, index } of matchesIn(clause, NAMES)) {
    const before = clause.slice(0, index).replace(NAMES, '#')
    const after = clause.slice(index + name.length)
    const sentence = `${wordsIn(before)} @ ${wordsIn(after)}`.trim()
    const language = LANGUAGE_OF_NAME.get(name)
    if (UNABLE.test(sentence)) {
      const own = language === 'en' ? judgeLanguage(clause).language : 'und'
      if (own !== 'en' && own !== 'und') return own
    } else if ((isShort && isBareName(sentence)) || isAsked(sentence)) return language
  }
  return undefined
}

function isBareName(sentence: string): boolean {
  const words = sentence.split(' ')
  return words.length <= MOST_WORDS_ALONE && words.every((word) => word === '@' || GLUE_WORDS.has(word))
}

function isAsked(sentence: string): boolean {
  return !SPEAKER_OF_ANOTHER.test(sentence) && ASKED_IN_SENTENCE.some((pattern) => pattern.test(sentence))
}

/** Only what patterns read: words parted by one space. */
function wordsIn(text: string): string {
  return text.replaceAll(/[^\p{L}\p{M}\p{N}'#]+/gu, ' ').trim()
}

/** Longer names first, so that "haitian creole" is one. In scripts that join words a name may stand within a word. */
function createNamePattern(names: readonly string[]): RegExp {
  const sorted = names.filter((name) => name !== 'hindi').toSorted((one, other) => other.length - one.length)
  const latin = sorted.filter((name) => /^[a-z]/.test(name)).join('|')
  const other = sorted.filter((name) => !/^[a-z]/.test(name)).join('|')
  // In Tagalog "hindi" is "not".
  const hindi =
    '(?<=\\b(?:speaks?|speaking|in|any|or|prefer) )hindi|hindi(?= (?:please|speaking|speakers?|interpreter))'
  return new RegExp(`(?<!\\p{L})(?:${latin}|${hindi})(?!\\p{L})|${other}`, 'gu')
}
