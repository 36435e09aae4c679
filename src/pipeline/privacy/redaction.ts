import { findPrivate, type PrivateContext } from './find-private.ts'
import { numberPartsOf } from './number-parts.ts'
import type { PrivateKind, PrivateSpan } from './private-span.ts'
import { tokensOf } from './tokens.ts'

const PLACEHOLDERS: Readonly<Record<PrivateKind, string>> = {
  SSN: '[SSN]',
  CARD: '[card]',
  ACCOUNT: '[account]',
  PIN: '[PIN]',
  PHONE: '[phone]',
  EMAIL: '[email]',
  DOB: '[date of birth]',
  ID: '[number]',
}

/** Shorter ones are pieces, of which the last four digits may be all there is. */
const WHOLE_PHONE = 10

/** The text with each span replaced by what it was: `[SSN]`; of a whole telephone number the last four digits stay. */
export function redact(text: string, spans: readonly PrivateSpan[]): string {
  let redacted = ''
  let at = 0
  for (const { start, end, kind } of spans) {
    redacted += text.slice(at, start) + placeholder(kind, text.slice(start, end))
    at = end
  }
  return redacted + text.slice(at)
}

/** `redact` with what `findPrivate` finds. */
export function hidePrivate(text: string, context?: PrivateContext): string {
  return redact(text, findPrivate(text, context))
}

/** The digits of a stretch of text, written or spoken. */
export function digitsOf(text: string): string {
  return numberPartsOf(text, tokensOf(text))
    .map(({ digits }) => digits)
    .join('')
}

function placeholder(kind: PrivateKind, said: string): string {
  const digits = kind === 'PHONE' ? digitsOf(said) : ''
  return digits.length >= WHOLE_PHONE ? `[phone ..${digits.slice(-4)}]` : PLACEHOLDERS[kind]
}
