import { readTexts } from './authored-texts.ts'
import { readCallers, readRows } from './labelled-rows.ts'
import type { Example } from './train-linear.ts'

/** Other tasks' rows that are callers with a matter of their own, by task and the beginning of the slice. */
const CALLERS = {
  intent: ['dstc11', 'mortgage', 'clinc150'],
  human_request: ['caller', 'mortgage', 'authored', 'rasa'],
  language: ['phone', 'caller', 'short', 'sentence', 'pair'],
  sentiment: ['caller'],
  pii: ['natural', 'negative', 'phone', 'synthetic'],
}

/** What is said in the middle of a recording is heard first when we answer late: pieces of so many words are learned too. */
const PIECE_WORDS = 15
const PIECE_WEIGHT = 0.5

/** The judged kinds of row: of the development data, for training and for cross-validation. */
export function readSpamRows(folder: string): (Example & { slice: string })[] {
  return readRows(folder, 'spam').map(({ text, label, group, slice }) => ({
    text,
    label: label === 'spam' ? 'robocall' : 'caller',
    slice,
    ...(group && { group }),
  }))
}

/** Everything else that is learned from: texts written for it, and callers of the other tasks that are not `known`. */
export function readMoreExamples(folder: string, known: ReadonlySet<string>): Example[] {
  return [
    ...readTexts('robocall-spam', 'robocall'),
    ...readTexts('robocall-legit', 'caller'),
    ...readCallers(folder, CALLERS, known).map((text) => ({ text, label: 'caller', weight: 0.5 })),
  ]
}

/** The examples and pieces of the long ones: its first words, and stretches from its middle. */
export function withPieces(examples: readonly Example[]): Example[] {
  return examples.flatMap((example) => [example, ...piecesOf(example)])
}

function piecesOf(example: Example): Example[] {
  const words = example.text.split(/\s+/)
  const pieces: Example[] = []
  for (let from = 0; words.length > PIECE_WORDS && from + 8 <= words.length; from += PIECE_WORDS) {
    const text = words.slice(from, from + PIECE_WORDS).join(' ')
    pieces.push({
      group: example.text,
      ...example,
      text,
      weight: (example.weight ?? 1) * (from === 0 ? 1 : PIECE_WEIGHT),
    })
  }
  return pieces
}
