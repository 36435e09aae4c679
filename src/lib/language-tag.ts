/** The language of a BCP 47 tag, without its region or script: `es` of `es-MX`. */
export function languageOf(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase()
}

/** The name in English of a tag's language: `Spanish` of `es-US`. */
export function languageName(tag: string): string {
  return NAMES.of(languageOf(tag)) ?? tag
}

const NAMES = new Intl.DisplayNames('en', { type: 'language' })
