import { addConsentEvent } from '../../src/business/consent/consents.ts'
import { type GateAnswer, passGate } from '../../src/business/outbound/gate.ts'
import type { OutboundTerms } from '../../src/business/outbound/gate-facts.ts'
import type { Clock } from '../../src/lib/clock.ts'
import type { CalledScenario } from '../../src/simulator/scenario-called.ts'
import type { Database } from '../../src/storage/database.ts'

/** The office of a rehearsal, which asks for calls as `npm run outbound -- call` does: the servers' workers place them. */
export class OfficeCalls {
  readonly #database: Database
  readonly #terms: OutboundTerms
  readonly #clock: Clock
  #asked = 0

  constructor(database: Database, { terms, clock }: { terms: OutboundTerms; clock: Clock }) {
    this.#database = database
    this.#terms = terms
    this.#clock = clock
  }

  /** What they have allowed us is on file before the first call is asked for. */
  ask({ consent, number, voice: _, name, ...call }: CalledScenario): Promise<GateAnswer> {
    const at = Math.round(this.#clock.now())
    this.#asked += 1
    const key = `office:${this.#asked}`
    const isFirst = this.#asked === 1
    return this.#database.transaction().execute(async (transaction) => {
      if (consent && isFirst) {
        const { seller } = this.#terms
        const given = { event: 'given', channel: 'call', source: 'web form', seller, at } as const
        await addConsentEvent(transaction, { ...given, ...consent, number })
      }
      const request = { ...call, key, number, ...(name === undefined ? {} : { contactName: name }) }
      return await passGate(transaction, request, this.#terms, at)
    })
  }
}
