import { expect, it } from 'vitest'
import { isFaithful } from '../../../src/business/call-outcome/summariser.ts'

const TALK = [
  { by: 'caller', text: 'I owe 400,000 on a loan at six percent, for 30 years.' },
  { by: 'agent', text: 'A licensed officer can help. Shall they call you on Tuesday at 10?' },
] as const

it.each([
  'The caller owes 400,000 on a loan at 6% and is to be called on Tuesday at ten.',
  'The caller owes $400,000 and asks for an officer. No one was connected.',
])('lets a summary stand that says what was said: %s', (summary) => {
  expect(isFaithful(summary, TALK)).toBe(true)
})

it.each([
  'The caller owes 400,000 and was offered a rate of 5.75 percent.',
  'The caller owes 400,000 and was offered five percent instead.',
  'The caller owes half a million and wants an officer to call.',
  'The caller asked for a call on Tuesday at 11.',
  'See https://example.com for what the caller wanted of us.',
  'A call.',
  `The caller wants to be called. ${'They said so again. '.repeat(60)}`,
])('throws away one that says more: %s', (summary) => {
  expect(isFaithful(summary, TALK)).toBe(false)
})
