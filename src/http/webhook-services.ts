import type { PlacedCall } from '../call/outbound/placed-call.ts'
import type { ChallengeReply, IncomingCall, RingAnswer } from '../call/ring-answer.ts'
import type { OfficerLegs } from '../call/transfer/officer-legs.ts'
import type { Clock } from '../lib/clock.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { Rescue } from '../telephony/line.ts'
import type { SignatureCheck } from '../telephony/signature.ts'
import type { Carrier } from '../telephony/twilio-carrier.ts'
import type { CarrierTerms } from './carrier-terms.ts'
import type { TextServices } from './text-services.ts'

/** What the carrier's webhooks ask of the calls. */
export interface WebhookSwitchboard {
  /** The same call again gets the same answer (RELIABILITY F18). */
  ring(call: IncomingCall): Promise<RingAnswer>
  /** A caller who was asked to show that they are a person did, or did not. The same again gets the same answer. */
  challenged(call: IncomingCall, reply: ChallengeReply): Promise<RingAnswer>
  resume(carrierCallId: string): Promise<RingAnswer>
  /** Whom we called has answered. The same again gets the same answer. */
  placed(call: IncomingCall, placed: PlacedCall): Promise<RingAnswer>
  /** A caller waits for an officer who is not there. Whether they are to be brought back. */
  leftAlone(carrierCallId: string, options: { readonly isLong: boolean }): Promise<boolean>
  /** What the carrier thinks picked up a call of ours. */
  pickedUpBy(carrierCallId: string, answeredBy: 'human' | 'machine' | 'fax'): void
  /** The call is over at the carrier. May be told more than once, and of calls that are not ours. */
  carrierEnded(carrierCallId: string): Promise<void>
}

export interface WebhookServices {
  readonly switchboard: WebhookSwitchboard
  /** Undefined: requests are believed. Only ever in a rehearsal (RELIABILITY S5). */
  readonly signatures: Pick<SignatureCheck, 'form'> | undefined
  /** The same for what is asked of this very process. */
  readonly instanceSignatures: Pick<SignatureCheck, 'form'> | undefined
  readonly terms: CarrierTerms
  readonly outbound: WebhookOutbound
  /** Who takes a call we have failed: a person in office hours, a recorded message otherwise. */
  readonly rescue: () => Rescue
  /** Where news of the telephones of officers goes, and what they are told. */
  readonly officerLegs: Pick<OfficerLegs, 'tell'>
  readonly transferNews: TransferNews
  readonly carrier: Pick<Carrier, 'redirect'>
  /** Keeps a message that a caller recorded without us. May be told the same message twice. */
  readonly messageLeft: (carrierCallId: string, message: RecordedMessage) => Promise<void>
  readonly texts: TextServices
  /** Origin of the carrier's REST API, where its recordings are kept. */
  readonly carrierBaseUrl: string
  readonly metrics: Metrics
  readonly clock: Clock
}

/** What is kept of a leg to an officer, by what the carrier says of it; in any order, and more than once (F18, F19). */
export interface TransferNews {
  legStatus(news: { legId: string; carrierCallId: string; status: string }): Promise<void>
  parted(legId: string): Promise<void>
}

/** What the webhooks of calls we placed ask of the business; all may be told twice, and of calls that are not ours. */
export interface WebhookOutbound {
  /** Whether we may speak to whom we called, and about what; undefined: nothing is said (RELIABILITY F26). */
  answered(
    outboundId: string,
    carrierSid: string,
  ): Promise<{ readonly call: AnsweredCall; readonly isRepeat: boolean } | undefined>
  /** They answered, and nobody spoke to them. */
  abandoned(outboundId: string): Promise<void>
  answeredBy(outboundId: string, answeredBy: string): Promise<void>
  report(outboundId: string, report: { readonly carrierSid: string; readonly status: string }): Promise<void>
}

export interface AnsweredCall extends Omit<PlacedCall, 'outboundId'> {
  readonly id: string
  /** E.164 of whom we called. */
  readonly number: string
}

export interface RecordedMessage {
  /** Where the carrier keeps the recording; its own address, checked. */
  readonly recordingUrl: string
  readonly durationSeconds: number
}
