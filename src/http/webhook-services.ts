import type { ChallengeReply, IncomingCall, RingAnswer } from '../call/ring-answer.ts'
import type { Clock } from '../lib/clock.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { HandOver } from '../telephony/line.ts'
import type { SignatureCheck } from '../telephony/signature.ts'
import type { CarrierTerms } from './carrier-terms.ts'

/** What the carrier's webhooks ask of the calls. */
export interface WebhookSwitchboard {
  /** The same call again gets the same answer (RELIABILITY F18). */
  ring(call: IncomingCall): Promise<RingAnswer>
  /** A caller who was asked to show that they are a person did, or did not. The same again gets the same answer. */
  challenged(call: IncomingCall, reply: ChallengeReply): Promise<RingAnswer>
  resume(carrierCallId: string): Promise<RingAnswer>
  /** The call is over at the carrier. May be told more than once, and of calls that are not ours. */
  carrierEnded(carrierCallId: string): Promise<void>
}

export interface WebhookServices {
  readonly switchboard: WebhookSwitchboard
  /** Undefined: requests are believed. Only ever in a rehearsal (RELIABILITY S5). */
  readonly signatures: Pick<SignatureCheck, 'form'> | undefined
  readonly terms: CarrierTerms
  /** Who takes a call we have failed: a person in office hours, a recorded message otherwise. */
  readonly rescue: () => Exclude<HandOver, { to: 'resume' }>
  /** Keeps a message that a caller recorded without us. May be told the same message twice. */
  readonly messageLeft: (carrierCallId: string, message: RecordedMessage) => Promise<void>
  /** Origin of the carrier's REST API, where its recordings are kept. */
  readonly carrierBaseUrl: string
  readonly metrics: Metrics
  readonly clock: Clock
}

export interface RecordedMessage {
  /** Where the carrier keeps the recording; its own address, checked. */
  readonly recordingUrl: string
  readonly durationSeconds: number
}
