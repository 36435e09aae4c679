import type { Database, Transaction } from '../storage/database.ts'
import type { CallOutcomeRow, Tables } from '../storage/tables.ts'
import type { CallOutcome } from './call-outcome/call-outcome.ts'

/** What came of a call, and its summary. */
export interface KeptOutcome {
  readonly callId: string
  /** E.164; undefined when withheld. */
  readonly number: string | undefined
  readonly outcome: CallOutcome
  readonly summary: string
  /** `extract`: fixed wording around what was said and saved. */
  readonly madeBy: 'model' | 'extract'
  /** Epoch ms. */
  readonly madeAt: number
}

/** Owner of the table `call_outcomes`. A later look at the same call takes the place of the last. */
export async function keepOutcome(transaction: Transaction<Tables>, kept: KeptOutcome): Promise<void> {
  const said = {
    outcome: JSON.stringify(kept.outcome),
    summary: kept.summary,
    made_by: kept.madeBy,
    made_at: Math.round(kept.madeAt),
  }
  await transaction
    .insertInto('call_outcomes')
    .values({ call_id: kept.callId, number: kept.number ?? null, ...said })
    .onConflict((conflict) => conflict.column('call_id').doUpdateSet(said))
    .execute()
}

/** Puts a model's summary in the place of the extract. */
export async function keepSummary(
  database: Database,
  { callId, summary, at }: { callId: string; summary: string; at: number },
): Promise<void> {
  const change = { summary, made_by: 'model', made_at: Math.round(at) }
  await database.updateTable('call_outcomes').set(change).where('call_id', '=', callId).execute()
}

export async function outcomeOfCall(database: Database, callId: string): Promise<KeptOutcome | undefined> {
  const row = await database.selectFrom('call_outcomes').selectAll().where('call_id', '=', callId).executeTakeFirst()
  return row && toKept(row)
}

/** Of calls of a number, the newest call first. */
export async function outcomesOfContact(
  database: Database,
  number: string,
  { limit }: { limit: number },
): Promise<(KeptOutcome & { readonly startedAt: number })[]> {
  const rows = await database
    .selectFrom('call_outcomes')
    .innerJoin('calls', 'calls.id', 'call_outcomes.call_id')
    .selectAll('call_outcomes')
    .select('calls.started_at')
    .where('call_outcomes.number', '=', number)
    .orderBy('calls.started_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...toKept(row), startedAt: row.started_at }))
}

function toKept(row: CallOutcomeRow): KeptOutcome {
  return {
    callId: row.call_id,
    number: row.number ?? undefined,
    // Only `keepOutcome` writes this.
    outcome: JSON.parse(row.outcome) as CallOutcome,
    summary: row.summary,
    madeBy: row.made_by === 'model' ? 'model' : 'extract',
    madeAt: row.made_at,
  }
}
