import { z } from 'zod'
import type { ScreeningEvidence } from '../../call/screener.ts'
import type { Clock } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'
import type { Database } from '../../storage/database.ts'
import { inTime } from './in-time.ts'

const factsSchema = z.object({
  valid: z.boolean(),
  lineType: z.string().optional(),
  risk: z.string().optional(),
  blocked: z.boolean(),
})

/** What the carrier knows of a number; as `NumberFacts` of the telephony room. */
export type KnownFacts = Readonly<z.output<typeof factsSchema>>

export interface NumberFactsOptions {
  readonly database: Database
  /** Asks the carrier, which bills it. */
  readonly lookUp: (number: string) => Promise<KnownFacts>
  readonly clock: Clock
  readonly log: Log
}

/** A caller waits no longer for it. */
const PATIENCE_MS = 700

/** Lines change hands and carriers slowly. */
const KEEP_MS = 30 * 24 * 3_600_000

/** What a line that people call from does not look like, and what one does. */
const LINE_WEIGHTS: Readonly<Record<string, { readonly says: string; readonly weight: number }>> = {
  mobile: { says: 'a mobile telephone', weight: -0.2 },
  landline: { says: 'a landline', weight: -0.2 },
  fixedVoip: { says: 'internet telephony at a fixed address', weight: 0.05 },
  nonFixedVoip: { says: 'internet telephony that anybody gets in a minute', weight: 0.3 },
  tollFree: { says: 'a toll-free line', weight: 0.15 },
  premium: { says: 'a premium line, from which nobody calls', weight: 0.5 },
  sharedCost: { says: 'a shared-cost line, from which nobody calls', weight: 0.4 },
  pager: { says: 'a pager', weight: 0.5 },
  voicemail: { says: 'a voicemail box', weight: 0.4 },
}

const RISK_WEIGHTS: Readonly<Record<string, number>> = { moderate: 0.15, high: 0.3 }

/** Owner of the table `number_facts`: what the carrier says of numbers, asked once in 30 days. */
export class NumberFactsBook {
  readonly #options: NumberFactsOptions

  constructor(options: NumberFactsOptions) {
    this.#options = options
  }

  /** Never rejects: a carrier that does not answer in time is no evidence, but may still be remembered for the next ring. */
  async evidence(number: string): Promise<ScreeningEvidence[]> {
    const { clock, log } = this.#options
    const facts = await inTime(this.#find(number), { clock, log, ms: PATIENCE_MS, what: 'looking a number up' })
    return facts ? evidenceOf(facts) : []
  }

  /** Only what is known already. */
  async knownEvidence(number: string): Promise<ScreeningEvidence[]> {
    const facts = await this.#remembered(number)
    return facts ? evidenceOf(facts) : []
  }

  async #find(number: string): Promise<KnownFacts> {
    const remembered = await this.#remembered(number)
    if (remembered) return remembered
    const facts = await this.#options.lookUp(number)
    await this.#remember(number, facts)
    return facts
  }

  async #remembered(number: string): Promise<KnownFacts | undefined> {
    const { database, clock } = this.#options
    const row = await database.selectFrom('number_facts').selectAll().where('number', '=', number).executeTakeFirst()
    if (!row || clock.now() - row.asked_at >= KEEP_MS) return undefined
    return factsSchema.parse(JSON.parse(row.facts))
  }

  async #remember(number: string, facts: KnownFacts): Promise<void> {
    const { database, clock, log } = this.#options
    const row = { number, asked_at: Math.round(clock.now()), facts: JSON.stringify(facts) }
    try {
      await database
        .insertInto('number_facts')
        .values(row)
        .onConflict((conflict) => conflict.column('number').doUpdateSet(row))
        .execute()
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'facts about a number not kept: it is asked for again')
    }
  }
}

function evidenceOf({ valid, lineType, risk, blocked }: KnownFacts): ScreeningEvidence[] {
  const evidence: ScreeningEvidence[] = []
  const found = (says: string, weight: number) => evidence.push({ layer: 'lookup', says, weight })
  if (!valid) found('the carrier knows no such number', 0.5)
  const line = LINE_WEIGHTS[lineType ?? '']
  if (line) found(line.says, line.weight)
  if (blocked) found('the carrier has blocked it for fraud elsewhere', 0.4)
  const riskWeight = RISK_WEIGHTS[risk ?? '']
  if (riskWeight !== undefined) found(`the carrier calls its risk of fraud ${risk}`, riskWeight)
  return evidence
}
