import { messageOf } from '../lib/errors.ts'
import { LATE, orLate } from '../lib/patience.ts'
import { recordOf } from './call-record.ts'
import type { CallServices } from './call-services.ts'
import type { NewCall } from './call-store.ts'
import { attempt } from './closing.ts'
import type { CallFact, EndReason, LedgerEntry } from './facts.ts'
import type { ChallengeReply, IncomingCall, RingAnswer } from './ring-answer.ts'
import type { Screener, Screening } from './screener.ts'

export interface FrontDoorOptions {
  readonly services: CallServices
  /** Undefined: everybody comes in. */
  readonly screener: Screener | undefined
  /** A call goes without ever getting a desk; `answer` is what its repeated webhooks are to get. */
  readonly onLeft: (carrierCallId: string, answer: RingAnswer) => void
}

/** Somebody who was asked to show that they are a person. */
export interface Visitor {
  readonly call: NewCall
  answer: Extract<RingAnswer, { do: 'challenge' }>
  patience: Disposable
}

/** Asked so often; then they may leave a message. */
const MOST_ASKED = 2

/** The carrier brings a reply within half a minute; after this it brings none, and the caller is gone. */
const REPLY_MS = 60_000

/**
 * Where a ring is judged before a desk is taken for it, and where callers stand who are asked for a key or a word. No
 * voice engine knows of them. The rules are SC1 to SC8 in SPEC.md.
 */
export class FrontDoor {
  readonly #options: FrontDoorOptions
  readonly #visitors = new Map<string, Visitor>()
  readonly #saving = new Set<Promise<void>>()

  constructor(options: FrontDoorOptions) {
    this.#options = options
  }

  get visitors(): number {
    return this.#visitors.size
  }

  visitor(carrierCallId: string): Visitor | undefined {
    return this.#visitors.get(carrierCallId)
  }

  /** What is thought of a ring; undefined, and the caller comes in, when nobody says so in time. Never rejects. */
  async screen(incoming: IncomingCall, withinMs: number): Promise<Screening | undefined> {
    const { screener, services } = this.#options
    const { clock, log } = services
    const { carrierCallId } = incoming
    if (!screener) return undefined
    try {
      const screening = await orLate(screener.screen({ ...incoming, at: clock.now() }), { clock, ms: withinMs })
      if (screening !== LATE) return screening
      log.warn({ carrierCallId }, 'ring let in: screening it took too long')
    } catch (error) {
      log.warn({ carrierCallId, error: messageOf(error) }, 'ring let in: it could not be screened')
    }
    return undefined
  }

  /** What a caller gets who does not simply come in; undefined: they do. */
  meet(call: NewCall): RingAnswer | undefined {
    switch (call.screening?.verdict) {
      case 'challenge':
        return this.challenge(call, 1).answer
      case 'message':
        return this.#turnAway(call, [])
      case 'reject':
        return this.leave(call, { answer: { do: 'reject' }, facts: [], endReason: 'screened out' })
      default:
        return undefined
    }
  }

  /** Asks a caller who they are. From now on the call is kept, so that it ends in one record whatever happens (I1). */
  challenge(call: NewCall, asked: number): Visitor {
    const { log, store } = this.#options.services
    const { carrierCallId } = call
    const visitor = { call, answer: this.#question(asked), patience: this.#await(carrierCallId) }
    this.#visitors.set(carrierCallId, visitor)
    this.#track(attempt('beginning a challenged call', log, () => store.begin(call)))
    return visitor
  }

  /** Undefined: they are a person, and leave the door for a desk. The same reply again changes nothing. */
  hear(visitor: Visitor, reply: ChallengeReply): RingAnswer | undefined {
    const { call, answer } = visitor
    if (reply.asked !== answer.asked) return answer
    if (this.#isPerson(reply)) {
      this.#forget(call.carrierCallId)
      return undefined
    }
    if (answer.asked >= MOST_ASKED) return this.#turnAway(call, [challenged(reply, false)])
    visitor.patience[Symbol.dispose]()
    visitor.patience = this.#await(call.carrierCallId)
    visitor.answer = this.#question(answer.asked + 1)
    return visitor.answer
  }

  /** The call goes without a desk: it is answered so, and ends in one record. */
  leave(
    call: NewCall,
    { answer, facts, endReason }: { answer: RingAnswer; facts: readonly CallFact[]; endReason: EndReason },
  ): RingAnswer {
    const { log, clock } = this.#options.services
    const { carrierCallId } = call
    const atMs = Math.max(0, Math.round(clock.now() - call.startedAt))
    this.#forget(carrierCallId)
    this.#options.onLeft(carrierCallId, answer)
    this.#track(attempt('saving a screened call', log, () => this.#save(call, { facts, endReason, atMs })))
    return answer
  }

  /** The caller hung up at the door, or the carrier forgot them. */
  async left(carrierCallId: string): Promise<void> {
    const visitor = this.#visitors.get(carrierCallId)
    if (!visitor) return
    const facts = [challenged({ key: undefined, words: undefined }, false)]
    this.leave(visitor.call, { answer: { do: 'hang up' }, facts, endReason: 'screened out' })
    await Promise.all(this.#saving)
  }

  /** Lets go of everybody: who is asked now is found again in the store by whoever gets their reply. */
  async close(): Promise<void> {
    for (const carrierCallId of this.#visitors.keys()) this.#forget(carrierCallId)
    await Promise.all(this.#saving)
  }

  #isPerson({ key, words }: ChallengeReply): boolean {
    return key !== undefined || (words !== undefined && !this.#options.services.soundsRecorded(words))
  }

  /** The caller may leave a message; the agent is not for them. */
  #turnAway(call: NewCall, facts: readonly CallFact[]): RingAnswer {
    const handedOver: CallFact = { type: 'call.handed-over', to: 'message', because: 'screened out' }
    return this.leave(call, {
      answer: { do: 'take a message' },
      facts: [...facts, handedOver],
      endReason: 'screened out',
    })
  }

  #question(asked: number): Visitor['answer'] {
    const { phrases, settings } = this.#options.services
    const { language } = settings
    return { do: 'challenge', asked, text: phrases.phrase('challenge', language).text, language }
  }

  #await(carrierCallId: string): Disposable {
    return this.#options.services.clock.after(REPLY_MS, () => void this.left(carrierCallId))
  }

  #forget(carrierCallId: string): void {
    this.#visitors.get(carrierCallId)?.patience[Symbol.dispose]()
    this.#visitors.delete(carrierCallId)
  }

  /** A call without a session: its few facts, and its end. */
  async #save(
    call: NewCall,
    { facts, endReason, atMs }: { facts: readonly CallFact[]; endReason: EndReason; atMs: number },
  ): Promise<void> {
    const { store, clock, price, settings, onFact, onEnded } = this.#options.services
    const { callId, from, to, engine } = call
    const { agent, language } = settings
    const rang: CallFact = { type: 'call.rang', from, to, agent, engine, model: 'none', language }
    const before = [rang, ...screenedOf(call)]
    const after = [...facts, ...(await this.#savings(endReason)), { type: 'call.ended', reason: endReason } as const]
    const entries: LedgerEntry[] = [
      ...before.map((fact, seq) => ({ seq, atMs: 0, fact })),
      ...after.map((fact, index) => ({ seq: before.length + index, atMs, fact })),
    ]
    await store.begin(call)
    await store.append(callId, entries)
    await store.end(recordOf({ callId, entries, endedAt: clock.now(), endReason, price }))
    for (const { fact } of entries) onFact(fact)
    onEnded(endReason, entries)
  }

  async #savings(endReason: EndReason): Promise<CallFact[]> {
    const { screener, services } = this.#options
    if (endReason !== 'screened out' || !screener) return []
    // What was saved is nice to know; that it is not known must not cost the call its record.
    const usd = await screener.usualCostUsd().catch((error) => {
      services.log.warn({ error: messageOf(error) }, 'cost of a usual call not known')
      return 0
    })
    return [{ type: 'cost.avoided', usd }]
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#saving.delete(tracked))
    this.#saving.add(tracked)
  }
}

/** The ledger's word on what was thought of the ring; nothing when it was not screened. */
export function screenedOf({ screening }: NewCall): CallFact[] {
  return screening ? [{ type: 'call.screened', ...screening }] : []
}

/** The ledger's word on what a caller did who was asked who they are. */
export function challenged({ key, words }: Pick<ChallengeReply, 'key' | 'words'>, passed: boolean): CallFact {
  return { type: 'call.challenged', passed, by: key !== undefined ? 'key' : words !== undefined ? 'speech' : 'nothing' }
}
