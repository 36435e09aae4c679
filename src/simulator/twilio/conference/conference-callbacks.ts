import { CallbackQueue } from '../callback-queue.ts'
import type { CallbackTarget, Leg } from '../leg.ts'
import { toRfc2822 } from '../voice-params.ts'
import { deliverWebhook, type WebhookParams } from '../webhook-client.ts'
import type { Participant } from './participant.ts'

/** What a conference tells of, and by which word of `statusCallbackEvent` it is asked for. */
const ASKED_FOR_BY = {
  'conference-start': 'start',
  'conference-end': 'end',
  'participant-join': 'join',
  'participant-leave': 'leave',
  'participant-mute': 'mute',
  'participant-unmute': 'mute',
  'participant-hold': 'hold',
  'participant-unhold': 'hold',
  'participant-modify': 'modify',
  'announcement-end': 'announcement',
} as const

export type ConferenceEvent = keyof typeof ASKED_FOR_BY

export interface ConferenceName {
  readonly sid: string
  readonly name: string
}

/** A conference's callbacks, numbered from 1: to the address of who joined first, whatever later ones bring along. */
export class ConferenceCallbacks {
  readonly #conference: ConferenceName
  /** Whose carrier sends them and in whose log they show. */
  #first: { readonly leg: Leg; readonly target: CallbackTarget | undefined; readonly queue: CallbackQueue } | undefined
  #sequenceNumber = 1

  constructor(conference: ConferenceName) {
    this.#conference = conference
  }

  /** The first to call it fixes where everything goes, or that nothing does. */
  fix(leg: Leg, target: CallbackTarget | undefined): void {
    this.#first ??= { leg, target, queue: new CallbackQueue(leg.carrier) }
  }

  tell(event: ConferenceEvent, params: WebhookParams = {}): void {
    if (!this.#first?.target?.events.includes(ASKED_FOR_BY[event])) return
    const { leg, target, queue } = this.#first
    const { carrier } = leg
    const all: WebhookParams = {
      ConferenceSid: this.#conference.sid,
      FriendlyName: this.#conference.name,
      AccountSid: carrier.accountSid,
      SequenceNumber: String(this.#sequenceNumber),
      Timestamp: toRfc2822(carrier.clock.now()),
      StatusCallbackEvent: event,
      ...params,
    }
    this.#sequenceNumber += 1
    queue.add(() =>
      deliverWebhook(carrier, { ...target, params: all }, (attempt) =>
        leg.emit({ type: 'webhook.tried', purpose: 'callback', ...attempt }),
      ),
    )
  }

  /** Nothing more will be told. Resolves when all was delivered. */
  async flush(): Promise<void> {
    await this.#first?.queue.flush()
  }
}

/** What the events of a participant say of them. */
export function describeParticipant(participant: Participant): WebhookParams {
  const { callSid, muted, hold, coach, label, endConferenceOnExit, settings } = participant
  return {
    CallSid: callSid,
    Muted: String(muted),
    Hold: String(hold),
    Coaching: String(coach !== undefined),
    EndConferenceOnExit: String(endConferenceOnExit),
    StartConferenceOnEnter: String(settings.startConferenceOnEnter),
    ...(label === undefined ? {} : { ParticipantLabel: label }),
  }
}
