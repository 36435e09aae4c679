import { createId } from '../../lib/ids.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { ConsentEventRow, Tables } from '../../storage/tables.ts'

/**
 * Owner of the table `consent_events`: who allowed us what, and took it back, as evidence (RELIABILITY C5). Rows are
 * only ever added.
 */
export interface ConsentEvent {
  /** E.164. */
  readonly number: string
  /** `lifted`: an opt-out was taken back by its owner. */
  readonly event: 'given' | 'revoked' | 'lifted'
  readonly channel: 'call' | 'text' | 'all'
  readonly scope: 'informational' | 'marketing' | 'all'
  /** In writing, and signed if only by a click or a text: what marketing calls need. */
  readonly written: boolean
  /** Who may contact them: the company the consent names; `all` when it is taken back. */
  readonly seller: string
  /** Which wording they agreed to. */
  readonly textVersion?: string | undefined
  /** Where it came from: `web form`, `call`, `text` ... */
  readonly source: string
  /** Their words, or where the document is. */
  readonly evidence?: string | undefined
  readonly callId?: string | undefined
  /** Epoch ms. */
  readonly at: number
}

export async function addConsentEvent(transaction: Transaction<Tables>, event: ConsentEvent): Promise<void> {
  await transaction.insertInto('consent_events').values(toRow(event)).execute()
}

/** Everything a number ever allowed or took back, oldest first. */
export async function consentEventsOf(database: Database, number: string): Promise<ConsentEvent[]> {
  const events = database.selectFrom('consent_events').selectAll().where('number', '=', number)
  return (await events.orderBy('at').orderBy('id').execute()).map(toEvent)
}

/**
 * The consent that stands for such a contact by that seller, the newest one: given, and not taken back since.
 * A consent to marketing covers information too. Undefined: there is none.
 */
export async function standingConsent(
  database: Database,
  need: {
    readonly number: string
    readonly channel: 'call' | 'text'
    readonly scope: 'informational' | 'marketing'
    readonly seller: string
  },
): Promise<ConsentEvent | undefined> {
  const events = await consentEventsOf(database, need.number)
  let standing: ConsentEvent | undefined
  for (const event of events) {
    if (event.channel !== 'all' && event.channel !== need.channel) continue
    if (event.event === 'given' && event.seller === need.seller && covers(event.scope, need.scope)) standing = event
    if (event.event === 'revoked' && (event.scope === 'all' || event.scope === need.scope)) standing = undefined
  }
  return standing
}

function covers(scope: ConsentEvent['scope'], needed: 'informational' | 'marketing'): boolean {
  return scope === 'all' || scope === needed || scope === 'marketing'
}

function toRow(event: ConsentEvent): ConsentEventRow {
  return {
    id: createId('consent'),
    number: event.number,
    event: event.event,
    channel: event.channel,
    scope: event.scope,
    written: event.written ? 1 : 0,
    seller: event.seller,
    text_version: event.textVersion ?? null,
    source: event.source,
    evidence: event.evidence ?? null,
    call_id: event.callId ?? null,
    at: Math.round(event.at),
  }
}

function toEvent(row: ConsentEventRow): ConsentEvent {
  return {
    number: row.number,
    // Only `toRow` writes these three.
    event: row.event as ConsentEvent['event'],
    channel: row.channel as ConsentEvent['channel'],
    scope: row.scope as ConsentEvent['scope'],
    written: row.written === 1,
    seller: row.seller,
    textVersion: row.text_version ?? undefined,
    source: row.source,
    evidence: row.evidence ?? undefined,
    callId: row.call_id ?? undefined,
    at: row.at,
  }
}
