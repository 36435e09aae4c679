import { fillPlaceholders } from '../../config/instructions.ts'
import { languageOf } from '../../lib/language-tag.ts'
import { oneLine } from '../../lib/one-line.ts'
import { plainTypography } from './segments.ts'
import { loadTextWording, type TextKey, type TextValues, type TextWordingOptions } from './text-wording.ts'

/** What is texted, in the language of its reader where there is such a text, in English otherwise. */
export interface TextBook {
  /** `language` is a tag such as `es-US`. Each value is told in one line, and cut when it is very long. */
  say<Key extends TextKey>(key: Key, language: string, values: TextValues<Key>): string
  /** A text as the first one of its reader: with the company's NMLS id and how to end it (RELIABILITY C10, C16). */
  asFirst(body: string, language: string): string
}

/** Callers' own words among them: nobody may make a text of ours ten segments long. */
const LONGEST_VALUE = 160

/** @throws HearthlineError `bad_config`, as `loadTextWording`. */
export function loadTextBook(options: TextWordingOptions): TextBook {
  const wordings = loadTextWording(options)
  const wordingOf = (key: TextKey, language: string) =>
    // Loading has seen that English has every text.
    wordings.get(languageOf(language))?.[key] ?? wordings.get('en')![key]!
  return {
    say: (key, language, values) =>
      plainTypography(fillPlaceholders(wordingOf(key, language), inOneLine(values)).filled),
    asFirst(body, language) {
      // HELP and START are answered with how to end it already.
      const notice = body.includes('STOP') ? `NMLS #${options.nmlsId}.` : wordingOf('first-notice', language)
      return plainTypography(`${body} ${notice}`)
    },
  }
}

function inOneLine(values: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(values).map(([name, value]) => [name, shortened(value)] as const)
  return Object.fromEntries(entries)
}

function shortened(value: string): string {
  const line = oneLine(value)
  return line.length <= LONGEST_VALUE ? line : `${line.slice(0, LONGEST_VALUE - 3).trimEnd()}...`
}
