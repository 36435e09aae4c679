/** A call as the carrier announces it. */
export interface IncomingCall {
  /** Twilio's CallSid. */
  readonly carrierCallId: string
  /** As the carrier wrote it: E.164, `anonymous`, a SIP address. */
  readonly from: string
  readonly to: string
  /** The carrier's word on whether the number is the caller's own, such as `TN-Validation-Passed-A`; often none. */
  readonly stirVerdict?: string | undefined
}

/** What a caller did who was asked to show that they are a person. */
export interface ChallengeReply {
  /** Which time of asking this answers; the first is 1. */
  readonly asked: number
  /** The key they pressed, and what was understood of what they said; neither: they were silent. */
  readonly key: string | undefined
  readonly words: string | undefined
}

/** What the carrier is told to do with a call; the telephony room knows how to say it. */
export type RingAnswer =
  /** Open a media stream that presents this one-use token. */
  | { readonly do: 'stream'; readonly token: string }
  | { readonly do: 'reject as busy' }
  /** Not answered at all. */
  | { readonly do: 'reject' }
  /** Ask, by the carrier's own voice, for a key or a few words. `asked`: which time this is, from 1 on. */
  | { readonly do: 'challenge'; readonly asked: number; readonly text: string; readonly language: string }
  | { readonly do: 'connect a person'; readonly number: string }
  /** To an officer who waits there. */
  | { readonly do: 'join a conference'; readonly name: string; readonly legId: string; readonly announced?: string }
  | { readonly do: 'take a message' }
  | { readonly do: 'hang up' }
