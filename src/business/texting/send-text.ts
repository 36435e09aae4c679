import type { Clock } from '../../lib/clock.ts'
import { HearthlineError } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { optedOutAt, optOut } from '../consent/opt-outs.ts'
import { busyPrefix, type PumpingLimit } from './pumping.ts'
import { isRecipient } from './recipients.ts'
import { segmentsOf } from './segments.ts'
import type { TextBook } from './text-book.ts'
import type { TextPace } from './text-pace.ts'
import { isFinal, rankOf } from './text-status.ts'
import { applyReport, createTexts, refuseText, type Text, type TextChannel, type TextPurpose } from './texts.ts'

/** What carries texts; as `TwilioMessages` of the telephony room. */
export interface TextCarrier {
  send(text: OutgoingText & { readonly statusCallbackUrl: string }): Promise<{ sid: string; status: string }>
  findSent(
    text: OutgoingText & { readonly since: number; readonly except: readonly string[] },
  ): Promise<{ sid: string; status: string } | undefined>
}

interface OutgoingText {
  readonly to: string
  readonly from: string
  readonly body: string
  readonly channel: TextChannel
}

export interface TextSenderOptions {
  readonly database: Database
  readonly carrier: TextCarrier
  readonly book: Pick<TextBook, 'asFirst'>
  readonly pace: TextPace
  readonly channel: TextChannel
  /** E.164. */
  readonly from: string
  /** Where the carrier reports; the text's id is put behind it as `?text=`. */
  readonly statusUrl: string
  readonly pumping: PumpingLimit
  readonly clock: Clock
  readonly log: Log
}

/**
 * Sends one text at most once, or says when to come back (epoch ms). What an opt-out, a lost answer or another process
 * did meanwhile is looked up in the last moment (RELIABILITY I2, I7). Rejects as the carrier does.
 */
export type SendText = (textId: string) => Promise<'done' | { readonly later: number }>

/** A text whose request was lost shows up in the carrier's list a moment later. */
const LOOK_UP_AFTER_MS = 5000

/** The carrier's clock may be so far behind ours. */
const CLOCK_SKEW_MS = 5000

/** One confirmation may follow an opt-out within five minutes (C5); whoever asks for help gets it. */
const ANSWER_TO_STOP_MS = 5 * 60_000

const GOODBYE: TextPurpose = 'opt-out confirmation'

export function createTextSender(options: TextSenderOptions): SendText {
  const { database, pace, clock } = options
  const texts = createTexts(database)
  return async (textId) => {
    const text = await texts.find(textId)
    if (!text || text.carrierSid !== undefined || isFinal(text.status)) return 'done'
    if (text.status === 'asked') {
      const lookUpAt = (text.sentAt ?? 0) + LOOK_UP_AFTER_MS
      if (clock.now() < lookUpAt) return { later: lookUpAt }
      if (await foundAtCarrier(options, text)) return 'done'
    }
    const turnAt = pace.turnOf(textId)
    if (turnAt > clock.now()) return { later: turnAt }
    const clearance = await database.transaction().execute((transaction) => clear(transaction, text, options))
    if (!clearance.mayLeave) return clearance.end
    return await hand(options, { ...text, body: clearance.body })
  }
}

type Clearance =
  | { readonly mayLeave: true; readonly body: string }
  | { readonly mayLeave: false; readonly end: 'done' | { readonly later: number } }

/** The last look before it leaves. What is asked of the carrier is written first: its answer may be lost. */
async function clear(transaction: Transaction<Tables>, text: Text, options: TextSenderOptions): Promise<Clearance> {
  const now = Math.round(options.clock.now())
  const refusal = await refusalOf(transaction, text, now)
  if (refusal !== undefined) {
    await refuseText(transaction, text.id, refusal)
    options.log.info({ textId: text.id, purpose: text.purpose, refusal }, 'text not sent')
    return { mayLeave: false, end: 'done' }
  }
  const held = await busyPrefix(transaction, text.number, { ...options.pumping, now })
  if (held) {
    options.log.error({ textId: text.id, prefix: held.prefix, numbers: held.numbers }, 'texts held: SMS pumping?')
    return { mayLeave: false, end: { later: held.until } }
  }
  const isFirst = await isFirstText(transaction, text)
  const body = isFirst ? options.book.asFirst(text.body, text.language) : text.body
  const { channel } = options
  const asked = {
    status: 'asked',
    status_rank: rankOf('asked'),
    sent_at: now,
    body,
    segments: segmentsOf(body),
    channel,
  }
  await transaction.updateTable('texts').set(asked).where('id', '=', text.id).where('carrier_sid', 'is', null).execute()
  return { mayLeave: true, body }
}

async function refusalOf(transaction: Transaction<Tables>, text: Text, now: number): Promise<string | undefined> {
  const optedOut = await optedOutAt(transaction, text.number)
  if (optedOut !== undefined && !mayAnswerStop(text.purpose, now - optedOut)) return 'opted out'
  return (await isRecipient(transaction, text.number)) ? undefined : 'neither a caller nor an officer'
}

function mayAnswerStop(purpose: TextPurpose, sinceMs: number): boolean {
  return purpose === 'help' || (purpose === GOODBYE && sinceMs <= ANSWER_TO_STOP_MS)
}

/** Whether the notices of a first text are still to be added. A goodbye has none, and is none. */
async function isFirstText(transaction: Transaction<Tables>, { number, purpose, sentAt }: Text): Promise<boolean> {
  if (sentAt !== undefined || purpose === GOODBYE) return false
  const sent = transaction.selectFrom('texts').select('id').where('number', '=', number).where('direction', '=', 'out')
  const noticed = sent.where('carrier_sid', 'is not', null).where('purpose', '<>', GOODBYE)
  return (await noticed.limit(1).executeTakeFirst()) === undefined
}

async function hand(options: TextSenderOptions, text: Text): Promise<'done'> {
  const { database, carrier, clock, log } = options
  const statusCallbackUrl = `${options.statusUrl}?text=${text.id}`
  try {
    const { sid, status } = await carrier.send({ ...toCarrier(options, text), statusCallbackUrl })
    await note(database, text, { sid, status })
    log.info({ textId: text.id, carrierSid: sid, purpose: text.purpose, callId: text.callId }, 'text sent')
    return 'done'
  } catch (error) {
    if (!(error instanceof HearthlineError) || error.retryable) throw error
    const failure = codeOf(error)
    await database.transaction().execute(async (transaction) => {
      await refuseText(transaction, text.id, failure)
      if (error.code !== 'text.opted-out') return
      const at = clock.now()
      await optOut(transaction, { number: text.number, source: 'carrier', evidence: failure, at })
    })
    // Its owner told the carrier instead of us: nothing for the office to mend, and never tried again (F14).
    if (error.code === 'text.opted-out') return 'done'
    throw error
  }
}

async function foundAtCarrier(options: TextSenderOptions, text: Text): Promise<boolean> {
  const { database, carrier } = options
  const others = database.selectFrom('texts').select('carrier_sid').where('number', '=', text.number)
  const known = await others
    .where('carrier_sid', 'is not', null)
    .where('created_at', '>=', text.createdAt - 86_400_000)
    .execute()
  const except = known.map(({ carrier_sid }) => carrier_sid!)
  const found = await carrier.findSent({ ...toCarrier(options, text), since: text.createdAt - CLOCK_SKEW_MS, except })
  if (found) await note(database, text, found)
  return found !== undefined
}

function toCarrier({ from }: TextSenderOptions, { number: to, body, channel }: Text): OutgoingText {
  return { to, from, body, channel }
}

async function note(database: Database, text: Text, sent: { sid: string; status: string }): Promise<void> {
  const report = { textId: text.id, carrierSid: sent.sid, status: sent.status }
  await database.transaction().execute((transaction) => applyReport(transaction, report))
}

function codeOf(error: HearthlineError): string {
  return 'carrierCode' in error ? String(error.carrierCode) : error.code
}
