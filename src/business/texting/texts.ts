import { HearthlineError } from '../../lib/errors.ts'
import { createId } from '../../lib/ids.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables, TextRow } from '../../storage/tables.ts'
import { addToOutbox } from '../outbox.ts'
import { LONGEST_BODY, plainTypography, segmentsOf } from './segments.ts'
import { FAILED_STATUSES, parseCarrierWord, rankOf, type TextStatus } from './text-status.ts'

/** Owner of the table `texts`: what was texted to whom, what came back, and how far each text got. */
export interface Texts {
  find(id: string): Promise<Text | undefined>
  /** The newest first. */
  list(options: { limit: number }): Promise<Text[]>
  /** Both directions of one number, the newest first. */
  ofContact(number: string, options: { limit: number }): Promise<Text[]>
  /** What the carrier reports, in any order and any number of times: a text only rises (RELIABILITY I4, F19). */
  report(report: TextReport): Promise<void>
}

export interface Text {
  readonly id: string
  readonly key: string
  readonly direction: 'in' | 'out'
  readonly channel: TextChannel
  /** E.164 of the other side. */
  readonly number: string
  readonly body: string
  readonly purpose: TextPurpose
  readonly language: string
  readonly segments: number
  readonly status: TextStatus
  readonly carrierSid: string | undefined
  /** The carrier's code of its failure, or why we refused it. */
  readonly failure: string | undefined
  readonly callId: string | undefined
  readonly appointmentId: string | undefined
  /** Epoch ms. */
  readonly createdAt: number
  /** When the carrier was last asked to send it. */
  readonly sentAt: number | undefined
}

export type TextChannel = 'sms' | 'whatsapp'

export type TextPurpose =
  | 'confirmation'
  | 'change'
  | 'cancellation'
  | 'reminder'
  | 'missed call'
  /** Something the company has prepared, asked for by its reader. */
  | 'information'
  | 'offer'
  | 'officer brief'
  /** To an officer: somebody left a message for them. */
  | 'message'
  | 'reply'
  /** "We have your message": once an hour at most. */
  | 'automatic answer'
  | 'opt-out confirmation'
  | 'opt-in confirmation'
  | 'help'
  /** Of texts that came. */
  | 'received'

export interface NewText {
  /** Names the business event: `confirmation:<appointment>`. The same key is the same text. */
  readonly key: string
  /** E.164: the caller's own or an officer's; anything else is refused when it is to leave (RELIABILITY S8). */
  readonly number: string
  readonly purpose: TextPurpose
  readonly language: string
  /** Made by a `TextBook`. A first text gets its notices added when it leaves. */
  readonly body: string
  readonly callId?: string | undefined
  readonly appointmentId?: string | undefined
  /** Now, in epoch ms. */
  readonly at: number
  /** Not before this; quiet hours are the caller's to keep. */
  readonly notBefore?: number | undefined
}

export interface TextReport {
  /** Ours, when the carrier gives it back: its own may be unknown to us still. */
  readonly textId?: string | undefined
  readonly carrierSid: string
  /** The carrier's word; one we do not know tells only that it has the text. */
  readonly status: string
  readonly failure?: string | undefined
}

/**
 * Writes a text and the outbox row `text.send` that sends it. Gives its id, that of the first text when the key is
 * known. Whether its number may be texted is asked when it leaves, not now.
 * @throws HearthlineError `text.too-long` beyond 1600 characters.
 */
export async function queueText(transaction: Transaction<Tables>, text: NewText): Promise<string> {
  const body = plainTypography(text.body)
  if (body.length > LONGEST_BODY) {
    const what = `Could not queue a text of ${body.length} characters (${text.purpose})`
    throw new HearthlineError('text.too-long', `${what}: carriers take ${LONGEST_BODY}. Shorten what is put in it.`)
  }
  const id = createId('text')
  const row = {
    ...blankRow(id, text),
    body,
    language: text.language,
    purpose: text.purpose,
    segments: segmentsOf(body),
  }
  const written = await insertUnlessKnown(transaction, { ...row, call_id: text.callId ?? null })
  if (written === undefined) return await idOfKey(transaction, text.key)
  await addToOutbox(transaction, {
    topic: 'text.send',
    key: outboxKeyOf(id),
    payload: { textId: id },
    at: text.at,
    ...(text.notBefore === undefined ? {} : { notBefore: text.notBefore }),
  })
  return id
}

/** Key of the outbox row that sends a text. */
export function outboxKeyOf(textId: string): string {
  return `text.send:${textId}`
}

/** Keeps a text that came; undefined when it came before (RELIABILITY F18). */
export async function keepReceived(
  transaction: Transaction<Tables>,
  text: Pick<Text, 'number' | 'body' | 'channel' | 'language'> & { readonly carrierSid: string; readonly at: number },
): Promise<Text | undefined> {
  const key = `received:${text.carrierSid}`
  const row = await insertUnlessKnown(transaction, {
    ...blankRow(createId('text'), { key, number: text.number, at: text.at }),
    direction: 'in',
    channel: text.channel,
    body: text.body,
    purpose: 'received',
    language: text.language,
    segments: segmentsOf(text.body),
    status: 'received',
    status_rank: rankOf('received'),
    carrier_sid: text.carrierSid,
  })
  return row && toText(row)
}

/** Refuses every text of a number that has not left yet, and gives their ids. */
export async function refuseWaiting(
  transaction: Transaction<Tables>,
  number: string,
  because: string,
): Promise<string[]> {
  const refused = await transaction
    .updateTable('texts')
    .set({ status: 'refused', status_rank: rankOf('refused'), failure: because })
    .where('number', '=', number)
    .where('direction', '=', 'out')
    .where('status', '=', 'waiting')
    .returning('id')
    .execute()
  return refused.map(({ id }) => id)
}

/** A text that will never leave; one the carrier has meanwhile is left alone. */
export async function refuseText(transaction: Transaction<Tables>, id: string, because: string): Promise<void> {
  await transaction
    .updateTable('texts')
    .set({ status: 'refused', status_rank: rankOf('refused'), failure: because })
    .where('id', '=', id)
    .where('carrier_sid', 'is', null)
    .execute()
}

export function createTexts(database: Database): Texts {
  const newest = database.selectFrom('texts').selectAll().orderBy('created_at', 'desc').orderBy('id')
  return {
    async find(id) {
      const row = await database.selectFrom('texts').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toText(row)
    },
    list: async ({ limit }) => (await newest.limit(limit).execute()).map(toText),
    async ofContact(number, { limit }) {
      return (await newest.where('number', '=', number).limit(limit).execute()).map(toText)
    },
    report: (report) => database.transaction().execute((transaction) => applyReport(transaction, report)),
  }
}

/** As `Texts.report`, in a transaction of the caller's. */
export async function applyReport(transaction: Transaction<Tables>, report: TextReport): Promise<void> {
  const { textId, carrierSid, failure } = report
  const status = parseCarrierWord(report.status) ?? 'accepted'
  const ofText = transaction.updateTable('texts').where('direction', '=', 'out')
  const named = textId === undefined ? ofText.where('carrier_sid', '=', carrierSid) : ofText.where('id', '=', textId)
  // A report may come before the answer to our own request, which would have told its id.
  const known = named.where((where) =>
    where.or([where('carrier_sid', 'is', null), where('carrier_sid', '=', carrierSid)]),
  )
  await known.set({ carrier_sid: carrierSid }).execute()
  const rank = rankOf(status)
  await known
    .set({ status, status_rank: rank })
    .where('status_rank', '<', rank)
    .where('status', 'not in', FAILED_STATUSES)
    .execute()
  if (failure !== undefined) await known.set({ failure }).where('failure', 'is', null).execute()
}

/** Writes the row unless its key, or its text at the carrier, is known. */
async function insertUnlessKnown(transaction: Transaction<Tables>, row: TextRow): Promise<TextRow | undefined> {
  return await transaction
    .insertInto('texts')
    .values(row)
    // Named for the key alone, PostgreSQL now and then refuses one of two at the same moment for its carrier's id.
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

async function idOfKey(transaction: Transaction<Tables>, key: string): Promise<string> {
  const byKey = transaction.selectFrom('texts').select('id').where('idempotency_key', '=', key)
  return (await byKey.executeTakeFirstOrThrow()).id
}

function blankRow(
  id: string,
  { key, number, appointmentId, at }: Pick<NewText, 'key' | 'number' | 'appointmentId' | 'at'>,
): Omit<TextRow, 'body' | 'purpose' | 'language' | 'segments'> {
  return {
    id,
    idempotency_key: key,
    direction: 'out',
    // Of a text that has not left: the sender decides.
    channel: 'sms',
    number,
    status: 'waiting',
    status_rank: rankOf('waiting'),
    carrier_sid: null,
    failure: null,
    call_id: null,
    appointment_id: appointmentId ?? null,
    created_at: Math.round(at),
    sent_at: null,
  }
}

function toText(row: TextRow): Text {
  return {
    id: row.id,
    key: row.idempotency_key,
    direction: row.direction === 'in' ? 'in' : 'out',
    channel: row.channel === 'whatsapp' ? 'whatsapp' : 'sms',
    number: row.number,
    body: row.body,
    // Only this file writes these two.
    purpose: row.purpose as TextPurpose,
    status: row.status as TextStatus,
    language: row.language,
    segments: row.segments,
    carrierSid: row.carrier_sid ?? undefined,
    failure: row.failure ?? undefined,
    callId: row.call_id ?? undefined,
    appointmentId: row.appointment_id ?? undefined,
    createdAt: row.created_at,
    sentAt: row.sent_at ?? undefined,
  }
}
