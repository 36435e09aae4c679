/** A call as the carrier announces it. */
export interface IncomingCall {
  /** Twilio's CallSid. */
  readonly carrierCallId: string
  /** As the carrier wrote it: E.164, `anonymous`, a SIP address. */
  readonly from: string
  readonly to: string
}

/** What the carrier is told to do with a call; the telephony room knows how to say it. */
export type RingAnswer =
  /** Open a media stream that presents this one-use token. */
  | { readonly do: 'stream'; readonly token: string }
  | { readonly do: 'reject as busy' }
  | { readonly do: 'connect a person'; readonly number: string }
  | { readonly do: 'take a message' }
  | { readonly do: 'hang up' }
