import { matchesIn } from '../matches-in.ts'
import type { PrivateKind, PrivateSpan } from './private-span.ts'
import { cueBefore, tokenAt, type Utterance } from './utterance.ts'

/** Letters and digits in one word: a bank account in Europe (IBAN), a driver's licence, a policy. */

const CODES = /[a-z\d]+/gi

/** ISO 13616: country, two check digits, then at most thirty letters and digits. */
const IBAN = /^[a-z]{2}\d{2}[a-z\d]{4,30}$/i
const IBAN_START = /^[a-z]{2}\d{2}$/i
const IBAN_GROUP = /^(?=.*\d)[a-z\d]{2,4}$|^[a-z]{4}$/i
const SHORTEST_IBAN = 15

/** A code of so many digits is private whatever it is; a shorter one when it is named. */
const LONG_DIGITS = 7
const NAMED_DIGITS = 5
/** "401k", "1098e", "30yr" have fewer digits; more letters make a word. */
const MOST_LETTERS = 5

interface Code {
  readonly start: number
  readonly end: number
  readonly text: string
}

export function codesIn(said: Utterance): PrivateSpan[] {
  const codes = matchesIn(said.text, CODES).map(({ 0: text, index }) => ({
    start: index,
    end: index + text.length,
    text,
  }))
  return codes.flatMap((code, at) => {
    const end = endOfIban(said.text, codes, at)
    if (end) return [{ start: code.start, end, kind: 'ACCOUNT' as const }]
    const kind = kindOfCode(code, said)
    return kind ? [{ start: code.start, end: code.end, kind }] : []
  })
}

/** "GB82WEST12345698765432" or in groups of four. */
function endOfIban(text: string, codes: readonly Code[], at: number): number | undefined {
  const code = codes[at]!
  if (code.text.length >= SHORTEST_IBAN && IBAN.test(code.text)) return code.end
  if (!IBAN_START.test(code.text)) return undefined
  let [last, length] = [at, code.text.length]
  for (let next = at + 1; next < codes.length && length < 34; next += 1) {
    const isGroup = text.slice(codes[last]!.end, codes[next]!.start) === ' ' && IBAN_GROUP.test(codes[next]!.text)
    if (!isGroup) break
    last = next
    length += codes[next]!.text.length
  }
  return length >= SHORTEST_IBAN ? codes[last]!.end : undefined
}

function kindOfCode({ text, start }: Code, said: Utterance): PrivateKind | undefined {
  const digits = text.replace(/\D/g, '').length
  const letters = text.length - digits
  if (letters === 0 || letters > MOST_LETTERS || digits < NAMED_DIGITS) return undefined
  const cue = cueBefore(said, tokenAt(said, start))
  const named = cue && cue.kind !== 'figure' && cue.kind !== 'EMAIL' && cue.isOfNumber ? cue.kind : undefined
  if (digits >= LONG_DIGITS) return named === 'ACCOUNT' ? named : 'ID'
  return named
}
