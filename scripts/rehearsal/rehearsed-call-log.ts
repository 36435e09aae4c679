import { type CallLog, openCallLog } from '../../src/business/call-log.ts'
import { createMessages, type Messages } from '../../src/business/messages.ts'
import type { Config } from '../../src/config/schema.ts'
import { type Clock, sleep } from '../../src/lib/clock.ts'
import type { Log } from '../../src/lib/log.ts'
import { openDatabase, whereIs } from '../../src/storage/database.ts'
import type { Evidence } from './evidence.ts'

const LOOK_MS = 250

/** What the rehearsed servers store, read beside them from the same database. */
export class RehearsedCallLog implements AsyncDisposable {
  readonly messages: Messages
  readonly #callLog: CallLog
  readonly #clock: Clock
  readonly #resources: AsyncDisposableStack

  private constructor(options: {
    callLog: CallLog
    messages: Messages
    clock: Clock
    resources: AsyncDisposableStack
  }) {
    this.#callLog = options.callLog
    this.messages = options.messages
    this.#clock = options.clock
    this.#resources = options.resources
  }

  static async open({ storage }: Config, options: { clock: Clock; log: Log }): Promise<RehearsedCallLog> {
    await using opening = new AsyncDisposableStack()
    const database = opening.use(await openDatabase({ ...whereIs(storage), log: options.log }))
    const callLog = opening.use(openCallLog(database, options))
    const messages = createMessages(database, options)
    return new RehearsedCallLog({ callLog, messages, clock: options.clock, resources: opening.move() })
  }

  /** The call with its ledger, as it stands now. The ledger's times are made to count from `placedAt`, epoch ms. */
  async find(carrierCallId: string, placedAt: number): Promise<Pick<Evidence, 'stored' | 'entries'>> {
    const known = await this.#callLog.find(carrierCallId)
    if (!known) return { stored: undefined, entries: [] }
    const sinceMs = known.startedAt - placedAt
    const entries = known.entries.map((entry) => ({ ...entry, atMs: entry.atMs + sinceMs }))
    return { stored: await this.#callLog.get(known.callId), entries }
  }

  /** Resolves when the call has a finished record, or after `patienceMs` without one. */
  async untilEnded(carrierCallId: string, patienceMs: number): Promise<void> {
    const givingUpAtMs = this.#clock.monotonicMs() + patienceMs
    while (this.#clock.monotonicMs() < givingUpAtMs) {
      const stored = await this.#callLog.find(carrierCallId)
      if (stored?.endedAt !== undefined) return
      await sleep(this.#clock, LOOK_MS)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync()
  }
}
