import type { CallHappening, CallStatus, DialStatus } from './call-events.ts'
import type { Carrier } from './carrier.ts'
import type { LegAudio } from './leg-audio.ts'
import type { WebhookAnswer, WebhookMethod, WebhookParams } from './webhook-client.ts'

/** What a leg follows next: a document at hand, or one to be fetched. */
export type Instructions =
  | { readonly type: 'document'; readonly twiml: string; readonly baseUrl: string }
  | {
      readonly type: 'address'
      readonly address: string
      readonly method: WebhookMethod
      readonly params?: WebhookParams
    }

/** One end of a call, as the TwiML verbs see it. */
export interface Leg {
  readonly callSid: string
  readonly from: string
  readonly to: string
  readonly carrier: Carrier
  readonly audio: LegAudio
  readonly status: CallStatus
  /** Asked for instructions when an address fails. */
  readonly fallbackAddress: string | undefined
  /** Picks up, unless that has happened. */
  answer(): void
  /** Ends a call that was not answered, so that it costs nothing. */
  reject(status: 'busy' | 'no-answer'): void
  /** The params every webhook about this call carries, with its status as it is now. */
  params(): WebhookParams
  emit(event: CallHappening): void
  /** Asks an address what to do; `params` come on top of the call's own. Never rejects. */
  fetchInstructions(address: string, method: WebhookMethod, params: WebhookParams): Promise<WebhookAnswer>
  /** Sends a callback in the background, behind earlier ones. */
  sendCallback(address: string, method: WebhookMethod, params: WebhookParams): void
  /** A verb begins to wait for keys: a person who was told to press some does so. */
  awaitKeys(): void
  /** What the person says to a verb that listens for words, if anything. */
  readonly words: string | undefined
  /** There is somebody to talk to: a person who talks for a while begins, unless they have begun. */
  meet(): void
  dial(request: DialRequest): DialledLeg
}

export interface DialRequest {
  readonly parentCallSid: string
  readonly number: string
  readonly callerId: string
  readonly statusCallback: CallbackTarget | undefined
}

/** Who is told of a call's progress. */
export interface CallbackTarget {
  readonly address: string
  readonly method: WebhookMethod
  /** `initiated`, `ringing`, `answered`, `completed`. */
  readonly events: readonly string[]
}

/** The other end of a `<Dial>`. */
export interface DialledLeg {
  readonly callSid: string
  /** How long the person talks before hanging up, if they do. */
  readonly talkMs: number | undefined
  /** Aborts when this leg is over. */
  readonly over: AbortSignal
  /** Rings until the person does what they do, or the time is up; undefined when they answered. */
  ring(timeoutMs: number, signal: AbortSignal): Promise<DialStatus | undefined>
  /** Runs a whisper; false when it hung up on the person. */
  whisper(address: string, method: WebhookMethod, signal: AbortSignal): Promise<boolean>
  /** Ends this leg, if it has not ended. */
  hangUp(): void
}
