import type { Clock } from '../../lib/clock.ts'
import { localTimeOf } from '../../lib/local-time.ts'
import { zonesOfNumber } from '../../lib/us-time-zones.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { type Reply, readReply, type WishedTime } from './read-reply.ts'
import type { AskedByText, OfferedByText, TextAppointments, TextOutcome } from './text-appointments.ts'
import type { TextBook } from './text-book.ts'
import { countSince } from './text-history.ts'
import { offerByText, offerOf, type TextOffer, type TextOption, withdrawOffer } from './text-offers.ts'
import { createTexts, queueText, type Text } from './texts.ts'

export interface RepliesOptions {
  readonly database: Database
  readonly book: Pick<TextBook, 'say'>
  readonly appointments: TextAppointments
  /** Leaves a text with the office, as a message. May be told the same one twice. */
  readonly passOn: (text: Text) => Promise<void>
  /** IANA; of a number whose area code tells none. */
  readonly timeZone: string
  readonly clock: Clock
}

/** Answers one text that came. May run twice: everything it does goes by the text's id (RELIABILITY I2). */
export type AnswerText = (textId: string, options: { readonly isSilent: boolean }) => Promise<'done'>

/** "We have your message" is said this often at most: two machines would thank each other for ever. */
const ONE_ANSWER_PER_MS = 3_600_000
const MOST_REPLIES_PER_HOUR = 10

export function createReplies(options: RepliesOptions): AnswerText {
  const { database, clock, passOn, timeZone } = options
  const texts = createTexts(database)
  return async (textId, { isSilent }) => {
    const text = await texts.find(textId)
    if (!text) return 'done'
    const { number } = text
    const since = clock.now() - ONE_ANSWER_PER_MS
    const replies = isSilent ? 0 : await countSince(database, { number, purpose: 'reply', since })
    if (isSilent || replies >= MOST_REPLIES_PER_HOUR) {
      await passOn(text)
      return 'done'
    }
    const offer = await offerOf(database, number, text.createdAt)
    const zoneOffsetMinutes = offsetOf(zonesOfNumber(number)[0] ?? timeZone, text.createdAt)
    const reply = readReply(text.body, { at: text.createdAt, zoneOffsetMinutes, wasOffered: offer !== undefined })
    await new Answer(options, text, offer).to(reply)
    return 'done'
  }
}

/** The answer to one text. */
class Answer {
  readonly #options: RepliesOptions
  readonly #text: Text
  readonly #offer: TextOffer | undefined
  readonly #language: string

  constructor(options: RepliesOptions, text: Text, offer: TextOffer | undefined) {
    this.#options = options
    this.#text = text
    this.#offer = offer
    this.#language = offer?.language ?? text.language
  }

  async to(reply: Reply): Promise<void> {
    if (reply.means === 'wish') return await this.#find(reply.wish)
    const offer = this.#offer
    const choice = offer && choiceOf(reply, offer)
    if (!offer || !choice) return await this.#leaveWithOffice()
    if (choice === 'none of them') return await this.#send('ask-time', {})
    await this.#carryOut(offer, choice)
  }

  async #carryOut(offer: TextOffer, { option, isWanted }: Choice): Promise<void> {
    const { appointments } = this.#options
    const asked: AskedByText = { ...this.#asked(), option }
    if (!isWanted) {
      const said = offer.kind === 'keep hold' ? 'let-go' : 'cancellation'
      return await this.#tell(said, await appointments.cancel(asked))
    }
    switch (offer.kind) {
      case 'keep hold':
        return await this.#tell('booked', await appointments.keepHold(asked))
      case 'choose time':
        return await this.#tell('booked', await appointments.choose(asked))
      case 'confirm appointment':
        return await this.#tell('confirmed', await appointments.confirm(asked))
      default:
        return offer.kind satisfies never
    }
  }

  async #find(wish: WishedTime): Promise<void> {
    const offered = await this.#options.appointments.offer({ ...this.#asked(), wish })
    if (offered.options.length > 0) return await this.#offerTimes(offered)
    await this.#options.passOn(this.#text)
    await this.#send('no-time', {})
  }

  async #tell(said: 'booked' | 'confirmed' | 'cancellation' | 'let-go', outcome: TextOutcome): Promise<void> {
    if (!outcome.done) {
      if (outcome.options.length > 0) return await this.#offerTimes(outcome)
      return await this.#send('taken', {})
    }
    await this.#inTransaction(async (transaction) => {
      // Who has confirmed may still cancel.
      if (said !== 'confirmed') await this.#withdrawOwn(transaction)
      if (outcome.isTexted) return
      await this.#queue(transaction, this.#options.book.say(said, this.#language, { time: outcome.told }))
    })
  }

  /** Not an offer that was made meanwhile, by the booking itself perhaps. */
  async #withdrawOwn(transaction: Transaction<Tables>): Promise<void> {
    const { number, createdAt } = this.#text
    const standing = await offerOf(transaction, number, createdAt)
    const isOwn = JSON.stringify(standing?.options) === JSON.stringify(this.#offer?.options)
    if (isOwn && standing?.kind === this.#offer?.kind) await withdrawOffer(transaction, number)
  }

  async #offerTimes({ options, expiresAt }: OfferedByText): Promise<void> {
    const [first, second] = options
    if (!first) return
    const { book, clock } = this.#options
    const body = second
      ? book.say('offer-two', this.#language, { first: first.told, second: second.told })
      : book.say('offer-one', this.#language, { first: first.told })
    const offer = { number: this.#text.number, kind: 'choose time', language: this.#language, expiresAt } as const
    await this.#inTransaction(async (transaction) => {
      await offerByText(transaction, { ...offer, options: options.slice(0, 2), at: clock.now() })
      await this.#queue(transaction, body)
    })
  }

  async #leaveWithOffice(): Promise<void> {
    const { book, clock, passOn } = this.#options
    await passOn(this.#text)
    const { number } = this.#text
    await this.#inTransaction(async (transaction) => {
      const since = clock.now() - ONE_ANSWER_PER_MS
      if ((await countSince(transaction, { number, purpose: 'automatic answer', since })) > 0) return
      await this.#queue(transaction, book.say('received', this.#language, {}), 'automatic answer')
    })
  }

  async #send(key: 'ask-time' | 'no-time' | 'taken', values: Record<never, string>): Promise<void> {
    const body = this.#options.book.say(key, this.#language, values)
    await this.#inTransaction((transaction) => this.#queue(transaction, body))
  }

  async #queue(
    transaction: Transaction<Tables>,
    body: string,
    purpose: 'reply' | 'automatic answer' = 'reply',
  ): Promise<void> {
    const { id, number } = this.#text
    const at = this.#options.clock.now()
    await queueText(transaction, { key: `answer:${id}`, number, purpose, language: this.#language, body, at })
  }

  #asked() {
    return { number: this.#text.number, language: this.#language, key: this.#text.id }
  }

  async #inTransaction(write: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> {
    await this.#options.database.transaction().execute(write)
  }
}

interface Choice {
  readonly option: TextOption
  readonly isWanted: boolean
}

/** What 1, 2, yes and no mean to the offer; undefined: nothing. */
function choiceOf(reply: Reply, { kind, options }: TextOffer): Choice | 'none of them' | undefined {
  const [first] = options
  if (!first) return undefined
  if (kind === 'choose time') {
    if (reply.means === 'no') return 'none of them'
    // A yes to two times chooses none.
    if (reply.means === 'yes') return options.length === 1 ? { option: first, isWanted: true } : undefined
    const option = reply.means === 'choice' ? options[reply.number - 1] : undefined
    return option && { option, isWanted: true }
  }
  if (reply.means === 'yes' || (reply.means === 'choice' && reply.number === 1))
    return { option: first, isWanted: true }
  if (reply.means === 'no' || reply.means === 'choice') return { option: first, isWanted: false }
  return undefined
}

const MINUTE_NS = 60e9

/** In minutes from UTC. */
function offsetOf(timeZone: string, at: number): number {
  return localTimeOf(at, timeZone).offsetNanoseconds / MINUTE_NS
}
