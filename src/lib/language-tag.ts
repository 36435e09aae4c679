/** The language of a BCP 47 tag, without its region or script: `es` of `es-MX`. */
export function languageOf(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase()
}
