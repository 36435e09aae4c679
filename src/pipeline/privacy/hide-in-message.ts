import { findPrivate } from './find-private.ts'
import type { PrivateSpan } from './private-span.ts'
import { digitsOf, redact } from './redaction.ts'

/**
 * The text of a message as it may be kept and passed on: it says how to reach somebody; everything else that is private
 * is taken out of it.
 */
export function hideInMessage(text: string): string {
  const isSpared = ({ kind, start, end }: PrivateSpan) =>
    kind === 'EMAIL' || (kind === 'PHONE' && isCallable(text.slice(start, end)))
  return redact(
    text,
    findPrivate(text).filter((span) => !isSpared(span)),
  )
}

/** Of the length of a telephone number, or with an extension: "call about 219099999" speaks of something else. */
function isCallable(said: string): boolean {
  const { length } = digitsOf(said)
  return said.startsWith('+') || /\d\s?x\s?\d/i.test(said) || length === 7 || (length >= 10 && length <= 13)
}
