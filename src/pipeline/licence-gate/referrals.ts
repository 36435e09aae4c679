import { matchesIn } from '../matches-in.ts'
import { type Barred, barred } from './barred.ts'
import { AMBIGUOUS_PROVIDERS, GENERIC, KINDS, KNOWN_PROVIDERS, SPANISH_KINDS } from './provider-names.ts'
import { isStatedAsOurs } from './stated-as-ours.ts'

const KNOWN = new RegExp(`(?<![\\p{L}\\p{N}])(?:${KNOWN_PROVIDERS.join('|')})(?![\\p{L}\\p{N}])`, 'iu')

/** "Pine Street Home Inspections": a kind of provider in capitals after names in capitals. */
const NAMED = new RegExp(
  `(?<![\\p{L}\\p{N}])((?:\\p{Lu}[\\p{L}\\p{N}'’.-]*\\s+(?:(?:and|&|of)\\s+)?){1,4})(?:${KINDS})(?![\\p{L}])`,
  'gu',
)
const NAMED_IN_SPANISH = new RegExp(`(?<![\\p{L}])(?:${SPANISH_KINDS})\\s+(?:(?:de|del|la)\\s+)?\\p{Lu}[\\p{L}]+`, 'u')

/** Names that are words as well: a name only where somebody is sent there. */
const SENT_TO_NAME = new RegExp(
  `\\b(?:through|with|from|suggestion is|call|use|try|like|recommend|suggest|contact|by)\\s+(?:${AMBIGUOUS_PROVIDERS})(?![\\p{L}])|\\b(?:attorney|lawyer|notary|appraiser|inspector|insurance agent|insurer|realtor|abogad[oa]|notari[oa]|tasador|aseguradora)\\s+\\p{Lu}\\p{Ll}+`,
  'u',
)

/** As a transcript without capitals writes it: "call coastal title". */
const SENT_TO = new RegExp(
  `\\b(?:use|using|call|try|recommend|suggest|go with|work with|contact|choose|hire|reach out to|ask for|refer you to)\\s+((?:[\\w'-]+\\s+){1,3})(?:${KINDS.toLowerCase()})\\b|\\b(?:at|with|through)\\s+((?:[\\w'-]+\\s+){1,2})(?:title|escrow|appraisals)\\b`,
)

/**
 * The first provider a sentence names: a referral, whatever is said of it. `text` as it was written, `lower` in small
 * letters.
 */
export function findReferral(text: string, lower: string): Barred | undefined {
  for (const { words, index } of namesIn(text, lower)) {
    if (isStatedAsOurs(lower.slice(0, index))) return barred('referral', words.toLowerCase())
  }
  return undefined
}

function* namesIn(text: string, lower: string): Generator<{ words: string; index: number }> {
  const known = KNOWN.exec(text) ?? SENT_TO_NAME.exec(text) ?? NAMED_IN_SPANISH.exec(text)
  if (known) yield { words: known[0], index: known.index }
  for (const match of matchesIn(text, NAMED)) if (isName(match[1]!)) yield { words: match[0], index: match.index }
  const sent = SENT_TO.exec(lower)
  if (sent && isName(sent[1] ?? sent[2]!, true)) yield { words: sent[0], index: sent.index }
}

/** In small letters every word must be a name's: "use licensed title" names nobody. */
function isName(words: string, inSmallLetters = false): boolean {
  const generic = words
    .trim()
    .split(/\s+/)
    .map((word) => GENERIC.has(word.toLowerCase()))
  return inSmallLetters ? !generic.includes(true) : generic.includes(false)
}
