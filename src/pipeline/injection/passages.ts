import { partRead } from '../plain-text.ts'

/** Zero width characters, joiners and soft hyphens, by which a written order is hidden from a reader of words. */
const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu

/** Letters said or written one by one, words perhaps set apart by wider gaps. */
const SPELLED = /(?<![\p{L}\p{N}])\p{L}(?: {1,3}\p{L}){4,}(?![\p{L}\p{N}])/gu
const NARROW_GAP = /(?<! ) (?! )/g
/** As many as no name and no e-mail address has in one breath. */
const LONG_SPELLED = /(?<![\p{L}\p{N}])\p{L}(?: \p{L}){13}/u
/** Words in capitals within a sentence that is not. */
const SHOUTED = /(?:(?<!\p{L})\p{Lu}{2,}(?!\p{L})[^\p{L}]{1,3}){3}\p{Lu}{2,}/u

/** Words of a passage where nobody set a mark, and how far the next one begins after it. */
const WINDOW = 14
const STEP = 7
/** More passages than an utterance has; the whole text stands for what comes after. */
const MOST_PASSAGES = 24

export interface Passages {
  /**
   * The whole and each sentence of it: an order may hide behind a long and innocent question. Small letters,
   * compatibility forms, single spaces, nothing unseen, spelled words joined.
   */
  readonly passages: readonly string[]
  /** What was done to hide it. */
  readonly hidden: readonly string[]
}

export function readPassages(said: string): Passages {
  // An order hidden deeper is still only words (RELIABILITY S13).
  const cut = partRead(said).normalize('NFKC')
  const seen = cut.replace(UNSEEN, '')
  const small = seen.toLowerCase().replaceAll('’', "'")
  const joined = small.replace(SPELLED, (letters) => letters.replace(NARROW_GAP, ''))
  const text = evenlySpaced(joined)
  const hidden = [
    ...(seen.length < cut.length ? ['unseen characters'] : []),
    ...(LONG_SPELLED.test(evenlySpaced(small)) ? ['spelled out'] : []),
    ...(SHOUTED.test(seen) && /\p{Ll}/u.test(seen) ? ['shouted'] : []),
  ]
  return { passages: [...new Set([text, ...sentencesOf(text).flatMap(windowsOf)])].slice(0, MOST_PASSAGES), hidden }
}

function evenlySpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?:]) |(?<=[。！？])/u).filter((sentence) => /\p{L}{2}/u.test(sentence))
}

function windowsOf(sentence: string): string[] {
  const words = sentence.split(' ')
  if (words.length < WINDOW + STEP) return [sentence]
  const windows: string[] = []
  for (let from = 0; from + STEP < words.length; from += STEP) windows.push(words.slice(from, from + WINDOW).join(' '))
  return windows
}
