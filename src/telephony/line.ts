import type { EncodedAudio } from '../audio/encoded-audio.ts'

/**
 * The caller's leg of a call: their voice and keys come in, ours goes out. It knows what the caller has *heard*,
 * and nothing of models, tools or records.
 */
export interface PhoneLine extends AsyncDisposable {
  /** The carrier's id for this stretch of audio; a call that is resumed gets a new one. */
  readonly streamId: string

  /**
   * Queues audio behind what is queued already. Audio of one `utteranceId` is one utterance; it may arrive in
   * pieces. An uninterruptible utterance survives `clear` (the opening with its notices); it is named so with its
   * first piece. Audio after `close` is dropped.
   */
  play(utteranceId: string, audio: EncodedAudio, options?: { interruptible?: boolean }): void

  /** No more audio will come for this utterance: `agent.finished` follows when its last piece was heard. */
  finish(utteranceId: string): void

  /**
   * Silences everything interruptible at once (barge-in) and says how far each utterance got. Utterances that are
   * not returned were heard to their end, or are protected and go on.
   */
  clear(): Interrupted[]

  /** Milliseconds of audio given to the line which the caller has not heard yet, as well as can be known now. */
  unheardMs(): number

  /** Ends the call at the carrier, once, however often it is asked. Rejects when the carrier could not be told. */
  hangUp(): Promise<void>

  /** Takes the call out of our audio path, to a person or to a message recorded without us. */
  handOver(to: HandOver): Promise<void>
}

/** Who takes a call without us: a telephone that is rung for the caller, or a recorded message. */
export type Rescue = { readonly to: 'person'; readonly number: string } | { readonly to: 'message' }

/** To an officer who waits for the caller. */
export interface Conference {
  readonly to: 'conference'
  readonly name: string
  /** The officer's leg. */
  readonly legId: string
  /** Said by the carrier's voice before they are together: the officer's name and licence (RELIABILITY C16). */
  readonly announced: string
}

/** Where a call goes when our voice leaves it. Numbers come from configuration only (RELIABILITY S8). */
export type HandOver =
  | Rescue
  | Conference
  /** Back to our own resume address, where another instance may take it up (RELIABILITY F8). */
  | { readonly to: 'resume' }

/** An utterance that `clear` cut short. All times are ms of that utterance's own audio. */
export interface Interrupted {
  readonly utteranceId: string
  /** What the caller heard of it; never more than was sent to the carrier. */
  readonly heardMs: number
  /** What had been given to the line in all. */
  readonly givenMs: number
  /** The audio from `heardMs` on, so that a false alarm can go on where it stopped. */
  readonly unheard: readonly EncodedAudio[]
}

export type LineEvent =
  /**
   * Hot path: one frame of the caller's voice, base64 as it came. `positionMs` counts from the start of the stream
   * by the carrier's timestamps. Frames the carrier left out arrive as silence, of a long gap only the last 5 s; the
   * positions skip the rest.
   */
  | { readonly type: 'caller.audio'; readonly audio: EncodedAudio; readonly positionMs: number }
  | { readonly type: 'caller.pressed'; readonly digit: string }
  /**
   * The caller has heard this piece of an utterance. `positionMs` is where it began on the caller's own timeline
   * (that of `caller.audio`), which is what aligns a recording. `heardMs` is the total heard of the utterance.
   */
  | {
      readonly type: 'agent.heard'
      readonly utteranceId: string
      readonly audio: EncodedAudio
      readonly positionMs: number
      readonly heardMs: number
    }
  /** The last piece of a finished utterance was heard. */
  | { readonly type: 'agent.finished'; readonly utteranceId: string; readonly heardMs: number }
  /** No frame has come for `quietMs` though the socket is open; the line has asked the carrier whether it lives. */
  | { readonly type: 'line.quiet'; readonly quietMs: number }
  /** The stream is over. `hung up`: the carrier ended it in order. `dropped`: the socket went away without a word. */
  | { readonly type: 'line.ended'; readonly cause: 'hung up' | 'dropped' }

export type LineListener = (event: LineEvent) => void
