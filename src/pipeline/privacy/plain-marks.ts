/**
 * The text, as long as it was, with a plain space or dash in place of each that is written otherwise: ends of lines, thin
 * and unbreakable spaces, dots in the middle, and what shows as nothing, stand between digits as a space does.
 */
export function plainMarks(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return text.replace(SPACES, ' ').replace(DASHES, '-')
}

const SPACES =
  /[\t-\r\u0085\u00a0\u00ad\u00b7\u1680\u180e\u2000-\u200b\u200e\u200f\u2022\u2024\u2027-\u202f\u2219\u22c5\u30fb\u205f-\u2064\u2066-\u2069\u3000\ufeff]/g
const DASHES = /[\u2010-\u2012\u2043\u2212\ufe58\ufe63\uff0d]/g
