import { BYTES_PER_MS } from '../../../audio/encoded-audio.ts'
import { AudioTimeline } from '../audio-timeline.ts'
import { SILENT_FRAME } from '../caller-voice.ts'
import type { CallbackTarget, Leg } from '../leg.ts'
import type { VoiceSink } from '../leg-audio.ts'
import type { WebhookMethod } from '../webhook-client.ts'

/** What a leg brings to a conference: the attributes of `<Conference>`. */
export interface ParticipantSettings {
  readonly label: string | undefined
  readonly muted: boolean
  readonly startConferenceOnEnter: boolean
  readonly endConferenceOnExit: boolean
  /** What is played until the conference starts; the carrier's music is not emulated. */
  readonly wait: Sound | undefined
  readonly maxParticipants: number
  /** Call sid of the only one who is to hear them. */
  readonly coach: string | undefined
  readonly statusCallback: CallbackTarget | undefined
}

/** What is played to a leg from an address. */
export interface Sound {
  readonly address: string
  readonly method: WebhookMethod
}

/** As the conference's callbacks name it. */
export type LeaveReason =
  | 'conference_ended_via_api'
  | 'moderator_ended_conference'
  | 'participant_updated_via_api'
  | 'participant_hung_up'
  | 'participant_add_failed'

/** What REST may change. */
export interface ParticipantChanges {
  readonly muted?: boolean
  readonly hold?: boolean
  /** What is played while on hold. */
  readonly holdSound?: Sound | undefined
  readonly endConferenceOnExit?: boolean
  readonly coach?: string | undefined
}

/** Says a frame of somebody's voice to whoever can hear them. `atSample` counts from the conference's beginning. */
export type Spread = (speaker: Participant, frame: Buffer, atSample: number) => void

export interface ParticipantOptions {
  readonly leg: Leg
  readonly settings: ParticipantSettings
  /** When the conference was opened, by the clock's monotonic ms. */
  readonly zeroMs: number
  readonly spread: Spread
}

/** One leg in a conference. It stays readable when it has left. */
export class Participant implements VoiceSink {
  readonly leg: Leg
  readonly settings: ParticipantSettings
  /** By the clock's monotonic ms. */
  readonly joinedMs: number
  /** What they heard of the others, from the conference's beginning; who speaks into another's word is not mixed in. */
  readonly heard = new AudioTimeline()
  /** Resolves when they are in the conference no more. */
  readonly left: Promise<LeaveReason>
  readonly #options: ParticipantOptions
  readonly #leave: (reason: LeaveReason) => void
  #muted: boolean
  #hold = false
  #holdSound: Sound | undefined
  #endConferenceOnExit: boolean
  #coach: string | undefined
  #leftMs: number | undefined

  constructor(options: ParticipantOptions) {
    const { leg, settings } = options
    this.#options = options
    this.leg = leg
    this.settings = settings
    this.joinedMs = leg.carrier.clock.monotonicMs()
    this.#muted = settings.muted
    this.#endConferenceOnExit = settings.endConferenceOnExit
    this.#coach = settings.coach
    const { promise, resolve } = Promise.withResolvers<LeaveReason>()
    this.left = promise
    this.#leave = resolve
  }

  get callSid(): string {
    return this.leg.callSid
  }

  get label(): string | undefined {
    return this.settings.label
  }

  /** By the clock's monotonic ms; undefined while they are there. */
  get leftMs(): number | undefined {
    return this.#leftMs
  }

  get muted(): boolean {
    return this.#muted
  }

  get hold(): boolean {
    return this.#hold
  }

  get holdSound(): Sound | undefined {
    return this.#holdSound
  }

  get endConferenceOnExit(): boolean {
    return this.#endConferenceOnExit
  }

  get coach(): string | undefined {
    return this.#coach
  }

  change(changes: ParticipantChanges): void {
    this.#muted = changes.muted ?? this.#muted
    this.#hold = changes.hold ?? this.#hold
    this.#endConferenceOnExit = changes.endConferenceOnExit ?? this.#endConferenceOnExit
    if ('holdSound' in changes) this.#holdSound = changes.holdSound
    if ('coach' in changes) this.#coach = changes.coach
  }

  leave(reason: LeaveReason): void {
    this.#leftMs ??= this.leg.carrier.clock.monotonicMs()
    this.#leave(reason)
  }

  positionOf(dueMs: number): number {
    return dueMs - this.#options.zeroMs
  }

  onFrame(frame: Buffer, dueMs: number): void {
    if (frame === SILENT_FRAME) return
    this.#options.spread(this, frame, Math.round(this.positionOf(dueMs) * BYTES_PER_MS))
  }

  onSettled(): void {}

  hear(frame: Buffer, atSample: number): void {
    if (atSample >= this.heard.endSample) this.heard.add(atSample, frame)
  }
}
