import { type CallLog, openCallLog } from '../../src/business/call-log.ts'
import { createMessages, type Messages } from '../../src/business/messages.ts'
import type { OutboundTerms } from '../../src/business/outbound/gate-facts.ts'
import { type Clock, sleep } from '../../src/lib/clock.ts'
import type { Log } from '../../src/lib/log.ts'
import { type Database, openDatabase, whereIs } from '../../src/storage/database.ts'
import type { Evidence } from './evidence.ts'
import { OfficeCalls } from './office-calls.ts'

const LOOK_MS = 250

/** What the rehearsed servers store, read beside them from the same database. */
export class RehearsedCallLog implements AsyncDisposable {
  readonly messages: Messages
  readonly #database: Database
  readonly #callLog: CallLog
  readonly #clock: Clock
  readonly #resources: AsyncDisposableStack

  private constructor(options: {
    database: Database
    callLog: CallLog
    messages: Messages
    clock: Clock
    resources: AsyncDisposableStack
  }) {
    this.#database = options.database
    this.#callLog = options.callLog
    this.messages = options.messages
    this.#clock = options.clock
    this.#resources = options.resources
  }

  static async open(
    { storage }: { readonly storage: Parameters<typeof whereIs>[0] },
    options: { clock: Clock; log: Log },
  ): Promise<RehearsedCallLog> {
    await using opening = new AsyncDisposableStack()
    const database = opening.use(await openDatabase({ ...whereIs(storage), log: options.log }))
    const callLog = opening.use(openCallLog(database, options))
    const messages = createMessages(database, options)
    return new RehearsedCallLog({ database, callLog, messages, clock: options.clock, resources: opening.move() })
  }

  /** The call with its ledger, as it stands now. The ledger's times are made to count from `placedAt`, epoch ms. */
  async find(carrierCallId: string, placedAt: number): Promise<Pick<Evidence, 'stored' | 'entries'>> {
    const known = await this.#callLog.find(carrierCallId)
    if (!known) return { stored: undefined, entries: [] }
    const sinceMs = known.startedAt - placedAt
    const entries = known.entries.map((entry) => ({ ...entry, atMs: entry.atMs + sinceMs }))
    return { stored: await this.#callLog.get(known.callId), entries }
  }

  /** The office, which works on the same database. */
  office(terms: OutboundTerms): OfficeCalls {
    return new OfficeCalls(this.#database, { terms, clock: this.#clock })
  }

  /** What the office has of a number in E.164. */
  async ofNumber(number: string): Promise<Pick<Evidence, 'appointments' | 'tasks' | 'outbound'>> {
    const appointments = await this.#database
      .selectFrom('appointments')
      .leftJoin('officers', 'officers.id', 'appointments.officer_id')
      .select(['appointments.status', 'appointments.officer_id', 'appointments.starts_at', 'officers.name'])
      .where('contact_number', '=', number)
      .orderBy('appointments.created_at')
      .execute()
    const tasks = await this.#database
      .selectFrom('tasks')
      .select(['kind', 'note'])
      .where('contact_number', '=', number)
      .orderBy('created_at')
      .execute()
    const outbound = await this.#database
      .selectFrom('outbound_calls')
      .select(['state', 'refusal', 'answered_by', 'outcome'])
      .where('number', '=', number)
      .orderBy('requested_at')
      .execute()
    return {
      outbound: outbound.map(({ state, refusal, answered_by: answeredBy, outcome }) => ({
        ...{ state, refusal: refusal ?? undefined, answeredBy: answeredBy ?? undefined },
        outcome: outcome ?? undefined,
      })),
      appointments: appointments.map(({ status, officer_id: officerId, starts_at: startsAt, name }) => ({
        ...{ status, officerId, startsAt, officerName: name ?? undefined },
      })),
      tasks,
    }
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
