import type { Clock } from '../../lib/clock.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { placingKeyOf, refuseWaitingCalls } from '../outbound/outbound-calls.ts'
import { cancelInOutbox } from '../outbox.ts'
import { outboxKeyOf, refuseWaiting } from '../texting/texts.ts'
import { addConsentEvent } from './consents.ts'

export interface OptOut {
  /** E.164. */
  readonly number: string
  readonly source: 'text' | 'spoken' | 'key' | 'carrier' | 'office'
  /** Their words, as evidence. */
  readonly evidence?: string | undefined
  readonly callId?: string | undefined
  /** Epoch ms. */
  readonly at: number
}

/**
 * Owner of the table `opt_outs`: numbers that nobody of the company may call or text (RELIABILITY I7, F14, C5).
 * Whatever is about to leave asks here in its last moment.
 */
export async function isOptedOut(database: Database, number: string): Promise<boolean> {
  return (await optedOutAt(database, number)) !== undefined
}

/** When they opted out, in epoch ms; undefined when they have not. */
export async function optedOutAt(database: Database, number: string): Promise<number | undefined> {
  const byNumber = database.selectFrom('opt_outs').select('at').where('number', '=', number)
  return (await byNumber.executeTakeFirst())?.at
}

/**
 * No text and no call of ours to this number from now on, all channels at once, those that wait included. False when
 * they had opted out before.
 */
export async function optOut(transaction: Transaction<Tables>, request: OptOut): Promise<boolean> {
  const { number, source } = request
  const added = await transaction
    .insertInto('opt_outs')
    .values({ number, source, at: Math.round(request.at) })
    .onConflict((conflict) => conflict.column('number').doNothing())
    .returning('number')
    .executeTakeFirst()
  // Even of a number that had opted out: nothing may wait for it.
  const texts = await refuseWaiting(transaction, number, 'opted out')
  const calls = await refuseWaitingCalls(transaction, number)
  const waiting = [...texts.map(outboxKeyOf), ...calls.map(placingKeyOf)]
  await cancelInOutbox(transaction, waiting, request.at)
  if (!added) return false
  await addConsentEvent(transaction, { ...everything(request), event: 'revoked' })
  return true
}

/** `optOut` for those who have no transaction of their own. Durable when it resolves. */
export function createOptOuts(database: Database, { clock }: { clock: Clock }) {
  return {
    async optOut(request: Omit<OptOut, 'at'>): Promise<void> {
      await database.transaction().execute((transaction) => optOut(transaction, { ...request, at: clock.now() }))
    },
  }
}

/** They want to hear from us again. False when they had not opted out. What was called off stays so. */
export async function liftOptOut(transaction: Transaction<Tables>, request: OptOut): Promise<boolean> {
  const byNumber = transaction.deleteFrom('opt_outs').where('number', '=', request.number)
  const lifted = await byNumber.returning('number').executeTakeFirst()
  if (lifted) await addConsentEvent(transaction, { ...everything(request), event: 'lifted' })
  return lifted !== undefined
}

function everything({ number, source, evidence, callId, at }: OptOut) {
  const written = source === 'text'
  return { number, channel: 'all', scope: 'all', seller: 'all', written, source, evidence, callId, at } as const
}
