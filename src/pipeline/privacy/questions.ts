import type { CueKind } from './cue-words.ts'
import { type Cue, cuesIn } from './cues.ts'
import type { PrivateKind } from './private-span.ts'
import { tokensOf } from './tokens.ts'

/** What the agent's last words ask the caller for. */
export interface Question {
  /** Private numbers asked for, the last named first. */
  readonly kinds: readonly PrivateKind[]
  /** A price, a time, a ZIP code and nothing private. */
  readonly asksForFigure: boolean
}

/** "How can I help you today?" */
const NO_QUESTION: Question = { kinds: [], asksForFigure: false }

const LONGEST_READ = 600
const GENERIC_NUMBER = /\b(?:number|digits|n[uú]mero|d[ií]gitos)\b/i
const REQUEST =
  /[?？]|\b(?:what|which|need|give|tell|say|spell|repeat|provide|confirm|verify|enter|share|have|read|please|cu[aá]l|dame|deme|digame|confirme|necesito)\b/i

/** Whether it asks for a number, or for anything. */
export function isQuestion(text: string): boolean {
  return /[?？]/.test(text) || questionOf(text).kinds.length > 0
}

/** Reads the last two sentences that ask for something. */
export function questionOf(prompt: string | undefined): Question {
  if (!prompt) return NO_QUESTION
  const asking = (prompt.slice(-LONGEST_READ).match(/[^.!?？。]+[.!?？。]*/g) ?? [])
    .slice(-2)
    .filter((sentence) => REQUEST.test(sentence))
    .join(' ')
  const cues = cuesIn(tokensOf(asking))
  const asksForFigure = cues.some(({ kind }) => kind === 'figure')
  // "When may we call you?" and "How much do you have in the account?" ask for no number of a telephone or an account.
  const named = asksForFigure ? cues.filter(namesNumber) : cues
  const kinds = [
    ...new Set(
      named
        .map(({ kind }) => kind)
        .filter(isPrivate)
        .reverse(),
    ),
  ]
  if (kinds.length > 0) return { kinds, asksForFigure: false }
  if (asksForFigure) return { kinds, asksForFigure }
  return GENERIC_NUMBER.test(asking) ? { kinds: ['ID'], asksForFigure } : NO_QUESTION
}

function namesNumber({ kind, isOfNumber }: Cue): boolean {
  return isOfNumber || (kind !== 'PHONE' && kind !== 'ACCOUNT' && kind !== 'ID')
}

function isPrivate(kind: CueKind): kind is PrivateKind {
  return kind !== 'figure'
}
