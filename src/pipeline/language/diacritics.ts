/** Accents and tones in Latin and Cyrillic, vowel signs and hamza in Arabic; the signs of Hindi are letters of their own. */
const DIACRITICS = /[\u0300-\u036f\u064b-\u065f]/g

/** A text in small letters without diacritics: recognisers set them or not. */
export function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(DIACRITICS, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('ł', 'l')
    .replaceAll('’', "'")
}
