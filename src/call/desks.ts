import type { CallServices } from './call-services.ts'
import type { NewCall, StoredCall } from './call-store.ts'
import type { CallFact, EndReason } from './facts.ts'
import { placedCallIn } from './outbound/placed-call.ts'
import type { RingAnswer } from './ring-answer.ts'
import { CallSession } from './session.ts'
import { asAnswer, MOST_RESUMES } from './stored-answer.ts'
import { StreamTokens } from './stream-tokens.ts'

export interface DesksOptions {
  readonly services: CallServices
  /** A call is over; `answer` is what its repeated webhooks are to get. */
  readonly onLeft: (carrierCallId: string, answer: RingAnswer) => void
}

/** Where a live call sits. */
export interface Desk {
  readonly session: CallSession
  answer: RingAnswer
  /** Streams that were opened. */
  streams: number
  /** Answers given again since the last of them. */
  repeats: number
}

/** A webhook is repeated this often at most; more of them means that the stream we offer is never opened. */
const MOST_REPEATS = 5

/** The live calls of this process, each with what the carrier was last told of it and the token its stream must show. */
export class Desks {
  readonly #options: DesksOptions
  readonly #tokens: StreamTokens
  readonly #desks = new Map<string, Desk>()

  constructor(options: DesksOptions) {
    this.#options = options
    this.#tokens = new StreamTokens(options.services.clock)
  }

  get size(): number {
    return this.#desks.size
  }

  get sessions(): CallSession[] {
    return [...this.#desks.values()].map(({ session }) => session)
  }

  get(carrierCallId: string): Desk | undefined {
    return this.#desks.get(carrierCallId)
  }

  /** `facts` are what the door knows of the caller; they stand in the ledger behind the ring. */
  seat(call: NewCall, facts: readonly CallFact[], stored?: StoredCall): RingAnswer {
    const { services, onLeft } = this.#options
    const { carrierCallId } = call
    const outbound = call.outbound ?? placedCallIn(stored?.entries ?? [])
    const session = new CallSession({
      services,
      call: outbound ? { ...call, outbound } : call,
      ...(stored ? { stored } : {}),
      onEnded: (reason) => {
        this.#desks.delete(carrierCallId)
        // A call we only let go of may come back, to us or to whoever comes after us.
        if (reason !== 'shut down') onLeft(carrierCallId, lastAnswerOf(desk))
      },
    })
    const answer: RingAnswer = { do: 'stream', token: this.#tokens.issue(carrierCallId) }
    const desk: Desk = { session, answer, streams: 0, repeats: 0 }
    this.#desks.set(carrierCallId, desk)
    session.ring()
    for (const fact of facts) session.ledger.append(fact)
    return answer
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

  /** The stream of a live call ended and the carrier asks what now. */
  resume(desk: Desk): RingAnswer {
    const { session, answer } = desk
    const { state, call } = session
    if ((state.phase === 'leaving' || state.phase === 'joining') && state.to?.to === 'conference') {
      return { do: 'join a conference', ...state.to }
    }
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
    // Whom we called is asked for no message (OC5).
    if (to.to === 'message' && desk.session.call.outbound) return this.#letGo(desk, 'interrupted')
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
}

/** Whether no stream may connect to the call any more. */
function isGoing({ session }: Desk): boolean {
  return ['ended', 'leaving', 'joining'].includes(session.state.phase)
}

/** What the carrier is told when it asks again after the end: no stream leads anywhere then. */
function lastAnswerOf({ answer }: Desk): RingAnswer {
  return answer.do === 'stream' ? { do: 'hang up' } : answer
}
