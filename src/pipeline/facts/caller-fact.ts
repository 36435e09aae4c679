/** What is collected of a caller while they talk. */
export type CallerFactKey =
  | 'name'
  | 'loan purpose'
  | 'property state'
  | 'property use'
  | 'call-back number'
  | 'time wish'
  | 'urgency'
