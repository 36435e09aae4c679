import { messageOf } from '../../lib/errors.ts'
import { createId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import { LATE, orLate } from '../../lib/patience.ts'
import type { Conference } from '../../telephony/line.ts'
import type { CallServices } from '../call-services.ts'
import type { NewCall } from '../call-store.ts'
import type { KnownCaller } from '../caller-picture.ts'
import type { Conversation } from '../conversation.ts'
import type { CallFact, LedgerEntry } from '../facts.ts'
import type { CallLedger } from '../ledger.ts'
import type { Candidate, OfficerLines } from './officer-lines.ts'
import { Transfer } from './transfer.ts'
import { briefOf, RINGING } from './transfer-brief.ts'

export interface TransferDeskOptions {
  readonly services: Pick<CallServices, 'clock' | 'officerLines'>
  readonly call: NewCall
  readonly caller: KnownCaller
  readonly conversation: Conversation
  readonly ledger: CallLedger
  readonly log: Log
  /** Aborts when the call ends. */
  readonly signal: AbortSignal
  readonly isLive: () => boolean
  /** An officer waits: the caller is to be brought there. */
  readonly onOfficer: (to: Conference, because: string) => void
  /** They are together. */
  readonly onBridged: () => void
  /** There is nobody to be rung at all. */
  readonly onNobodyIn: (wish: TransferWish) => void
  /** All who were rung did not take the call. */
  readonly onNobodyFree: (wish: TransferWish) => void
}

export interface TransferWish {
  readonly because: string
  /** Our voice cannot serve the caller any more: they hear fixed phrases only, and leave a message in the end. */
  readonly rescue: boolean
  readonly officerId?: string | undefined
}

/** Nobody is kept waiting longer to learn who could be rung. */
const CHOOSE_MS = 1_500
/** On hold the caller hears from us this long after the last word (RELIABILITY F15 asks for 20 s at most). */
const UPDATE_AFTER_MS = 15_000

/** Whoever asks again sooner is hearing it, or has just heard it. */
const SAY_AGAIN_AFTER_MS = 5_000

/** Connects a caller with an officer, at most one attempt at a time, and keeps them company while telephones ring. */
export class TransferDesk {
  readonly #options: TransferDeskOptions
  #transfer: Transfer | undefined
  #choosing = false
  /** Nobody was on the line when it was known who could be rung. */
  #due: TransferWish | undefined
  #quietSinceMs: number | undefined
  /** When the caller was last told that telephones ring. */
  #toldAtMs = Number.NEGATIVE_INFINITY

  constructor(options: TransferDeskOptions) {
    this.#options = options
  }

  /** The caller waits for a telephone to be picked up. */
  get active(): boolean {
    return this.#choosing || this.#transfer !== undefined
  }

  /** Asked for again while it goes on, it only says so. */
  begin(wish: TransferWish): void {
    const { services, onNobodyIn } = this.#options
    if (this.#transfer && !wish.rescue && !this.#transfer.accepted) this.#sayAgain()
    if (this.active) return
    // Never rejects.
    if (services.officerLines) void this.#seek(wish, services.officerLines)
    else onNobodyIn(wish)
  }

  /** To be called every 100 ms while the call goes on. */
  tick(nowMs: number): void {
    const { conversation } = this.#options
    this.#transfer?.tick(nowMs)
    const silent = this.#transfer && !conversation.callerHasFloor && conversation.unheardMs === 0
    if (!silent || this.#transfer?.accepted) this.#quietSinceMs = undefined
    else this.#quietSinceMs ??= nowMs
    if (this.#quietSinceMs === undefined || nowMs - this.#quietSinceMs < UPDATE_AFTER_MS) return
    this.#quietSinceMs = undefined
    this.#sayStillReaching(nowMs)
  }

  /** A process that died was at it: what it left ringing is let go, and the caller's wish still stands. Never rejects. */
  async takeUp(): Promise<void> {
    const { services, call, ledger, log } = this.#options
    const started = unfinishedIn(ledger.entries)
    if (!started || !services.officerLines) return
    try {
      await services.officerLines.letGoOf(call.callId)
    } catch (error) {
      log.error({ error: messageOf(error) }, 'legs of a process that died could not be ended')
    }
    ledger.append({ type: 'transfer.ended', transferId: started.transferId, outcome: 'called off' })
    this.begin({ because: started.because, rescue: false })
  }

  /** The caller does not need it any more. */
  end(outcome: 'caller left' | 'called off'): void {
    this.#transfer?.end(outcome)
    this.#transfer = undefined
    this.#due = undefined
  }

  /** There is a line again: what was wished for before it broke is done now. */
  doDue(): void {
    const due = this.#due
    this.#due = undefined
    if (due) this.begin(due)
  }

  /** This process goes, and whoever takes the call up begins anew (TR10). */
  leaveOpen(): void {
    this.#transfer?.leaveOpen()
    this.#transfer = undefined
  }

  async #seek(wish: TransferWish, lines: OfficerLines): Promise<void> {
    this.#choosing = true
    const candidates = await this.#choose(wish, lines)
    this.#choosing = false
    // The caller may have hung up meanwhile, or the line have dropped: whoever comes back needs to be served.
    if (!this.#options.isLive()) {
      if (wish.rescue) this.#options.onNobodyIn(wish)
      else this.#due = wish
    } else if (candidates.length > 0) this.#start(wish, lines, candidates)
    else this.#options.onNobodyIn(wish)
  }

  async #choose({ officerId }: TransferWish, lines: OfficerLines): Promise<readonly Candidate[]> {
    const { call, caller, ledger, services, signal, log } = this.#options
    const { language, facts } = caller.picture
    try {
      const chosen = await orLate(
        lines.candidates({
          callId: call.callId,
          callerNumber: call.from,
          language,
          propertyState: facts.get('property state')?.value,
          loanPurpose: facts.get('loan purpose')?.value,
          officerId,
          except: rungIn(ledger.entries),
        }),
        { clock: services.clock, ms: CHOOSE_MS, signal },
      )
      if (chosen !== LATE) return chosen
      log.warn('officers were not found in time')
    } catch (error) {
      log.error({ error: messageOf(error) }, 'officers could not be looked up')
    }
    return []
  }

  #start(wish: TransferWish, lines: OfficerLines, candidates: readonly Candidate[]): void {
    const { call, caller, conversation, ledger, log, services } = this.#options
    const transferId = createId('transfer')
    const { because } = wish
    const officers = candidates.map(({ officerId, because }) => ({ officerId, because }))
    ledger.append({ type: 'transfer.started', transferId, because, officers })
    lines.book.began({ transferId, callId: call.callId, carrierCallId: call.carrierCallId, because })
    this.#announce(wish)
    const transfer = new Transfer({
      transferId,
      callerNumber: call.from,
      candidates,
      brief: () => briefOf({ picture: caller.picture, knownName: undefined, because }),
      lines,
      clock: services.clock,
      log,
      note: (fact) => void ledger.append(fact),
      onAccepted: (officer, meeting) =>
        this.#options.onOfficer({ to: 'conference', ...meeting, announced: named(officer) }, because),
      onBridged: () => this.#end(this.#options.onBridged),
      onNobody: () => this.#end(() => this.#options.onNobodyFree(wish)),
    })
    this.#transfer = transfer
    transfer.begin()
    conversation.tell({ role: 'note', text: RINGING })
  }

  #announce({ rescue }: TransferWish): void {
    const { conversation, services } = this.#options
    if (rescue) conversation.leave()
    else conversation.hush()
    conversation.say(rescue ? 'get-someone' : 'reaching')
    this.#toldAtMs = services.clock.monotonicMs()
    if (rescue) conversation.handedOver('person')
  }

  /** Keys come faster than words: once is enough. */
  #sayAgain(): void {
    const nowMs = this.#options.services.clock.monotonicMs()
    if (nowMs - this.#toldAtMs >= SAY_AGAIN_AFTER_MS) this.#sayStillReaching(nowMs)
  }

  #sayStillReaching(nowMs: number): void {
    this.#toldAtMs = nowMs
    this.#options.conversation.say('still-reaching')
  }

  #end(then: () => void): void {
    this.#transfer = undefined
    then()
  }
}

/** "Dana Lee, N M L S 1 2 3 4 5 6": the carrier's voice reads figures one by one. */
function named({ name, nmlsId }: Candidate): string {
  return nmlsId === undefined ? name : `${name}, N M L S number ${[...nmlsId].join(' ')}`
}

/** Whoever did not take the call once is not rung for it again. */
function rungIn(entries: readonly LedgerEntry[]): string[] {
  return entries.flatMap(({ fact }) => (fact.type === 'transfer.rang' ? [fact.officerId] : []))
}

function unfinishedIn(entries: readonly LedgerEntry[]): Extract<CallFact, { type: 'transfer.started' }> | undefined {
  const last = entries.findLast(({ fact }) => fact.type === 'transfer.started' || fact.type === 'transfer.ended')?.fact
  return last?.type === 'transfer.started' ? last : undefined
}
