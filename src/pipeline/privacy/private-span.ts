/** Numbers and addresses that are not to be kept (RELIABILITY S24). `ID`: a long number of unknown kind. */
export type PrivateKind = 'SSN' | 'CARD' | 'ACCOUNT' | 'PIN' | 'PHONE' | 'EMAIL' | 'DOB' | 'ID'

/** A stretch of a text; UTF-16 offsets, the end exclusive. */
export interface PrivateSpan {
  readonly start: number
  readonly end: number
  readonly kind: PrivateKind
}
