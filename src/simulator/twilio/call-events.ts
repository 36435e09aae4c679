import type { AnsweredBy } from './machine-detection.ts'
import type { PlaybackEvent } from './playback.ts'
import type { WebhookTry } from './webhook-client.ts'

/** As the carrier names them. */
export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled'

/** What happened on an emulated call; `atMs` counts from the moment it was placed. */
export type CallEvent = { readonly atMs: number } & CallHappening

export type CallHappening =
  | { readonly type: 'call.ringing' }
  | { readonly type: 'call.answered' }
  | { readonly type: 'call.ended'; readonly status: CallStatus; readonly by: 'caller' | 'server' | 'carrier' }
  | { readonly type: 'stream.started'; readonly streamSid: string }
  | { readonly type: 'stream.ended'; readonly streamSid: string; readonly because: StreamEnd }
  | (PlaybackEvent & { readonly streamSid: string })
  /** `<Say>` and `<Play>`: what the caller is told without our audio path, and for how long. */
  | { readonly type: 'told'; readonly by: 'Say' | 'Play'; readonly content: string; readonly lengthMs: number }
  | { readonly type: 'gathered'; readonly digits: string; readonly words: string }
  | {
      readonly type: 'dialled'
      readonly number: string
      readonly callSid: string
      readonly status: DialStatus
      readonly bridged: boolean
      readonly talkedMs: number
    }
  | { readonly type: 'conference.joined' | 'conference.left'; readonly conferenceSid: string }
  | { readonly type: 'machine.detected'; readonly answeredBy: AnsweredBy; readonly afterMs: number }
  /** The beep of a mailbox is over: it records from here on. */
  | { readonly type: 'mailbox.beeped' }
  | { readonly type: 'recorded'; readonly recordingSid: string; readonly audio: Buffer }
  | ({ readonly type: 'webhook.tried'; readonly purpose: 'instructions' | 'callback' } & WebhookTry)
  /** What the carrier's error log would show; codes are the carrier's. */
  | { readonly type: 'warning'; readonly code: number; readonly message: string }

export type StreamEnd = 'server closed it' | 'server broke off' | 'call moved on' | 'never opened' | 'reset by fault'

/** `DialCallStatus` as the carrier names it. */
export type DialStatus = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'
