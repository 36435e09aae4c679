import { LINKS } from './cue-words.ts'
import { type Cue, cuesIn } from './cues.ts'
import type { NumberPart } from './number-parts.ts'
import { FILLERS } from './number-words.ts'
import { readNumbers } from './numbers-read.ts'
import { plainMarks } from './plain-marks.ts'
import type { Question } from './questions.ts'
import type { Token } from './tokens.ts'

/** A text read once: what the finders of private spans all look at. */
export interface Utterance {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly parts: readonly NumberPart[]
  readonly cues: readonly Cue[]
  readonly question: Question
  /** Nothing but numbers and the words around an answer: "it's 4111, uh, 1111". */
  readonly isBare: boolean
}

export function readUtterance(said: string, question: Question): Utterance {
  const text = plainMarks(said)
  const { tokens, parts } = readNumbers(text)
  return { text, tokens, parts, cues: cuesIn(tokens), question, isBare: isBare(tokens, parts) }
}

/** Whether only linking words and numbers stand between two tokens: "loan number, so it is". */
export function isLinked({ tokens, parts }: Utterance, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const { word, isDigits } = tokens[at]!
    if (isDigits || LINKS.has(word) || FILLERS.has(word) || isLetter(word)) continue
    if (!isInPart(parts, at)) return false
  }
  return true
}

/** "policy number **h x** one two three" */
function isLetter(word: string): boolean {
  return /^[a-z]$/.test(word)
}

function isBare(tokens: readonly Token[], parts: readonly NumberPart[]): boolean {
  return tokens.every(
    ({ word, isDigits }, at) => isDigits || LINKS.has(word) || FILLERS.has(word) || isInPart(parts, at),
  )
}

function isInPart(parts: readonly NumberPart[], at: number): boolean {
  const part = parts[countWhile(parts, ({ to }) => to <= at)]
  return part !== undefined && part.from <= at
}

/** The nearest cue that ends at or before a token. */
export function cueBefore({ cues }: Utterance, at: number): Cue | undefined {
  return cues[countWhile(cues, ({ to }) => to <= at) - 1]
}

/** The nearest cue that begins at or after a token. */
export function cueAfter({ cues }: Utterance, at: number): Cue | undefined {
  return cues[countWhile(cues, ({ from }) => from < at)]
}

/** Index of the first token that begins at a place of the text or after it. */
export function tokenAt({ tokens }: Utterance, offset: number): number {
  return countWhile(tokens, ({ start }) => start < offset)
}

/** How many at the front of an ordered list a condition holds for, found by halving: long texts stay quick. */
function countWhile<T>(ordered: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(ordered[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
