import type { CallEvent } from '../call-events.ts'
import type { Leg } from '../leg.ts'
import { ConferenceCallbacks, type ConferenceEvent, describeParticipant } from './conference-callbacks.ts'
import {
  type LeaveReason,
  Participant,
  type ParticipantChanges,
  type ParticipantSettings,
  type Sound,
} from './participant.ts'
import { playSound } from './played-sound.ts'
import { Togetherness } from './togetherness.ts'
import { WaitingSounds } from './waiting-sounds.ts'

/** As REST and the callbacks name it. */
export type EndReason =
  | 'conference-ended-via-api'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'last-participant-left'
  | 'last-participant-kicked'

/** A leg that was asked for by REST and has not joined yet. */
export interface Invitation {
  readonly leg: InvitedLeg
  readonly settings: ParticipantSettings
}

interface InvitedLeg extends Leg {
  listen(listener: (event: CallEvent) => void): Disposable
  hangUp(by: 'server'): void
}

export type Entry =
  | { readonly ok: true; readonly participant: Participant }
  /** The carrier's code: 16020 full, 16025 label in use. */
  | { readonly ok: false; readonly code: number; readonly message: string }

export interface ConferenceOptions {
  readonly sid: string
  readonly name: string
  readonly carrier: Leg['carrier']
}

/**
 * A named room legs can be in. It starts when two are there of whom one may start it, and ends when the last leaves,
 * one who ends it leaves, or REST ends it. It stays readable afterwards.
 */
export class Conference {
  readonly sid: string
  readonly name: string
  /** Epoch ms. */
  readonly createdAt: number
  readonly #carrier: Leg['carrier']
  readonly #zeroMs: number
  readonly #callbacks: ConferenceCallbacks
  readonly #togetherness = new Togetherness()
  readonly #joined: Participant[] = []
  readonly #invited = new Map<string, Invitation>()
  // Where the waiting has no sound the carrier does not let them in.
  readonly #sounds = new WaitingSounds((participant) => this.leave(participant, 'participant_add_failed'))
  #status: 'init' | 'in-progress' | 'completed' = 'init'
  #end: { readonly reason: EndReason; readonly by: Participant | undefined } | undefined

  constructor({ sid, name, carrier }: ConferenceOptions) {
    this.sid = sid
    this.name = name
    this.#carrier = carrier
    this.createdAt = carrier.clock.now()
    this.#zeroMs = carrier.clock.monotonicMs()
    this.#callbacks = new ConferenceCallbacks({ sid, name })
  }

  get status(): 'init' | 'in-progress' | 'completed' {
    return this.#status
  }

  /** Why it ended and by whose leaving; undefined while it goes on. */
  get end(): { readonly reason: EndReason; readonly by: Participant | undefined } | undefined {
    return this.#end
  }

  /** Everyone who ever joined, in that order. */
  get participants(): readonly Participant[] {
    return this.#joined
  }

  /** Who is there now. */
  get present(): readonly Participant[] {
    return this.#joined.filter(({ leftMs }) => leftMs === undefined)
  }

  get invitations(): readonly Invitation[] {
    return [...this.#invited.values()]
  }

  /** How long at least two could talk with each other, ms. */
  get bridgedMs(): number {
    return this.#togetherness.bridgedMs(this.#nowMs)
  }

  /** How long a leg had company in it, ms. Being on hold does not count. */
  accompaniedMs(callSid: string): number {
    return this.#togetherness.accompaniedMs(callSid, this.#nowMs)
  }

  /** How long two legs could talk with each other, ms. */
  togetherMs(callSid: string, otherCallSid: string): number {
    return this.#togetherness.togetherMs(callSid, otherCallSid, this.#nowMs)
  }

  /** Someone present or invited has the label. */
  isTaken(label: string): boolean {
    return [...this.present, ...this.invitations].some(({ settings }) => settings.label === label)
  }

  /** Waits for a leg that was asked for by REST. It has failed to join when it ends before. */
  invite(leg: InvitedLeg, settings: ParticipantSettings): void {
    this.#invited.set(leg.callSid, { leg, settings })
    leg.listen(({ type }) => {
      if (type !== 'call.ended' || !this.#invited.delete(leg.callSid) || this.#status === 'completed') return
      this.#tellOf('participant-leave', this.#admit(leg, settings), {
        ParticipantCallStatus: leg.status,
        ReasonParticipantLeft: 'participant_add_failed',
      })
    })
  }

  join(leg: Leg, settings: ParticipantSettings): Entry {
    this.#invited.delete(leg.callSid)
    if (settings.label !== undefined && this.isTaken(settings.label))
      return { ok: false, code: 16025, message: `a participant labelled ${settings.label} is in the conference` }
    if (this.present.length >= settings.maxParticipants)
      return { ok: false, code: 16020, message: `the conference has its ${settings.maxParticipants} participants` }
    this.#callbacks.fix(leg, settings.statusCallback)
    const participant = this.#admit(leg, settings)
    this.#joined.push(participant)
    this.#tellOf('participant-join', participant)
    this.#maybeStart()
    this.#rearrange()
    return { ok: true, participant }
  }

  /** Nothing happens when they have left before. */
  leave(participant: Participant, reason: LeaveReason, how: 'left' | 'kicked' = 'left'): void {
    if (participant.leftMs !== undefined) return
    participant.leave(reason)
    this.#rearrange()
    this.#tellOf('participant-leave', participant, {
      ParticipantCallStatus: participant.leg.status,
      ReasonParticipantLeft: reason,
    })
    if (this.#status === 'completed') return
    if (participant.endConferenceOnExit) this.#finish(`participant-with-end-conference-on-exit-${how}`, participant)
    else if (this.present.length === 0) this.#finish(`last-participant-${how}`, participant)
  }

  update(participant: Participant, changes: ParticipantChanges): void {
    const { muted, hold } = participant
    participant.change(changes)
    this.#rearrange()
    if (participant.muted !== muted)
      this.#tellOf(participant.muted ? 'participant-mute' : 'participant-unmute', participant)
    if (participant.hold !== hold)
      this.#tellOf(participant.hold ? 'participant-hold' : 'participant-unhold', participant)
    if (changes.endConferenceOnExit !== undefined || 'coach' in changes) this.#tellOf('participant-modify', participant)
  }

  /** Says something to one, or to all. */
  async announce(sound: Sound, participant?: Participant): Promise<void> {
    const { signal } = this.#carrier
    const listeners = participant ? [participant] : this.present
    await Promise.all(listeners.map(({ leg }) => playSound(leg, sound, signal))).catch(() => undefined)
    const params = { AnnounceUrl: sound.address }
    if (participant) this.#tellOf('announcement-end', participant, params)
    else this.#callbacks.tell('announcement-end', params)
  }

  /** By REST. */
  complete(): void {
    if (this.#status !== 'completed') this.#finish('conference-ended-via-api', undefined)
  }

  #admit(leg: Leg, settings: ParticipantSettings): Participant {
    return new Participant({
      ...{ leg, settings, zeroMs: this.#zeroMs },
      spread: (speaker, frame, atSample) => {
        for (const listener of this.#audienceOf(speaker)) listener.hear(frame, atSample)
      },
    })
  }

  #audienceOf(speaker: Participant): readonly Participant[] {
    const together = this.#together()
    if (speaker.muted || !together.includes(speaker)) return []
    const isHeardBy = ({ callSid }: Participant) => speaker.coach === undefined || speaker.coach === callSid
    return together.filter((listener) => listener !== speaker && isHeardBy(listener))
  }

  #together(): readonly Participant[] {
    return this.#status === 'in-progress' ? this.present.filter(({ hold }) => !hold) : []
  }

  #maybeStart(): void {
    const present = this.present
    const mayStart = present.length > 1 && present.some(({ settings }) => settings.startConferenceOnEnter)
    if (this.#status !== 'init' || !mayStart) return
    this.#status = 'in-progress'
    this.#callbacks.tell('conference-start')
  }

  /** Who hears whom or what has changed. */
  #rearrange(): void {
    const together = this.#together()
    this.#togetherness.change(
      together.map(({ callSid }) => callSid),
      this.#nowMs,
    )
    if (together.length > 1) for (const { leg } of together) leg.meet()
    for (const participant of this.#joined) this.#sounds.play(participant, this.#soundFor(participant))
  }

  #soundFor({ leftMs, hold, holdSound, settings }: Participant): Sound | undefined {
    if (leftMs !== undefined) return undefined
    if (hold) return holdSound
    return this.#status === 'init' ? settings.wait : undefined
  }

  #finish(reason: EndReason, by: Participant | undefined): void {
    this.#status = 'completed'
    this.#end = { reason, by }
    const others = reason === 'conference-ended-via-api' ? 'conference_ended_via_api' : 'moderator_ended_conference'
    for (const participant of this.present) this.leave(participant, others)
    this.#callbacks.tell('conference-end', {
      ...(by && { CallSidEndingConference: by.callSid }),
      ...(by?.label !== undefined && { ParticipantLabelEndingConference: by.label }),
      ReasonConferenceEnded: reason,
      Reason: reason.replaceAll('-', ' '),
    })
    void this.#callbacks.flush()
  }

  #tellOf(event: ConferenceEvent, participant: Participant, params: Readonly<Record<string, string>> = {}): void {
    this.#callbacks.tell(event, { ...describeParticipant(participant), ...params })
  }

  get #nowMs(): number {
    return this.#carrier.clock.monotonicMs()
  }
}
