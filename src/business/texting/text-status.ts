/**
 * Where a text is. The first two are ours: `waiting` for its moment, `asked` while the carrier's answer is not known.
 * `refused` is ours too: it never left. The others are the carrier's words.
 */
const RANKS = {
  waiting: 0,
  asked: 1,
  accepted: 2,
  scheduled: 2,
  queued: 3,
  sending: 4,
  sent: 5,
  delivered: 6,
  undelivered: 6,
  failed: 6,
  canceled: 6,
  refused: 6,
  read: 7,
  // Of texts that came.
  received: 6,
} as const

export type TextStatus = keyof typeof RANKS

const OUR_WORDS: ReadonlySet<string> = new Set(['waiting', 'asked', 'refused', 'received'] satisfies TextStatus[])

/** Nothing follows these, whatever the carrier reports later. */
export const FAILED_STATUSES = ['undelivered', 'failed', 'canceled', 'refused'] as const satisfies TextStatus[]

/** A text only ever rises; of the final ones the first stands, but that a delivered one may be read (RELIABILITY I4). */
export function rankOf(status: TextStatus): number {
  return RANKS[status]
}

/** The carrier's word for where a text of ours is, or undefined when it is none we know. */
export function parseCarrierWord(value: string): TextStatus | undefined {
  return Object.hasOwn(RANKS, value) && !OUR_WORDS.has(value) ? (value as TextStatus) : undefined
}

export function isFinal(status: TextStatus): boolean {
  return RANKS[status] >= RANKS.delivered
}
