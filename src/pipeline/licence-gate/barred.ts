import type { BarredSpeech } from '../speech-rule.ts'

/** What the agent was about to say and may not. */
export interface Barred extends BarredSpeech {
  readonly rule: BarredRule
  /** The words it was judged by, in small letters. */
  readonly words: string
}

/**
 * `rate`: a rate as a figure; `terms`: any other figure, promise or choice of a loan (RELIABILITY C11, C12).
 * `eligibility`: whether somebody may have a loan, or should not bother (C11, C14). `forbidden question`: what no
 * lender may ask, and what only an application asks (C11, C14). `referral`: a provider by name (C15).
 */
export type BarredRule = 'rate' | 'terms' | 'eligibility' | 'forbidden question' | 'referral'

const PHRASES: Readonly<Record<BarredRule, Barred['phrase']>> = {
  rate: 'no-rates',
  terms: 'no-rates',
  eligibility: 'no-eligibility',
  'forbidden question': 'no-such-question',
  referral: 'no-referral',
}

export function barred(rule: BarredRule, words: string): Barred {
  return { rule, words: words.trim(), phrase: PHRASES[rule] }
}
