/** What callers of a mortgage company want. */
export const INTENTS = [
  'loan_status',
  'new_loan',
  'refinance',
  'rates',
  'make_payment',
  'payment_problem',
  'payoff',
  'escrow',
  'documents',
  'schedule_appointment',
  'account_update',
  'general_info',
  'other',
] as const

export type Intent = (typeof INTENTS)[number]
