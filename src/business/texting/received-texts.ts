import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { noticesOptOut } from '../consent/opt-out-words.ts'
import { isOptedOut, liftOptOut, optOut } from '../consent/opt-outs.ts'
import { normaliseNumber } from '../contacts.ts'
import { addToOutbox } from '../outbox.ts'
import type { TextBook } from './text-book.ts'
import { countSince, languageFor } from './text-history.ts'
import { offerOf, withdrawOffer } from './text-offers.ts'
import type { TextKey } from './text-wording.ts'
import { keepReceived, queueText, type Text, type TextChannel, type TextPurpose } from './texts.ts'

/** A text as the carrier hands it over. */
export interface ReceivedText {
  readonly carrierSid: string
  /** As the carrier gives it; a short code or a name is nobody we answer. */
  readonly from: string
  readonly body: string
  readonly channel: TextChannel
  /** Pictures and the like, which stay at the carrier. */
  readonly attachments: number
  /** The carrier knew the word and has answered it itself. */
  readonly carrierAnswered: 'stop' | 'help' | 'start' | undefined
}

export interface ReceivedTextsOptions {
  readonly database: Database
  readonly book: Pick<TextBook, 'say'>
  /** E.164 of our own; a text of ours that comes back is not answered. */
  readonly ownNumber: string | undefined
  /** Takes numbers that nobody may keep out of what somebody wrote (RELIABILITY S24). */
  readonly hide: (text: string) => string
  /** Tag for those we have never texted with. */
  readonly language: string
  readonly clock: Clock
  readonly log: Log
}

const HELP = /^\W*(help|info|ayuda|informacion|información)\W*$/i
const START = /^\W*(start|unstop|resume|subscribe|empezar|comenzar|reanudar|suscribir)\W*$/i
/** To each of the three words: a machine that sends them in turn has its effect, and would be answered for ever. */
const MOST_ANSWERS_PER_HOUR = 3
/** May have meant an appointment: a person sees it as well. */
const CANCEL = /^\W*(cancel\w*)\W*$/i

/**
 * Keeps each text that comes, once, whatever the carrier repeats (RELIABILITY F18). STOP, HELP and START have their
 * effect in the same transaction (F14, I7); the rest becomes a row `text.answer`.
 */
export function createReceivedTexts(options: ReceivedTextsOptions): (text: ReceivedText) => Promise<void> {
  const { database, log, ownNumber } = options
  return async (text) => {
    const number = normaliseNumber(text.from)
    const { carrierSid } = text
    if (number === undefined || number === ownNumber) {
      log.info({ carrierSid, pii: { from: text.from } }, 'text of nobody who can be answered')
      return
    }
    await database.transaction().execute((transaction) => take(transaction, { ...text, number }, options))
  }
}

async function take(
  transaction: Transaction<Tables>,
  received: ReceivedText & { readonly number: string },
  options: ReceivedTextsOptions,
): Promise<void> {
  const { number, attachments, carrierAnswered } = received
  const at = options.clock.now()
  const words = options.hide(received.body)
  const body = attachments === 0 ? words : `${words} [${attachments} attached]`.trim()
  const language = await languageFor(transaction, number, options.language)
  const text = await keepReceived(transaction, { ...received, body, language, at })
  if (!text) return
  const command = carrierAnswered ?? commandIn(received.body)
  options.log.info(
    { textId: text.id, carrierSid: received.carrierSid, command, pii: { number, body } },
    'text received',
  )
  const taken: Taken = { transaction, text, at, isAnswered: carrierAnswered !== undefined, book: options.book }
  if (command === 'stop') await stop(taken)
  else if (command === 'help') await help(taken)
  else if (command === 'start') await start(taken)
  else await passOn(taken)
}

function commandIn(body: string): ReceivedText['carrierAnswered'] {
  if (HELP.test(body)) return 'help'
  if (START.test(body)) return 'start'
  return noticesOptOut(body) ? 'stop' : undefined
}

interface Taken {
  readonly transaction: Transaction<Tables>
  readonly text: Text
  readonly at: number
  readonly isAnswered: boolean
  readonly book: Pick<TextBook, 'say'>
}

async function stop(taken: Taken): Promise<void> {
  const { transaction, text, at } = taken
  const { number, body } = text
  const offer = await offerOf(transaction, number, at)
  const isNew = await optOut(transaction, { number, source: 'text', evidence: body, at })
  await withdrawOffer(transaction, number)
  if (isNew && !taken.isAnswered) await answer(taken, 'stopped', 'opt-out confirmation')
  if (offer && CANCEL.test(body)) await passOn(taken)
}

async function help(taken: Taken): Promise<void> {
  const { transaction, text, at } = taken
  // Two machines that ask each other for help would never end.
  const since = at - 60_000
  const isRepeated = (await countSince(transaction, { number: text.number, purpose: 'help', since })) > 0
  if (!taken.isAnswered && !isRepeated) await answer(taken, 'help', 'help')
}

async function start(taken: Taken): Promise<void> {
  const { transaction, text, at } = taken
  const { number, body } = text
  const isLifted = await liftOptOut(transaction, { number, source: 'text', evidence: body, at })
  if (isLifted && !taken.isAnswered) await answer(taken, 'started', 'opt-in confirmation')
}

async function answer(
  { transaction, text, at, book }: Taken,
  key: Extract<TextKey, 'stopped' | 'help' | 'started'>,
  purpose: TextPurpose,
): Promise<void> {
  const { number, language } = text
  const since = at - 60 * 60_000
  if ((await countSince(transaction, { number, purpose, since })) >= MOST_ANSWERS_PER_HOUR) return
  const body = book.say(key, language, {})
  await queueText(transaction, { key: `answer:${text.id}`, number, purpose, language, body, at })
}

/** Even of somebody who opted out: a person reads it, and nothing is answered. */
async function passOn({ transaction, text, at }: Taken): Promise<void> {
  const isSilent = await isOptedOut(transaction, text.number)
  await addToOutbox(transaction, {
    topic: 'text.answer',
    key: `text.answer:${text.id}`,
    payload: { textId: text.id, isSilent },
    at,
  })
}
