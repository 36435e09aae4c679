import type { Clock } from '../lib/clock.ts'
import { messageOf } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import type { CallStore, NewCall } from './call-store.ts'
import type { CallFact, LedgerEntry } from './facts.ts'

export interface LedgerOptions {
  readonly call: NewCall
  readonly store: CallStore
  readonly clock: Clock
  readonly log: Log
  /** What is stored already, when a call is taken up again after its process died. */
  readonly stored?: readonly LedgerEntry[]
  /** Hears every fact as it is added, as it is kept: metrics, a live view. */
  readonly onFact?: (fact: CallFact) => void
  /** What may be kept of a fact: without the numbers nobody may keep (RELIABILITY S24). */
  readonly hide: (entry: LedgerEntry) => LedgerEntry
}

/**
 * The facts of one call. Adding is synchronous and never fails the call: the store is written behind it, in order,
 * one write at a time, and `flush` tells when what was added so far is durable (RELIABILITY I3 rests on that). What
 * could not be stored is tried again with the next fact.
 */
export class CallLedger {
  readonly #options: LedgerOptions
  readonly #entries: LedgerEntry[]
  readonly #kept: LedgerEntry[]
  readonly #beganAtMonotonicMs: number
  #begun: boolean
  #nextSeq: number
  #unstored: LedgerEntry[] = []
  #writing: Promise<void> | undefined
  /** Another process goes on from what is stored. */
  #isLeft = false

  constructor(options: LedgerOptions) {
    const { clock, call, stored = [] } = options
    this.#options = options
    this.#entries = [...stored]
    this.#kept = [...stored]
    this.#begun = options.stored !== undefined
    const last = stored.at(-1)
    this.#nextSeq = (last?.seq ?? -1) + 1
    // The clock of the process that died may have been ahead of ours.
    this.#beganAtMonotonicMs = clock.monotonicMs() - Math.max(last?.atMs ?? 0, clock.now() - call.startedAt)
  }

  /**
   * Every fact so far except `agent.heard`, which `agent.spoke` sums up: only a crash needs those, from the store. With
   * all that was said, for the engine; nothing of it may be kept as it is.
   */
  get entries(): readonly LedgerEntry[] {
    return this.#entries
  }

  /** The same as it is kept: what the store, the record and everybody outside the talk may know. */
  get kept(): readonly LedgerEntry[] {
    return this.#kept
  }

  /** Ms since the call began to ring. */
  get nowMs(): number {
    return Math.round(this.#options.clock.monotonicMs() - this.#beganAtMonotonicMs)
  }

  /** The first fact of a call. */
  noteRing(answeredBy: { agent: string; engine: string; model: string; language: string }): void {
    const { from, to } = this.#options.call
    this.append({ type: 'call.rang', from, to, ...answeredBy })
  }

  /** The first fact of this process about a call that another began. */
  noteRecovery(): void {
    this.append({ type: 'call.recovered', gapMs: this.nowMs - (this.#entries.at(-1)?.atMs ?? 0) })
  }

  append(fact: CallFact): void {
    const entry = { seq: this.#nextSeq++, atMs: this.nowMs, fact }
    const kept = this.#options.hide(entry)
    if (fact.type !== 'agent.heard') {
      this.#entries.push(entry)
      this.#kept.push(kept)
    }
    if (!this.#isLeft) this.#unstored.push(kept)
    this.#write().catch((error) => this.#complain(error, 'ledger not stored'))
    this.#report(kept)
  }

  /** Resolves when everything added so far is durable; rejects when it could not be stored. */
  async flush(): Promise<void> {
    await this.#write()
  }

  /**
   * The call goes to whichever process the carrier asks next, and that one numbers its facts from what is stored now:
   * what is added here from now on is stored no more.
   */
  leave(): void {
    this.#isLeft = true
  }

  #write(): Promise<void> {
    this.#writing ??= this.#writeAll()
    return this.#writing
  }

  async #writeAll(): Promise<void> {
    const { store, call } = this.#options
    // Facts of the same moment travel together.
    await Promise.resolve()
    try {
      if (!this.#begun) await store.begin(call)
      this.#begun = true
      while (this.#unstored.length > 0) await this.#writeBatch()
    } finally {
      // In the same turn as the last look at what is left: a fact that comes later must not wait on this write.
      this.#writing = undefined
    }
  }

  async #writeBatch(): Promise<void> {
    const { store, call } = this.#options
    const batch = this.#unstored
    this.#unstored = []
    try {
      await store.append(call.callId, batch)
    } catch (error) {
      // Perhaps they were stored after all; the store passes over what it has.
      this.#unstored = [...batch, ...this.#unstored]
      throw error
    }
  }

  #report({ fact }: LedgerEntry): void {
    try {
      this.#options.onFact?.(fact)
    } catch (error) {
      this.#complain(error, 'a listener to the ledger failed')
    }
  }

  #complain(error: unknown, message: string): void {
    const { log, call } = this.#options
    log.error({ callId: call.callId, error: messageOf(error) }, message)
  }
}
