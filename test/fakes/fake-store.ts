import type { CallRecord, CallStore, NewCall, StoredCall } from '../../src/call/call-store.ts'
import type { CallFact, LedgerEntry } from '../../src/call/facts.ts'

/** Calls in memory, with the promises of the real store: a repeated entry changes nothing, a second end neither. */
export class FakeStore implements CallStore {
  readonly records: CallRecord[] = []
  /** Each write fails while this is set. */
  fails = false
  /** Each write waits for this. */
  gate: Promise<void> = Promise.resolve()
  /** Each look-up of what is durable waits for this. */
  reading: Promise<void> = Promise.resolve()
  /** The calls whose ledger was read, in order. */
  readonly found: string[] = []
  readonly #calls = new Map<string, { call: NewCall; entries: Map<number, LedgerEntry> }>()

  async begin(call: NewCall): Promise<void> {
    await this.#write()
    const kept = this.#of(call.carrierCallId)?.call
    if (kept && kept.callId !== call.callId) throw new Error(`${call.carrierCallId} is kept as ${kept.callId}`)
    if (!kept) this.#calls.set(call.callId, { call, entries: new Map() })
  }

  async append(callId: string, entries: readonly LedgerEntry[]): Promise<void> {
    await this.#write()
    const stored = this.#calls.get(callId)
    if (!stored) throw new Error(`call ${callId} was never begun`)
    for (const entry of entries) if (!stored.entries.has(entry.seq)) stored.entries.set(entry.seq, entry)
  }

  async end(record: CallRecord): Promise<void> {
    await this.#write()
    if (!this.#calls.has(record.callId)) throw new Error(`call ${record.callId} was never begun`)
    if (this.records.some(({ callId }) => callId === record.callId))
      throw new Error(`call ${record.callId} ended twice`)
    this.records.push(record)
  }

  async find(carrierCallId: string): Promise<StoredCall | undefined> {
    this.found.push(carrierCallId)
    const stored = this.#of(carrierCallId)
    return stored && this.#asStored(stored)
  }

  async findDurable(carrierCallId: string): Promise<StoredCall | undefined> {
    await this.reading
    return await this.find(carrierCallId)
  }

  async unfinished(): Promise<NewCall[]> {
    const ended = new Set(this.records.map(({ callId }) => callId))
    return [...this.#calls.values()].map(({ call }) => call).filter(({ callId }) => !ended.has(callId))
  }

  get calls(): number {
    return this.#calls.size
  }

  /** What is stored of a call, in order. */
  facts(carrierCallId: string): CallFact[] {
    const stored = this.#of(carrierCallId)
    return stored ? this.#asStored(stored).entries.map(({ fact }) => fact) : []
  }

  /** Forgets everything, so that a long test does not grow by it. */
  forget(): void {
    this.records.length = 0
    this.#calls.clear()
  }

  /** Puts a call there that another process left behind. */
  leave(call: NewCall, entries: readonly LedgerEntry[]): void {
    this.#calls.set(call.callId, { call, entries: new Map(entries.map((entry) => [entry.seq, entry])) })
  }

  #of(carrierCallId: string): { call: NewCall; entries: Map<number, LedgerEntry> } | undefined {
    return [...this.#calls.values()].find(({ call }) => call.carrierCallId === carrierCallId)
  }

  async #write(): Promise<void> {
    await this.gate
    if (this.fails) throw new Error('the database is away')
  }

  #asStored({ call, entries }: { call: NewCall; entries: Map<number, LedgerEntry> }): StoredCall {
    const record = this.records.find(({ callId }) => callId === call.callId)
    const sorted = [...entries.values()].sort((a, b) => a.seq - b.seq)
    return { ...call, endedAt: record?.endedAt, endReason: record?.endReason, entries: sorted }
  }
}
