import type { CallEvent } from './call-events.ts'
import type { Person } from './carrier.ts'
import type { CallbackTarget, DialledLeg, DialRequest } from './leg.ts'

/** What one leg is made of. */
export interface EmulatedCallOptions {
  readonly callSid: string
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial'
  readonly from: string
  readonly to: string
  readonly parentCallSid?: string | undefined
  readonly fallbackAddress?: string | undefined
  readonly statusCallback?: CallbackTarget | undefined
  /** Added to the webhooks' params, or put in their place; undefined takes one away. */
  readonly params?: Readonly<Record<string, string | undefined>> | undefined
  /** Who is at the other end, when it is the carrier that dials; of a caller only what they reply when asked. */
  readonly person?: Person | undefined
  /** Ends the call this long after it was answered. */
  readonly timeLimitMs?: number | undefined
  readonly dial: (request: DialRequest) => DialledLeg
  readonly onEvent?: ((event: CallEvent) => void) | undefined
}
