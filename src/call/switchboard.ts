import { messageOf } from '../lib/errors.ts'
import { createId } from '../lib/ids.ts'
import { LATE, orLate } from '../lib/patience.ts'
import type { HandOver, Rescue } from '../telephony/line.ts'
import type { CallServices } from './call-services.ts'
import { reasonOf } from './call-state.ts'
import type { NewCall, StoredCall } from './call-store.ts'
import { Desks } from './desks.ts'
import type { CallFact, EndReason } from './facts.ts'
import { challenged, FrontDoor, type FrontDoorOptions, screenedOf, type Visitor } from './front-door.ts'
import type { PlacedCall } from './outbound/placed-call.ts'
import { PastAnswers } from './past-answers.ts'
import type { ChallengeReply, IncomingCall, RingAnswer } from './ring-answer.ts'
import type { CallSession } from './session.ts'
import { answerOfGone, asAnswer, isTakenUpAgain } from './stored-answer.ts'

export interface SwitchboardOptions extends Partial<Pick<FrontDoorOptions, 'screener'>> {
  readonly services: CallServices
  /** Calls held at once; one more is turned away before it is answered. */
  readonly capacity: number
  /** E.164 of what the carrier wrote, or undefined when the number is withheld or none. */
  readonly normaliseNumber: (number: string) => string | undefined
  /** What a caller gets who cannot be served by the voice: full house, drain, engine out of order. */
  readonly overflow: () => 'busy' | Rescue
  /** Whether nothing can be saved just now, so that a new call would leave no record. */
  readonly storageDown: () => boolean
  readonly onTurnedAway: (because: TurnedAway) => void
}

export type TurnedAway = 'full' | 'draining' | 'storage' | 'engine down'

/**
 * How long a ring waits to learn whether the call is stored, and what is thought of it: a database that is away must not
 * keep callers waiting.
 */
const LOOK_UP_MS = 1_500

/** Stands for the engine of a call for which there is none. */
const NO_ENGINE = 'none'

/** Every call of this process: admits, finds and resumes them, and lets them go. */
export class Switchboard {
  readonly #options: SwitchboardOptions
  readonly #desks: Desks
  readonly #past: PastAnswers
  readonly #door: FrontDoor
  #draining = false

  constructor(options: SwitchboardOptions) {
    const { services, screener } = options
    this.#options = options
    this.#past = new PastAnswers(services.clock)
    const onLeft = (carrierCallId: string, answer: RingAnswer) => void this.#past.remember(carrierCallId, answer)
    this.#desks = new Desks({ services, onLeft })
    this.#door = new FrontDoor({ services, screener, onLeft })
  }

  get liveCalls(): number {
    return this.#desks.size
  }

  /** No call is live, and nobody is being asked who they are. */
  get isEmpty(): boolean {
    return this.#desks.size === 0 && this.#door.visitors === 0
  }

  get capacity(): number {
    return this.#options.capacity
  }

  get draining(): boolean {
    return this.#draining
  }

  /** Whether the call is in our hands, talking or still at the door. */
  holds(carrierCallId: string): boolean {
    return this.#desks.get(carrierCallId) !== undefined || this.#door.visitor(carrierCallId) !== undefined
  }

  /** The live session of a carrier call. */
  session(carrierCallId: string): CallSession | undefined {
    return this.#desks.get(carrierCallId)?.session
  }

  /**
   * A call rings. The same call again, by a webhook sent twice, gets the answer it got and nothing else happens; when
   * the process that got it first is gone, the call is taken up from the ledger.
   */
  async ring(incoming: IncomingCall): Promise<RingAnswer> {
    const { carrierCallId } = incoming
    const known = this.#known(carrierCallId)
    if (known) return known.answer
    const { clock } = this.#options.services
    const givingUpAtMs = clock.monotonicMs() + LOOK_UP_MS
    const stored = await this.#lookUp(carrierCallId)
    // Another webhook of the same call may have been faster.
    const meanwhile = this.#known(carrierCallId)
    if (meanwhile) return meanwhile.answer
    if (stored) return this.#takeUp(stored)
    // Who cannot be served anyway is not looked into: a flood must cost little (F24).
    const call = this.#newCall(incoming)
    if (this.#turnAway(call)) return this.#admit(call)
    const screening = await this.#door.screen(incoming, givingUpAtMs - clock.monotonicMs())
    return this.#known(carrierCallId)?.answer ?? this.#admit({ ...call, screening })
  }

  /**
   * A call we placed was answered. `from` is whom we called. The same again gets the same answer; who cannot be served
   * is hung up on, and hears nothing of what it was about.
   */
  async placed(incoming: IncomingCall, placed: PlacedCall): Promise<RingAnswer> {
    const { carrierCallId } = incoming
    const known = this.#known(carrierCallId)
    if (known) return known.answer
    const stored = await this.#lookUp(carrierCallId)
    const meanwhile = this.#known(carrierCallId)
    if (meanwhile) return meanwhile.answer
    if (stored) return this.#takeUp(stored)
    const call = { ...this.#newCall(incoming), outbound: placed }
    const turnedAway = this.#turnAway(call)
    if (!turnedAway) return this.#desks.seat(call, [{ type: 'call.placed', placed }])
    this.#options.onTurnedAway(turnedAway)
    return this.#past.remember(carrierCallId, { do: 'hang up' })
  }

  /** The carrier's opinion of who picked up a call of ours; of others it changes nothing. */
  pickedUpBy(carrierCallId: string, answeredBy: 'human' | 'machine' | 'fax'): void {
    this.#desks.get(carrierCallId)?.session.pickedUpBy(answeredBy)
  }

  /** A caller who was asked to show that they are a person has replied, or was silent. The same again changes nothing. */
  async challenged(incoming: IncomingCall, reply: ChallengeReply): Promise<RingAnswer> {
    const { carrierCallId } = incoming
    const visitor = this.#door.visitor(carrierCallId)
    if (visitor) return this.#hear(visitor, reply)
    const known = this.#known(carrierCallId)
    if (known) return known.answer
    // The process that asked is gone; what it knew of the caller is found out again.
    const stored = await this.#lookUp(carrierCallId)
    const screening = await this.#door.screen(incoming, LOOK_UP_MS)
    const meanwhile = this.#known(carrierCallId)
    if (meanwhile) return meanwhile.answer
    if (stored && (stored.endedAt !== undefined || stored.entries.length > 0)) return this.#takeUp(stored)
    const call = { ...(stored ?? this.#newCall(incoming)), screening }
    return this.#hear(this.#door.challenge(call, reply.asked), reply)
  }

  /** The stream of a call ended and the carrier asks what now (RELIABILITY F6, F7): the ledger tells. */
  async resume(carrierCallId: string): Promise<RingAnswer> {
    const desk = this.#desks.get(carrierCallId)
    if (desk) return this.#desks.resume(desk)
    const known = this.#known(carrierCallId)
    if (known) return known.answer
    const stored = await this.#options.services.store.find(carrierCallId)
    // The webhook may reach us before the ring was ever stored: someone is on the line all the same.
    if (!stored) return asAnswer(this.#options.services.rescue())
    // Another webhook of the same call may have seated it while we were looking.
    return this.#known(carrierCallId)?.answer ?? this.#takeUp(stored)
  }

  /**
   * A caller waits where they were to meet an officer, and nobody is there (TR11). Gives whether the carrier is to be told
   * that they come back: `resume` then knows what for. `isLong`: whoever holds the call would have acted by now, so that
   * nobody does.
   */
  async leftAlone(carrierCallId: string, { isLong }: { readonly isLong: boolean }): Promise<boolean> {
    const session = this.session(carrierCallId)
    if (session) return session.astray
    if (!isLong) return false
    const stored = this.#known(carrierCallId) ? undefined : await this.#options.services.store.find(carrierCallId)
    const isOpen = stored !== undefined && stored.endedAt === undefined && !this.#known(carrierCallId)
    if (isOpen) this.#desks.seat(stored, [], stored)
    return true
  }

  /** The session a media socket may connect to; undefined when its token does not stand for this call. */
  claim(token: string, carrierCallId: string): CallSession | undefined {
    return this.#desks.claim(token, carrierCallId)
  }

  /** The carrier reports a status; only an end means anything to us, in whatever order it comes (I4). */
  async carrierEnded(carrierCallId: string): Promise<void> {
    await this.#desks.get(carrierCallId)?.session.carrierEnded()
    await this.#door.left(carrierCallId)
  }

  /** From now on no new call is taken; live ones go on (RELIABILITY F8). */
  drain(): void {
    this.#draining = true
  }

  /** Deadline of a drain: every live call goes where it is served without us. */
  async handOverAll(to: HandOver): Promise<void> {
    const announcement = to.to === 'resume' ? undefined : 'get-someone'
    await Promise.all(
      this.#desks.sessions.map((session) => session.handOver(to, 'this server shuts down', announcement)),
    )
  }

  /** Ends what is left without asking: the process goes. Calls stay unfinished in the store for whoever resumes them. */
  async closeAll(reason: EndReason): Promise<void> {
    await Promise.all([this.#door.close(), ...this.#desks.sessions.map((session) => session.close(reason))])
  }

  /** What this process knows of a call; a ring and a resume of it are answered alike. */
  #known(carrierCallId: string): { readonly answer: RingAnswer } | undefined {
    return this.#desks.get(carrierCallId) ?? this.#door.visitor(carrierCallId) ?? this.#past.get(carrierCallId)
  }

  /** What is stored of a call this process knows nothing of; undefined also when that cannot be learned in time. */
  async #lookUp(carrierCallId: string): Promise<StoredCall | undefined> {
    const { store, clock, log } = this.#options.services
    try {
      const found = await orLate(store.findDurable(carrierCallId), { clock, ms: LOOK_UP_MS })
      if (found !== LATE) return found
      log.warn({ carrierCallId }, 'ring taken for a new call: the store does not answer')
    } catch (error) {
      log.warn({ carrierCallId, error: messageOf(error) }, 'ring taken for a new call: the store cannot be read')
    }
    return undefined
  }

  #admit(call: NewCall): RingAnswer {
    const turnedAway = this.#turnAway(call)
    if (!turnedAway) return this.#door.meet(call) ?? this.#desks.seat(call, screenedOf(call))
    this.#options.onTurnedAway(turnedAway)
    return this.#past.remember(call.carrierCallId, this.#overflow())
  }

  /** Whoever shows that they are a person comes in, as if they had rung now; who is on the line is not drained away. */
  #hear(visitor: Visitor, reply: ChallengeReply): RingAnswer {
    const answer = this.#door.hear(visitor, reply)
    if (answer) return answer
    const { call } = visitor
    const passed = challenged(reply, true)
    const turnedAway = this.#turnAway(call)
    if (!turnedAway || turnedAway === 'draining') return this.#desks.seat(call, [...screenedOf(call), passed])
    this.#options.onTurnedAway(turnedAway)
    const to = this.#options.services.rescue()
    const handedOver: CallFact = { type: 'call.handed-over', to: to.to, because: `turned away: ${turnedAway}` }
    return this.#door.leave(call, { answer: asAnswer(to), facts: [passed, handedOver], endReason: reasonOf(to) })
  }

  #takeUp(stored: StoredCall): RingAnswer {
    if (isTakenUpAgain(stored)) return this.#desks.seat(stored, [], stored)
    return answerOfGone(stored, this.#options.services.rescue)
  }

  #newCall({ carrierCallId, from, to }: IncomingCall): NewCall {
    const { services, normaliseNumber } = this.#options
    const call = { callId: createId('call'), from: normaliseNumber(from), to }
    const [engine] = services.engines.choose(call)
    return {
      ...call,
      carrierCallId,
      startedAt: services.clock.now(),
      agent: services.settings.agent,
      engine: engine?.name ?? NO_ENGINE,
    }
  }

  #turnAway({ engine }: NewCall): TurnedAway | undefined {
    if (this.#draining) return 'draining'
    if (this.#desks.size >= this.#options.capacity) return 'full'
    if (this.#options.storageDown()) return 'storage'
    // Known to be out of order: a new call need not find out by making its caller wait.
    return engine === NO_ENGINE ? 'engine down' : undefined
  }

  #overflow(): RingAnswer {
    const overflow = this.#options.overflow()
    return overflow === 'busy' ? { do: 'reject as busy' } : asAnswer(overflow)
  }
}
