import { createOutbox } from '../../../src/business/outbox.ts'
import type { TextCarrier } from '../../../src/business/texting/send-text.ts'
import type { TextAppointments } from '../../../src/business/texting/text-appointments.ts'
import { loadTextBook } from '../../../src/business/texting/text-book.ts'
import { createTexting, type TextingOptions } from '../../../src/business/texting/texting.ts'
import { type NewText, queueText, type Text } from '../../../src/business/texting/texts.ts'
import { HearthlineError } from '../../../src/lib/errors.ts'
import type { Database } from '../../../src/storage/database.ts'
import { silentLog } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

export const CALLER = '+16175550123'
export const OURS = '+16175550100'
export const COMPANY = 'Hearthline Home Loans'

export const book = loadTextBook({ textsFile: 'config/texts.yaml', company: COMPANY, nmlsId: '1234567', phone: OURS })

/** Takes every text, and remembers it; fails as the test says. */
export class FakeCarrier implements TextCarrier {
  readonly sent: { sid: string; to: string; body: string; statusCallbackUrl: string }[] = []
  lookUps = 0
  /** Called before a text is taken; what it throws is thrown, and the text is not taken. */
  beforeSend: (to: string) => void = () => {}
  /** The next answers are lost after the text was taken. */
  losesAnswers = 0

  async send(text: Parameters<TextCarrier['send']>[0]) {
    this.beforeSend(text.to)
    const { to, body, statusCallbackUrl } = text
    const sid = `SM${this.sent.length + 1}`
    this.sent.push({ sid, to, body, statusCallbackUrl })
    if (this.losesAnswers > 0) {
      this.losesAnswers -= 1
      throw unreachable()
    }
    return { sid, status: 'queued' }
  }

  async findSent({ to, body, except }: Parameters<TextCarrier['findSent']>[0]) {
    this.lookUps += 1
    const found = this.sent.find((one) => one.to === to && one.body === body && !except.includes(one.sid))
    return found && { sid: found.sid, status: 'sent' }
  }
}

/** Everything about texts, with a carrier and appointments that the test holds. */
export function openTexting(database: Database, overrides: Partial<TextingOptions['settings']> = {}) {
  const clock = new FakeClock()
  const carrier = new FakeCarrier()
  const appointments = new FakeAppointments()
  const passedOn: Text[] = []
  const texting = createTexting({
    ...{ database, book, carrier, appointments, clock, log: silentLog },
    settings: {
      ...{
        enabled: true,
        channel: 'sms',
        number: OURS,
        perSecond: Number.POSITIVE_INFINITY,
        pumping: { numbers: 20, minutes: 10 },
      },
      ...overrides,
    },
    statusUrl: 'https://phone.example.com/twilio/sms/status',
    passOn: async (text) => {
      if (!passedOn.some(({ id }) => id === text.id)) passedOn.push(text)
    },
    hide: (text) => text.replaceAll('123-45-6789', '[SSN]'),
    language: 'en-US',
    timeZone: 'America/New_York',
  })
  const queue = (text: Partial<NewText> = {}) =>
    database
      .transaction()
      .execute((transaction) => queueText(transaction, { ...confirmation, at: clock.now(), ...text }))
  let received = 0
  const receive = (
    body: string,
    more: { carrierSid?: string; answered?: 'stop' | 'help' | 'start'; from?: string } = {},
  ) => {
    received += 1
    const { carrierSid = `SMin${received}`, answered, from = CALLER } = more
    return texting.received({ carrierSid, from, body, channel: 'sms', attachments: 0, carrierAnswered: answered })
  }
  const outbox = createOutbox(database, { clock })
  /** Carries out whatever is due, as the worker does, until nothing is. */
  const work = async () => {
    for (let rows = await claim(); rows.length > 0; rows = await claim()) for (const row of rows) await carryOut(row)
  }
  const claim = () => outbox.claim({ limit: 50, leaseMs: 60_000 })
  const carryOut = async (row: Awaited<ReturnType<typeof claim>>[number]) => {
    const { textId, isSilent } = row.payload as { textId: string; isSilent: boolean }
    const end = row.topic === 'text.send' ? await texting.send(textId) : await texting.answer(textId, { isSilent })
    if (end === 'done') await outbox.done(row)
    else await outbox.postpone(row, end.later)
  }
  return { ...texting, clock, carrier, appointments, passedOn, queue, receive, work, outbox }
}

/** Makes a number one that has called. */
export async function knowCaller(database: Database, number = CALLER): Promise<void> {
  const row = { number, name: null, calls: 1, first_call_at: 0, last_call_at: 0 }
  await database
    .insertInto('contacts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const confirmation = {
  key: 'confirmation:1',
  number: CALLER,
  purpose: 'confirmation',
  language: 'en-US',
  body: book.say('confirmation', 'en-US', { officer: 'Dana Lee', time: 'Thu, Nov 26, 10:00 AM EST' }),
} as const

/** Remembers what it was asked; everything succeeds unless told otherwise. */
class FakeAppointments implements TextAppointments {
  readonly asked: string[] = []
  slots = [
    { id: 'slot_1', told: 'Thu 10 AM' },
    { id: 'slot_2', told: 'Thu 2 PM' },
  ]
  isGone = false

  keepHold = this.#does('keepHold')
  choose = this.#does('choose')
  confirm = this.#does('confirm')
  cancel = this.#does('cancel')

  async offer({ wish }: Parameters<TextAppointments['offer']>[0]) {
    this.asked.push(`offer ${wish.date ?? 'any day'} ${wish.from ?? ''}`.trim())
    return { options: this.slots, expiresAt: LATER }
  }

  #does(what: string): TextAppointments['confirm'] {
    return async ({ option }) => {
      this.asked.push(`${what} ${option.id}`)
      if (this.isGone) return { done: false, options: this.slots, expiresAt: LATER }
      return { done: true, told: option.told, isTexted: false }
    }
  }
}

const LATER = Date.UTC(2027, 0, 1)

export function unreachable(): HearthlineError {
  return new HearthlineError('carrier.unreachable', 'no answer', { retryable: true })
}
