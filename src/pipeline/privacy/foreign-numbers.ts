import { ALL_DIGIT_WORDS, AMOUNT_WORDS, DIGIT_WORDS } from './digit-words.ts'
import type { PrivateKind, PrivateSpan } from './private-span.ts'
import { between, type Token } from './tokens.ts'
import { cueBefore, type Utterance } from './utterance.ts'

/** Fewer in a row are a price or a count; with the agent's question for a number these may be its pieces. */
const FEWEST = 7
const FEWEST_ASKED = 3

/** Long numbers said in the digit words of languages whose numbers are not read word by word here. */
export function foreignNumbersIn(said: Utterance): PrivateSpan[] {
  const fewest = said.question.kinds.length > 0 ? FEWEST_ASKED : FEWEST
  const digitWords = said.tokens.filter(({ word }) => ALL_DIGIT_WORDS.has(word))
  return DIGIT_WORDS.filter((words) => digitWords.some(({ word }) => words.has(word))).flatMap((words) =>
    stretches(said, words)
      .filter((stretch) => stretch.numbers >= fewest && isOfLanguage(stretch.tokens, words))
      .map(({ tokens, from }) => ({
        start: tokens[0]!.start,
        end: tokens.at(-1)!.end,
        kind: kindOf(said, from, tokens.length),
      })),
  )
}

interface Stretch {
  readonly from: number
  readonly tokens: Token[]
  numbers: number
}

function stretches({ text, tokens }: Utterance, words: ReadonlySet<string>): Stretch[] {
  const found: Stretch[] = []
  let open: Stretch | undefined
  tokens.forEach((token, at) => {
    const isNumber = token.isDigits || words.has(token.word)
    if (!isNumber || !/^[\s,.-]*$/.test(between(text, open ? tokens[at - 1] : token, token))) {
      // 三百五十万: an amount
      if (open && AMOUNT_WORDS.has(token.word)) found.pop()
      open = undefined
    }
    if (!isNumber) return
    if (!open) {
      open = { from: at, tokens: [], numbers: 0 }
      found.push(open)
    }
    if (isKoreanEnding(text, tokens, at)) return
    open.tokens.push(token)
    open.numbers += token.isDigits ? token.word.length : 1
  })
  return found
}

/** "이" (two) also joins "it is" to a number: "오육칠팔이에요". */
function isKoreanEnding(text: string, tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]
  return tokens[at]!.word === '이' && /^[에예고라]$/.test(next?.word ?? '') && between(text, tokens[at], next) === ''
}

/** Mostly said in this language: digits alone are read elsewhere, and "six" is English too. */
function isOfLanguage(tokens: readonly Token[], words: ReadonlySet<string>): boolean {
  const own = tokens.filter(({ word, isDigits }) => !isDigits && words.has(word))
  return own.length * 2 > tokens.length && new Set(own.map(({ word }) => word)).size > 1
}

function kindOf(said: Utterance, from: number, count: number): PrivateKind {
  const cue = cueBefore(said, from)
  if (cue && cue.kind !== 'figure' && cue.kind !== 'EMAIL') return cue.kind
  return said.question.kinds.find((kind) => kind !== 'EMAIL') ?? (count === 10 ? 'PHONE' : 'ID')
}
