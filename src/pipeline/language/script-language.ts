import { wordsOf } from '../../lib/spoken-words.ts'
import { isAscii } from './diacritics.ts'
import type { LanguageCode } from './language-code.ts'

/** A text in a script that only one of our languages is written in. */
export interface ScriptLanguage {
  /** `und`: a script none of our languages is written in. */
  readonly language: LanguageCode | 'und'
  /** The words in that script. */
  readonly words: readonly string[]
}

const SCRIPTS: readonly (readonly [language: LanguageCode | 'und', letter: RegExp])[] = [
  ['zh', /\p{Script=Han}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['ru', /\p{Script=Cyrillic}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['und', /(?!\p{Script=Latin})\p{L}/u],
]

/**
 * Letters a language never has, though it shares its script with others: Japanese is written with Han signs too; Persian,
 * Urdu and Pashto with Arabic letters. One alone is a slip or an ornament.
 */
const FOREIGN_LETTERS: Partial<Record<LanguageCode | 'und', RegExp>> = {
  zh: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  ar: /[پچژگٹڈڑںےہیک]/gu,
}
const FEWEST_FOREIGN_LETTERS = 2

/** Chinese sets no spaces; its words are two signs long as a rule. */
const CHINESE_WORDS = /\p{Script=Han}{1,2}|\P{Script=Han}+/gu

/**
 * The language whose script a text is in: at least a third of its words, since callers mix English terms in ("我的 loan
 * 批了没有"), but one foreign sign in an English sentence says nothing. Undefined: Latin letters, or no letters.
 */
export function languageOfScript(text: string): ScriptLanguage | undefined {
  if (isAscii(text)) return undefined
  const words = wordsOf(text).flatMap((word) => word.match(CHINESE_WORDS) ?? [])
  const latin = words.filter((word) => /\p{Script=Latin}/u.test(word)).length
  const [found] = SCRIPTS.map(([language, letter]) => ({
    language,
    words: words.filter((word) => letter.test(word)),
  })).toSorted((one, other) => other.words.length - one.words.length)
  if (!found || found.words.length === 0 || found.words.length * 2 < latin) return undefined
  return isForeign(found.language, text) ? { ...found, language: 'und' } : found
}

function isForeign(language: LanguageCode | 'und', text: string): boolean {
  const foreign = FOREIGN_LETTERS[language]
  return foreign !== undefined && (text.match(foreign)?.length ?? 0) >= FEWEST_FOREIGN_LETTERS
}
