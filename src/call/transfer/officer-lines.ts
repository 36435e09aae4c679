import type { OfficerLegs } from './officer-legs.ts'

/** Whom a caller can be connected with, and how their telephones are rung. The business and the carrier provide it. */
export interface OfficerLines {
  /** Best first, at most three. Empty: nobody is there to be rung now. Rejects when that cannot be learned. */
  candidates(need: TransferNeed): Promise<readonly Candidate[]>
  /**
   * Rings the telephone of an officer, who is then asked whether they take the call. Resolves when the carrier has taken
   * that on; what becomes of it comes by `legs`. Rejects when the carrier did not, or may not have, taken it on: the leg
   * is given up, and whoever picks it up all the same hears that they are not needed any more.
   */
  ring(leg: LegOrder): Promise<void>
  /** Ends a leg that was rung, with these words to one who has picked up. One that is over is a success. */
  letGo(legId: string, words?: string): Promise<void>
  /** Whether two talk in the conference of this name. Rejects when that cannot be learned. */
  areTogether(conference: string): Promise<boolean>
  /** Ends whatever a process that died left ringing for the call. */
  letGoOf(callId: string): Promise<void>
  /** Where the carrier's news of legs arrives. */
  readonly legs: OfficerLegs
  /** Keeps what became of transfers, beside the ledger. Never rejects; facts of one transfer are kept in their order. */
  readonly book: TransferBook
}

export interface TransferNeed {
  readonly callId: string
  readonly callerNumber: string | undefined
  readonly language: string
  /** As the caller stated them. */
  readonly propertyState: string | undefined
  readonly loanPurpose: string | undefined
  /** Asked for by the caller, by the id the model was given. */
  readonly officerId: string | undefined
  /** Who has been rung already. */
  readonly except: readonly string[]
}

export interface Candidate {
  readonly officerId: string
  readonly name: string
  /** Said to the caller when they are connected (RELIABILITY C16). */
  readonly nmlsId: string | undefined
  /** E.164. */
  readonly phone: string
  /** Why they were chosen: "licensed in TX", "speaks Spanish". */
  readonly because: readonly string[]
}

export interface LegOrder {
  readonly legId: string
  readonly transferId: string
  readonly candidate: Candidate
  readonly ringMs: number
}

export interface TransferBook {
  began(transfer: TransferBegun): void
  rang(leg: { readonly legId: string; readonly transferId: string; readonly officerId: string }): void
  legEnded(legId: string, outcome: LegOutcome): void
  /** The officer and the caller talk. `brief`: what the officer was told, to be sent to them in writing. */
  bridged(transfer: {
    readonly transferId: string
    readonly candidate: Candidate
    readonly brief: string
    readonly callerNumber: string | undefined
  }): void
  ended(transferId: string, outcome: TransferOutcome): void
}

export interface TransferBegun {
  readonly transferId: string
  readonly callId: string
  readonly carrierCallId: string
  readonly because: string
}

/** `voicemail`: picked up, and no key was pressed. `lost`: accepted, and gone before the caller was there. */
export type LegOutcome =
  | 'accepted'
  | 'declined'
  | 'busy'
  | 'no answer'
  | 'voicemail'
  | 'failed'
  | 'lost'
  | 'caller left'
  | 'called off'

export type TransferOutcome = 'bridged' | 'nobody free' | 'caller left' | 'called off'
