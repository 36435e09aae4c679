import type { HandOver } from './line.ts'
import type { Carrier } from './twilio-carrier.ts'
import { type HandOverTerms, handOverTwiml } from './twiml.ts'

/** What a line may ask of the carrier: only about its own call. */
export interface CallControl {
  /** Ends the call at the carrier; succeeds when it is over already. */
  hangUp(): Promise<void>
  /**
   * Sends the call elsewhere, which ends its stream. Rejects when the call is over or the carrier cannot be told; the
   * signal ends further tries.
   */
  handOver(to: HandOver, signal: AbortSignal): Promise<void>
}

export function createCallControl(options: { carrier: Carrier; callSid: string; terms: HandOverTerms }): CallControl {
  const { carrier, callSid, terms } = options
  return {
    hangUp: () => carrier.hangUp(callSid),
    handOver: (to, signal) => carrier.redirect(callSid, handOverTwiml(to, terms), signal),
  }
}
