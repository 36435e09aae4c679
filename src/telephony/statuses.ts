const LIVE = ['queued', 'initiated', 'ringing', 'in-progress'] as const
const TERMINAL = ['completed', 'busy', 'failed', 'no-answer', 'canceled'] as const

/** Twilio's word for where a call is. */
export type CarrierStatus = (typeof LIVE)[number] | (typeof TERMINAL)[number]

const KNOWN: ReadonlySet<unknown> = new Set([...LIVE, ...TERMINAL])
const OVER: ReadonlySet<CarrierStatus> = new Set(TERMINAL)

/** The status in a callback's `CallStatus`, or undefined when it is none we know. */
export function parseCarrierStatus(value: unknown): CarrierStatus | undefined {
  return KNOWN.has(value) ? (value as CarrierStatus) : undefined
}

/**
 * The call is over at the carrier. Only this counts of a status: callbacks come late, twice and out of order, and the
 * call's own session lets its first end stand (RELIABILITY I4, F19).
 */
export function isTerminal(status: CarrierStatus): boolean {
  return OVER.has(status)
}
