import type { Clock } from '../../lib/clock.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import { type WorkingTime, workingTimeOf } from '../officers/officer-hours.ts'
import { createOfficers } from '../officers/officers.ts'
import type { TextBook } from '../texting/text-book.ts'
import { offerByText } from '../texting/text-offers.ts'
import { queueText, type TextPurpose } from '../texting/texts.ts'
import type { AppointmentText, OfficerNews, SchedulingParts } from './scheduling-parts.ts'
import { slotWords } from './slot-words.ts'

const PURPOSES: Readonly<Record<AppointmentText['template'], TextPurpose>> = {
  confirmation: 'confirmation',
  change: 'change',
  cancellation: 'cancellation',
  reminder: 'reminder',
  'keep hold': 'offer',
  'choose again': 'offer',
}

/** Texts that ask for a 1 or a 2 about an appointment that stands. */
const ASKS_TO_CONFIRM: ReadonlySet<AppointmentText['template']> = new Set(['confirmation', 'change', 'reminder'])
/** An answer after the appointment finds nothing to confirm. */
const ANSWER_WITHIN_MS = 60 * 24 * 60 * 60_000

/** Puts what happens to appointments into texts, and remembers what their answers would mean. */
export function tellByText(book: Pick<TextBook, 'say'>): SchedulingParts['tell'] {
  return async (transaction, text) => {
    const { key, number, template, language, callId, appointmentId, at } = text
    const body = bodyOf(book, text)
    if (ASKS_TO_CONFIRM.has(template)) await offerToConfirm(transaction, text)
    return await queueText(transaction, {
      key,
      number,
      purpose: PURPOSES[template],
      language,
      body,
      callId,
      appointmentId,
      at,
    })
  }
}

const NEWS = {
  booked: 'booked',
  'moved here': 'moved to this time',
  cancelled: 'cancelled',
} as const satisfies Record<OfficerNews['what'], string>

/** Tells officers by text of what becomes of their time, by the clock of where they work. */
export function tellOfficersByText(
  book: Pick<TextBook, 'say'>,
  { office, clock }: { office: WorkingTime; clock: Clock },
): SchedulingParts['brief'] {
  return async (transaction, { what, appointment, at }) => {
    // Within the transaction: SQLite has one connection, and another question would wait for this one.
    const entry = await createOfficers(transaction, { clock }).find(appointment.officerId)
    if (!entry) return
    const { officer } = entry
    const { id: appointmentId, number, name = 'a caller', subject, startsAt } = appointment
    const { timeZone } = workingTimeOf(officer, office)
    const time = slotWords(startsAt, { timeZone, language: 'en-US' })
    const note = [`Appointment ${NEWS[what]}.`, subject].filter(Boolean).join(' ')
    const body = book.say('officer-brief', 'en', { caller: name, number, time, note })
    const key = `officer ${what}:${appointmentId}`
    const text = {
      key,
      number: officer.phone,
      purpose: 'officer brief',
      language: 'en',
      body,
      appointmentId,
      at,
    } as const
    await queueText(transaction, text)
  }
}

function bodyOf(book: Pick<TextBook, 'say'>, { template, language, values }: AppointmentText): string {
  const { when: time = '', officer = '', first = '', second = '' } = values
  switch (template) {
    case 'confirmation':
    case 'change':
    case 'reminder':
      return book.say(template, language, { officer, time })
    case 'cancellation':
      return book.say('cancellation', language, { time })
    case 'keep hold':
      return book.say('hold', language, { time })
    case 'choose again':
      if (first === '') return book.say('taken', language, {})
      return second === ''
        ? book.say('taken-one', language, { first })
        : book.say('taken-two', language, { first, second })
    default:
      return template satisfies never
  }
}

async function offerToConfirm(transaction: Transaction<Tables>, text: AppointmentText): Promise<void> {
  const { number, language, appointmentId: id, at, values } = text
  const options = [{ id, told: values.when ?? '' }]
  await offerByText(transaction, {
    ...{ number, kind: 'confirm appointment', options, language, at },
    expiresAt: at + ANSWER_WITHIN_MS,
  })
}
