/**
 * Somebody else's words in one line: whatever breaks or ends one is a space, and what shows as nothing or turns the words
 * behind it round is gone. Joiners stay: Hindi and Arabic are written with them.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
}
