import type { LedgerEntry } from '../../call/facts.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Database } from '../../storage/database.ts'
import type { EndedCall } from '../call-outcome/after-call-parts.ts'
import type { SpokenLine } from '../call-outcome/call-outcome.ts'
import type { Messages } from '../messages.ts'
import type { WorkingTime } from '../officers/officer-hours.ts'
import type { Officers } from '../officers/officers.ts'
import type { Routing } from '../officers/routing.ts'
import type { TextBook } from '../texting/text-book.ts'

/** What is needed of the rest of the house to pass a message on. */
export interface MessageParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly messages: Pick<Messages, 'find'>
  readonly calls: { get(id: string): Promise<EndedCall | undefined> }
  /** Reads the talk off a ledger: `transcriptOf` of the call room. */
  readonly readTranscript: (entries: readonly LedgerEntry[]) => readonly SpokenLine[]
  readonly officers: Pick<Officers, 'find'>
  readonly routing: Pick<Routing, 'explain'>
  readonly office: WorkingTime
  /** Tags of the languages we speak. */
  readonly languages: readonly string[]
  /** Undefined: nothing is texted. */
  readonly textBook: TextBook | undefined
  /** Undefined: nothing is mailed. */
  readonly mailer: MailSender | undefined
}

/** What sends e-mail; as `Mailer` of the mail room. Rejects when it could not, `retryable` when it may later. */
export interface MailSender {
  send(
    mail: { readonly key: string; readonly to: string; readonly subject: string; readonly text: string },
    signal: AbortSignal,
  ): Promise<void>
}
