import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Database } from '../../storage/database.ts'
import type { PumpingLimit } from './pumping.ts'
import { createReceivedTexts, type ReceivedText } from './received-texts.ts'
import { type AnswerText, createReplies } from './replies.ts'
import { createTextSender, type SendText, type TextCarrier } from './send-text.ts'
import type { TextAppointments } from './text-appointments.ts'
import type { TextBook } from './text-book.ts'
import { createTextPace } from './text-pace.ts'
import { createTexts, refuseText, type Text, type TextChannel, type TextReport, type Texts } from './texts.ts'

/** Everything about texts, for one sender. */
export interface Texting {
  readonly texts: Texts
  /** A text came: kept once, and its STOP honoured before this resolves. */
  received(text: ReceivedText): Promise<void>
  statusReported(report: TextReport): Promise<void>
  /** What the jobs `text.send` and `text.answer` do. */
  readonly send: SendText
  readonly answer: AnswerText
}

export interface TextingOptions {
  readonly database: Database
  readonly book: TextBook
  readonly carrier: TextCarrier
  readonly settings: {
    readonly enabled: boolean
    readonly channel: TextChannel
    readonly number?: string | undefined
    readonly perSecond: number
    readonly pumping: PumpingLimit
  }
  /** Where the carrier reports on texts. */
  readonly statusUrl: string
  readonly appointments: TextAppointments
  /** Leaves a text with the office, as a message. May be told the same one twice. */
  readonly passOn: (text: Text) => Promise<void>
  /** Takes numbers that nobody may keep out of what somebody wrote (RELIABILITY S24). */
  readonly hide: (text: string) => string
  /** Of the office: BCP 47 and IANA. */
  readonly language: string
  readonly timeZone: string
  readonly clock: Clock
  readonly log: Log
}

export function createTexting(options: TextingOptions): Texting {
  const { database, settings, log } = options
  const { enabled, number: from, perSecond } = settings
  const texts = createTexts(database)
  const pace = createTextPace({ perSecond, clock: options.clock })
  return {
    texts,
    received: createReceivedTexts({ ...options, ownNumber: from }),
    statusReported: (report) => texts.report(report),
    send:
      enabled && from !== undefined
        ? createTextSender({ ...options, ...settings, from, pace })
        : sendNothing(database, log),
    answer: createReplies(options),
  }
}

function sendNothing(database: Database, log: Log): SendText {
  return async (textId) => {
    await database.transaction().execute((transaction) => refuseText(transaction, textId, 'texting is off'))
    log.info({ textId }, 'text not sent: texting is off, or has no number')
    return 'done'
  }
}
