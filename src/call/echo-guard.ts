import { wordsOf } from '../lib/spoken-words.ts'
import type { Overlap } from './back-channel.ts'

/** About 3 s of speech: an echo is late, and so is the news of it. */
const WORDS_BACK = 10
/** The caller hears a little more than the carrier has confirmed. */
const WORDS_AHEAD = 4

/** A recogniser mishears an echo: of long ones this share of the words must be ours, in our order. */
const ENOUGH_OURS = 0.8
const FEWEST_MISHEARD = 3

/** Two words must be the very last we said; one must also be too long to be said by chance. */
const JUST_SAID_WORDS = 4
const LONG_WORD = 8

/** A caller who is given a choice names it in our own words: "fixed or adjustable?" */
const CHOICE = /\?|(?<!\p{L})(?:or|o|hoặc|hay)(?!\p{L})/u
const FEWEST_AFTER_A_CHOICE = 5

/**
 * Whether words recognised of the caller while we spoke are our own voice that came back over their line. Never true of
 * a short answer: "yes" over "yes or no" is the caller's.
 */
export function isEcho(text: string, { heard, unheard }: Overlap): boolean {
  const words = wordsOf(text)
  const before = wordsOf(heard)
  const ours = [...before.slice(-WORDS_BACK), ...wordsOf(unheard).slice(0, WORDS_AHEAD)]
  if (words.length < FEWEST_AFTER_A_CHOICE && CHOICE.test(lately(heard))) return false
  if (words.length >= FEWEST_MISHEARD) return inOrder(words, ours) >= words.length * ENOUGH_OURS
  const justSaid = ours.slice(-JUST_SAID_WORDS - WORDS_AHEAD)
  if (words.length === 1 && words[0]!.length < LONG_WORD) return false
  return words.length > 0 && !text.includes('?') && contains(justSaid, words)
}

function lately(heard: string): string {
  return heard.split(/\s+/).slice(-WORDS_BACK).join(' ')
}

/** The most of the words that occur in one stretch of ours hardly longer than they are, in the same order. */
function inOrder(words: readonly string[], ours: readonly string[]): number {
  const span = words.length + 1
  let most = 0
  for (let from = 0; from === 0 || from + span <= ours.length; from++) {
    most = Math.max(most, longestCommon(words, ours.slice(from, from + span)))
  }
  return most
}

/** Length of the longest common subsequence. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const word of a) {
    const next = [0]
    for (const [at, other] of b.entries()) next.push(word === other ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!))
    row = next
  }
  return row[b.length]!
}

function contains(ours: readonly string[], words: readonly string[]): boolean {
  return ours.some((_, from) => words.every((word, at) => ours[from + at] === word))
}
