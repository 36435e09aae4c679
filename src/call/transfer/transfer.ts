import type { Clock } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { CallFact } from '../facts.ts'
import type { LegAnswer, LegEnd, LegEvent } from './officer-legs.ts'
import type { Candidate, LegOutcome, OfficerLines, TransferOutcome } from './officer-lines.ts'

export interface TransferOptions {
  readonly transferId: string
  /** E.164; undefined when withheld. */
  readonly callerNumber: string | undefined
  /** Best first. */
  readonly candidates: readonly Candidate[]
  /** What an officer is told before they decide, by what is known then. */
  readonly brief: () => string
  readonly lines: OfficerLines
  readonly clock: Clock
  readonly log: Log
  readonly note: (fact: CallFact) => void
  /** They wait in the conference. */
  readonly onAccepted: (candidate: Candidate, meeting: { readonly name: string; readonly legId: string }) => void
  /** The caller talks with them: nothing more is to be done. */
  readonly onBridged: () => void
  /** Nobody took the call, or whoever did was gone before the caller was there. */
  readonly onNobody: () => void
}

/** How long one telephone rings, and how long a caller is kept waiting for all of them (RELIABILITY F15). */
const RING_MS = 25_000
const WAIT_MS = 90_000
/** Less than this is no ring: a telephone takes as long to find. */
const SHORTEST_RING_MS = 8_000
/** Beyond the ringing, how long the carrier's news may take. */
const NEWS_MS = 5_000
/** How long an officer may hear the brief and think; the carrier itself waits 10 s for a key behind it (F16). */
const DECIDE_MS = 35_000
/** How long a caller may take to get to an officer who waits; then the carrier is asked what became of the two. */
const MEET_MS = 20_000

const BY_END: Readonly<Record<LegEnd, LegOutcome>> = {
  busy: 'busy',
  'no answer': 'no answer',
  failed: 'failed',
  // Hung up in the middle of the brief, by a hand or a mailbox that was full.
  completed: 'declined',
}

interface Leg {
  readonly legId: string
  readonly candidate: Candidate
  readonly listening: Disposable
  phase: 'ringing' | 'briefed' | 'accepted'
  /** When it is given up, if nothing comes; monotonic ms. */
  patienceUntilMs: number
}

/**
 * Brings one caller to one of several officers, one telephone after the other. An officer is connected only after they
 * pressed 1: a mailbox presses nothing (F16). Whoever has it calls `tick` and `end`s it when the caller goes.
 */
export class Transfer {
  readonly #options: TransferOptions
  readonly #startedAtMs: number
  readonly #waiting: Candidate[]
  #leg: Leg | undefined
  #over = false

  constructor(options: TransferOptions) {
    this.#options = options
    this.#startedAtMs = options.clock.monotonicMs()
    this.#waiting = [...options.candidates]
  }

  begin(): void {
    this.#ringNext()
  }

  /** An officer waits for the caller. */
  get accepted(): boolean {
    return this.#leg?.phase === 'accepted'
  }

  /** To be called every 100 ms while it goes on. */
  tick(nowMs: number): void {
    const leg = this.#leg
    if (!leg || nowMs < leg.patienceUntilMs) return
    if (leg.phase === 'accepted') void this.#lookUp(leg)
    else this.#giveUp(leg, leg.phase === 'ringing' ? 'no answer' : 'voicemail')
  }

  /**
   * The process goes: whoever rings or listens is let go, and the ledger leaves the transfer open for whoever takes the
   * call up (TR10).
   */
  leaveOpen(): void {
    if (this.#over) return
    const { lines, transferId } = this.#options
    if (this.#leg) this.#dismiss(this.#leg, 'called off')
    this.#over = true
    lines.book.ended(transferId, 'called off')
  }

  /** It need not go on: whoever rings or listens is let go at once (F17). */
  end(outcome: Extract<TransferOutcome, 'caller left' | 'called off'>): void {
    if (this.#over) return
    if (this.#leg) this.#dismiss(this.#leg, outcome)
    this.#finish(outcome)
  }

  #ringNext(): void {
    const { clock, lines, transferId, note, log } = this.#options
    const nowMs = clock.monotonicMs()
    const leftMs = this.#startedAtMs + WAIT_MS - nowMs
    const candidate = leftMs < SHORTEST_RING_MS ? undefined : this.#waiting.shift()
    if (!candidate) {
      this.#finish('nobody free')
      return
    }
    const legId = createId('leg')
    const ringMs = Math.min(RING_MS, leftMs)
    const listening = lines.legs.add(legId, (event) => this.#onLeg(leg, event))
    const leg: Leg = { legId, candidate, listening, phase: 'ringing', patienceUntilMs: nowMs + ringMs + NEWS_MS }
    this.#leg = leg
    const { officerId } = candidate
    note({ type: 'transfer.rang', transferId, legId, officerId })
    lines.book.rang({ legId, transferId, officerId })
    lines.ring({ legId, transferId, candidate, ringMs }).catch((error: unknown) => {
      log.warn({ legId, officerId, error: messageOf(error) }, 'officer could not be rung')
      if (this.#leg === leg) this.#giveUp(leg, 'failed')
    })
  }

  #onLeg(leg: Leg, event: LegEvent): LegAnswer | undefined {
    if (this.#leg !== leg) return undefined
    switch (event.type) {
      case 'picked up':
        return this.#brief(leg)
      case 'pressed':
        return this.#decide(leg, event.key)
      case 'caller joined':
        return this.#bridge(leg)
      case 'caller alone':
        if (leg.phase === 'accepted') this.#lose(leg)
        return undefined
      case 'ended':
        if (leg.phase === 'accepted') this.#lose(leg)
        else this.#passOver(leg, BY_END[event.how])
        return undefined
      default:
        return event satisfies never
    }
  }

  #brief(leg: Leg): LegAnswer {
    // The same webhook once more must not ask somebody again who has decided.
    if (leg.phase === 'accepted') return this.#join()
    leg.phase = 'briefed'
    leg.patienceUntilMs = this.#options.clock.monotonicMs() + DECIDE_MS
    return { do: 'brief', words: this.#options.brief() }
  }

  #decide(leg: Leg, key: string | undefined): LegAnswer {
    const { clock, onAccepted, transferId } = this.#options
    if (leg.phase === 'accepted') return this.#join()
    if (key !== '1') {
      this.#passOver(leg, key === undefined ? 'voicemail' : 'declined')
      return { do: 'hang up', words: 'Thank you. Goodbye.' }
    }
    leg.phase = 'accepted'
    leg.patienceUntilMs = clock.monotonicMs() + MEET_MS
    this.#note(leg, 'accepted')
    onAccepted(leg.candidate, { name: conferenceOf(transferId), legId: leg.legId })
    return this.#join()
  }

  #join(): LegAnswer {
    return { do: 'join', conference: conferenceOf(this.#options.transferId) }
  }

  #bridge(leg: Leg): undefined {
    if (leg.phase !== 'accepted' || this.#over) return
    const { lines, transferId, brief, callerNumber, onBridged } = this.#options
    lines.book.bridged({ transferId, candidate: leg.candidate, brief: brief(), callerNumber })
    this.#over = true
    this.#leg = undefined
    leg.listening[Symbol.dispose]()
    this.#options.note({ type: 'transfer.ended', transferId, outcome: 'bridged', officerId: leg.candidate.officerId })
    onBridged()
  }

  /** No news of the two: it may be lost, and they talk (F19). Never rejects. */
  async #lookUp(leg: Leg): Promise<void> {
    const { lines, transferId, log } = this.#options
    leg.patienceUntilMs = Number.POSITIVE_INFINITY
    const together = await lines.areTogether(conferenceOf(transferId)).catch((error: unknown) => {
      log.warn({ legId: leg.legId, error: messageOf(error) }, 'conference not known: taken for a talk')
      // A talk must not be cut; a caller who is alone after all is heard of by itself.
      return true
    })
    if (this.#leg !== leg) return
    if (together) this.#bridge(leg)
    else this.#lose(leg)
  }

  /** They had pressed 1 and are gone, or the caller never got to them. */
  #lose(leg: Leg): void {
    this.#closeLeg(leg, 'lost')
    this.#letGo(leg, 'The caller could not be connected. Goodbye.')
    this.#finish('nobody free')
  }

  /** The carrier need not be told: the telephone rings no more, or is being told already. */
  #passOver(leg: Leg, outcome: LegOutcome): void {
    this.#closeLeg(leg, outcome)
    this.#ringNext()
  }

  #dismiss(leg: Leg, outcome: 'caller left' | 'called off'): void {
    this.#closeLeg(leg, outcome)
    this.#letGo(leg, outcome === 'caller left' ? 'The caller has hung up. Goodbye.' : 'You are not needed any more.')
  }

  #giveUp(leg: Leg, outcome: LegOutcome): void {
    this.#letGo(leg, 'You are not needed any more.')
    this.#passOver(leg, outcome)
  }

  #closeLeg(leg: Leg, outcome: LegOutcome): void {
    leg.listening[Symbol.dispose]()
    this.#leg = undefined
    this.#note(leg, outcome)
  }

  #note({ legId, candidate: { officerId } }: Leg, outcome: LegOutcome): void {
    const { note, lines, transferId } = this.#options
    note({ type: 'transfer.leg-ended', transferId, legId, officerId, outcome })
    lines.book.legEnded(legId, outcome)
  }

  #letGo({ legId }: Leg, words: string): void {
    const { lines, log } = this.#options
    lines.letGo(legId, words).catch((error: unknown) => {
      log.warn({ legId, error: messageOf(error) }, 'leg could not be ended at the carrier')
    })
  }

  #finish(outcome: Exclude<TransferOutcome, 'bridged'>): void {
    if (this.#over) return
    this.#over = true
    const { note, lines, transferId, onNobody } = this.#options
    note({ type: 'transfer.ended', transferId, outcome })
    lines.book.ended(transferId, outcome)
    if (outcome === 'nobody free') onNobody()
  }
}

function conferenceOf(transferId: string): string {
  return `hearthline-${transferId}`
}
