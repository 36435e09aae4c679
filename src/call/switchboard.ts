import { messageOf } from '../lib/errors.ts'
import { createId } from '../lib/ids.ts'
import type { HandOver } from '../telephony/line.ts'
import type { CallServices } from './call-services.ts'
import type { NewCall, StoredCall } from './call-store.ts'
import type { EndReason } from './facts.ts'
import { LATE, orLate } from './patience.ts'
import type { IncomingCall, RingAnswer } from './ring-answer.ts'
import { CallSession } from './session.ts'
import { answerOfGone, asAnswer, isTakenUpAgain, MOST_RESUMES } from './stored-answer.ts'
import { StreamTokens } from './stream-tokens.ts'

export interface SwitchboardOptions {
  readonly services: CallServices
  /** Calls held at once; one more is turned away before it is answered. */
  readonly capacity: number
  /** E.164 of what the carrier wrote, or undefined when the number is withheld or none. */
  readonly normaliseNumber: (number: string) => string | undefined
  /** What a caller gets who cannot be served by the voice: full house, drain, engine out of order. */
  readonly overflow: () => 'busy' | Exclude<HandOver, { to: 'resume' }>
  /** Whether nothing can be saved just now, so that a new call would leave no record. */
  readonly storageDown: () => boolean
  readonly onTurnedAway: (because: TurnedAway) => void
}

export type TurnedAway = 'full' | 'draining' | 'storage' | 'engine down'

/** Finished calls are remembered this long, so that a repeated webhook gets the same answer (RELIABILITY F18, S7). */
const REMEMBER_MS = 3 * 3_600_000

/** A webhook is repeated this often at most; more of them means that the stream we offer is never opened. */
const MOST_REPEATS = 5

/** How long a ring waits to learn whether the call is stored: a database that is away must not keep callers waiting. */
const LOOK_UP_MS = 1_500

/** Stands for the engine of a call for which there is none. */
const NO_ENGINE = 'none'

interface Desk {
  readonly session: CallSession
  answer: RingAnswer
  /** Streams that were opened. */
  streams: number
  /** Answers given again since the last of them. */
  repeats: number
}

/** What a call that is over, or never was one of ours, was last answered. */
interface PastCall {
  readonly answer: RingAnswer
  readonly atMs: number
}

/** Every call of this process: admits, finds and resumes them, and lets them go. */
export class Switchboard {
  readonly #options: SwitchboardOptions
  readonly #tokens: StreamTokens
  readonly #desks = new Map<string, Desk>()
  readonly #past = new Map<string, PastCall>()
  #draining = false

  constructor(options: SwitchboardOptions) {
    this.#options = options
    this.#tokens = new StreamTokens(options.services.clock)
  }

  get liveCalls(): number {
    return this.#desks.size
  }

  get capacity(): number {
    return this.#options.capacity
  }

  get draining(): boolean {
    return this.#draining
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
    const stored = await this.#lookUp(carrierCallId)
    // Another webhook of the same call may have been faster.
    const meanwhile = this.#known(carrierCallId)
    if (meanwhile) return meanwhile.answer
    if (stored) return this.#takeUp(stored)
    const call = this.#newCall(incoming)
    const turnedAway = this.#turnAway(call)
    if (!turnedAway) return this.#seat(call).answer
    this.#options.onTurnedAway(turnedAway)
    return this.#remember(carrierCallId, this.#overflow())
  }

  /** The stream of a call ended and the carrier asks what now (RELIABILITY F6, F7): the ledger tells. */
  async resume(carrierCallId: string): Promise<RingAnswer> {
    const desk = this.#desks.get(carrierCallId)
    if (desk) return this.#resumeLive(desk)
    const past = this.#past.get(carrierCallId)
    if (past) return past.answer
    const stored = await this.#options.services.store.find(carrierCallId)
    // The webhook may reach us before the ring was ever stored: someone is on the line all the same.
    if (!stored) return asAnswer(this.#options.services.rescue())
    // Another webhook of the same call may have seated it while we were looking.
    return this.#known(carrierCallId)?.answer ?? this.#takeUp(stored)
  }

  /** The session a media socket may connect to; undefined when its token does not stand for this call. */
  claim(token: string, carrierCallId: string): CallSession | undefined {
    if (!this.#tokens.redeem(token, carrierCallId)) return undefined
    const desk = this.#desks.get(carrierCallId)
    if (!desk || isGoing(desk)) return undefined
    desk.streams += 1
    desk.repeats = 0
    return desk.session
  }

  /** The carrier reports a status; only an end means anything to us, in whatever order it comes (I4). */
  async carrierEnded(carrierCallId: string): Promise<void> {
    await this.#desks.get(carrierCallId)?.session.carrierEnded()
  }

  /** From now on no new call is taken; live ones go on (RELIABILITY F8). */
  drain(): void {
    this.#draining = true
  }

  /** Deadline of a drain: every live call goes where it is served without us. */
  async handOverAll(to: HandOver): Promise<void> {
    const sessions = [...this.#desks.values()].map(({ session }) => session)
    const announcement = to.to === 'resume' ? undefined : 'get-someone'
    await Promise.all(sessions.map((session) => session.handOver(to, 'this server shuts down', announcement)))
  }

  /** Ends what is left without asking: the process goes. Calls stay unfinished in the store for whoever resumes them. */
  async closeAll(reason: EndReason): Promise<void> {
    await Promise.all([...this.#desks.values()].map(({ session }) => session.close(reason)))
  }

  #resumeLive(desk: Desk): RingAnswer {
    const { session, answer } = desk
    const { state, call } = session
    if (state.phase === 'leaving') return this.#letGo(desk, state.reason)
    if (state.phase === 'ending' || state.phase === 'ended') return lastAnswerOf(desk)
    // With someone on the line it is a webhook that came again, or so early that its stream is not closed yet.
    if (state.phase !== 'live') {
      const resumes = desk.streams - 1
      if (resumes >= MOST_RESUMES || desk.repeats >= MOST_REPEATS) return this.#giveToPerson(desk)
      desk.repeats += 1
    }
    // A repeated webhook while the first answer's token still waits to be used.
    if (answer.do === 'stream' && this.#tokens.isOpen(answer.token)) return answer
    desk.answer = { do: 'stream', token: this.#tokens.issue(call.carrierCallId) }
    return desk.answer
  }

  /** What this process knows of a call; a ring and a resume of it are answered alike. */
  #known(carrierCallId: string): { readonly answer: RingAnswer } | undefined {
    return this.#desks.get(carrierCallId) ?? this.#past.get(carrierCallId)
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

  #takeUp(stored: StoredCall): RingAnswer {
    if (isTakenUpAgain(stored)) return this.#seat(stored, stored).answer
    return answerOfGone(stored, this.#options.services.rescue)
  }

  /** The carrier could not be told by REST where the call goes, and asks instead. */
  #letGo(desk: Desk, reason: EndReason): RingAnswer {
    desk.answer = this.#answerLeaving(reason)
    // Never rejects.
    void desk.session.close(reason)
    return desk.answer
  }

  /** Our stream does not come to be: whoever waits on the line is served without it. */
  #giveToPerson(desk: Desk): RingAnswer {
    const to = this.#options.services.rescue()
    desk.session.ledger.append({ type: 'call.handed-over', to: to.to, because: 'the stream broke too often' })
    desk.answer = asAnswer(to)
    void desk.session.close(to.to === 'person' ? 'handed to a person' : 'message left')
    return desk.answer
  }

  #answerLeaving(reason: EndReason): RingAnswer {
    // To another instance, if the carrier had asked that one: it asked us.
    if (reason === 'handed to a person' || reason === 'shut down') return asAnswer(this.#options.services.rescue())
    return reason === 'message left' ? { do: 'take a message' } : { do: 'hang up' }
  }

  #seat(call: NewCall, stored?: StoredCall): Desk {
    const { services } = this.#options
    const { carrierCallId } = call
    const session = new CallSession({
      services,
      call,
      ...(stored ? { stored } : {}),
      onEnded: (reason) => {
        this.#desks.delete(carrierCallId)
        // A call we only let go of may come back, to us or to whoever comes after us.
        if (reason !== 'shut down') this.#remember(carrierCallId, lastAnswerOf(desk))
      },
    })
    const answer: RingAnswer = { do: 'stream', token: this.#tokens.issue(carrierCallId) }
    const desk: Desk = { session, answer, streams: 0, repeats: 0 }
    this.#desks.set(carrierCallId, desk)
    session.ring()
    return desk
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

  #remember(carrierCallId: string, answer: RingAnswer): RingAnswer {
    const atMs = this.#options.services.clock.monotonicMs()
    this.#past.set(carrierCallId, { answer, atMs })
    for (const [id, past] of this.#past) {
      if (atMs - past.atMs < REMEMBER_MS) break
      this.#past.delete(id)
    }
    return answer
  }
}

/** Whether no stream may connect to the call any more. */
function isGoing({ session }: Desk): boolean {
  return session.state.phase === 'ended' || session.state.phase === 'leaving'
}

/** What the carrier is told when it asks again after the end: no stream leads anywhere then. */
function lastAnswerOf({ answer }: Desk): RingAnswer {
  return answer.do === 'stream' ? { do: 'hang up' } : answer
}
