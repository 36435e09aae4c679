/** Accents and tones in Latin and Cyrillic, vowel signs and hamza in Arabic; the signs of Hindi are letters of their own. */
const DIACRITICS = /[\u0300-\u036f\u064b-\u065f]/g

/** A text in small letters without diacritics: recognisers set them or not. */
export function withoutDiacritics(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return text
    .normalize('NFD')
    .replace(DIACRITICS, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('ł', 'l')
    .replaceAll('’', "'")
}

/** Most of what callers say: it needs no more than small letters. */
export function isAscii(text: string): boolean {
  return !/\P{ASCII}/u.test(text)
}
