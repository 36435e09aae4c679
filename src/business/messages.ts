import type { Clock } from '../lib/clock.ts'
import { createId } from '../lib/ids.ts'
import type { Database, Transaction } from '../storage/database.ts'
import type { MessageRow, Tables } from '../storage/tables.ts'
import { insertOnce } from './insert-once.ts'
import { addToOutbox } from './outbox.ts'

/** Owner of the table `messages`: what callers asked us to pass on. */
export interface Messages {
  /**
   * Saves a message together with its outbox row `message.taken`. When it resolves the message is durable, so the
   * caller may be told (RELIABILITY I3). The same key again gives the first message and changes nothing.
   */
  take(message: NewMessage): Promise<Message>
  find(id: string): Promise<Message | undefined>
  /** The newest first. */
  list(options: { limit: number }): Promise<Message[]>
  /** From a line (E.164), the newest first. */
  ofContact(number: string, options: { limit: number }): Promise<Message[]>
  /** What was taken in one call, in order. */
  ofCall(callId: string): Promise<Message[]>
}

export type Urgency = 'normal' | 'urgent'

export interface NewMessage {
  readonly callId: string
  /** Same intent, same key (`ToolContext.idempotencyKey`). */
  readonly idempotencyKey: string
  /** E.164, or undefined when withheld. */
  readonly callerNumber: string | undefined
  readonly name: string | undefined
  /** Where to call back, as the caller said it. */
  readonly callbackNumber: string | undefined
  readonly text: string
  readonly urgency: Urgency
}

export interface Message extends NewMessage {
  readonly id: string
  /** Epoch ms. */
  readonly takenAt: number
}

export function createMessages(database: Database, { clock }: { clock: Clock }): Messages {
  const newest = database.selectFrom('messages').selectAll().orderBy('created_at', 'desc').orderBy('id')
  return {
    take: (message) =>
      database.transaction().execute((transaction) => take(transaction, message, Math.round(clock.now()))),

    async find(id) {
      const row = await database.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toMessage(row)
    },

    list: async ({ limit }) => (await newest.limit(limit).execute()).map(toMessage),

    async ofContact(number, { limit }) {
      return (await newest.where('caller_number', '=', number).limit(limit).execute()).map(toMessage)
    },

    async ofCall(callId) {
      const taken = database.selectFrom('messages').selectAll().where('call_id', '=', callId)
      return (await taken.orderBy('created_at').orderBy('id').execute()).map(toMessage)
    },
  }
}

async function take(transaction: Transaction<Tables>, message: NewMessage, now: number): Promise<Message> {
  const { row, added } = await insertOnce(transaction, 'messages', toRow(message, now))
  if (added) {
    const { id, call_id: callId } = row
    const key = `message.taken:${id}`
    await addToOutbox(transaction, { topic: 'message.taken', key, payload: { messageId: id }, callId, at: now })
  }
  return toMessage(row)
}

function toRow(message: NewMessage, now: number): MessageRow {
  return {
    id: createId('message'),
    idempotency_key: message.idempotencyKey,
    call_id: message.callId,
    caller_number: message.callerNumber ?? null,
    name: message.name ?? null,
    callback_number: message.callbackNumber ?? null,
    text: message.text,
    urgency: message.urgency,
    created_at: now,
  }
}

function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    idempotencyKey: row.idempotency_key,
    callId: row.call_id,
    callerNumber: row.caller_number ?? undefined,
    name: row.name ?? undefined,
    callbackNumber: row.callback_number ?? undefined,
    text: row.text,
    urgency: row.urgency === 'urgent' ? 'urgent' : 'normal',
    takenAt: row.created_at,
  }
}
