import type { EndReason, LedgerEntry } from './facts.ts'
import type { PlacedCall } from './outbound/placed-call.ts'
import type { Screening } from './screener.ts'

/** Where calls are kept. The call room asks for this much; `business/` provides it. */
export interface CallStore {
  /**
   * Stores a call that rings; the same call again changes nothing. Throws `carrier_call_taken` when the carrier's call is
   * kept under another id of ours: nothing of this one could be stored.
   */
  begin(call: NewCall): Promise<void>
  /**
   * Adds ledger entries; resolves when they are durable. Grouped with those of other calls. An entry whose `seq` is
   * stored already changes nothing, so a write of unknown outcome may be repeated.
   */
  append(callId: string, entries: readonly LedgerEntry[]): Promise<void>
  /** Saves the finished call with everything that follows from it in one transaction. A second end changes nothing. */
  end(record: CallRecord): Promise<void>
  /** A call with its ledger, by the carrier's id; undefined when we never saw it. */
  find(carrierCallId: string): Promise<StoredCall | undefined>
  /** As `find`, but does not wait for what is still to be written: for calls of which this process holds nothing. */
  findDurable(carrierCallId: string): Promise<StoredCall | undefined>
  /** Calls without an end, e.g. those a killed process left behind, without their ledgers. The oldest first. */
  unfinished(): Promise<NewCall[]>
}

export interface NewCall {
  readonly callId: string
  /** Twilio's CallSid. */
  readonly carrierCallId: string
  /** E.164, or undefined when withheld. */
  readonly from: string | undefined
  readonly to: string
  /** Epoch ms of the ring. */
  readonly startedAt: number
  readonly agent: string
  readonly engine: string
  /** What was thought of the ring; not stored here but in the ledger, and not there when nothing was screened. */
  readonly screening?: Screening | undefined
  /** Of a call we placed: `from` is whom we called, `to` our own number. Kept in the ledger, too. */
  readonly outbound?: PlacedCall | undefined
}

export interface StoredCall extends NewCall {
  readonly endedAt: number | undefined
  readonly endReason: EndReason | undefined
  readonly entries: readonly LedgerEntry[]
}

/** The finished call as the company keeps it. */
export interface CallRecord {
  readonly callId: string
  readonly endedAt: number
  readonly endReason: EndReason
  /** Ms from answer to end; 0 when never answered. */
  readonly talkedMs: number
  readonly turns: number
  readonly interruptions: number
  readonly deadAirMs: number
  /** US dollars by the price table of `priceVersion`. */
  readonly costUsd: number
  readonly priceVersion: string
  /** US dollars the voice engine would have cost, of a call that was kept from it. */
  readonly costAvoidedUsd?: number | undefined
  /** File name in the recordings folder, or undefined when there is none. */
  readonly recordingFile: string | undefined
  /** A robocall was suspected in it, asked to prove that it is a person, and did not. */
  readonly robocall?: boolean
  /** One paragraph of what was heard and done, made from the ledger without a model. */
  readonly summary: string
}
