import type { LedgerEntry } from '../../call/facts.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Database } from '../../storage/database.ts'
import type { CallOverview } from '../call-rows.ts'
import type { WorkingTime } from '../officers/officer-hours.ts'
import type { OfficerEntry } from '../officers/officers.ts'
import type { TextHours } from '../scheduling/text-hours.ts'
import type { TextBook } from '../texting/text-book.ts'
import type { SpokenLine } from './call-outcome.ts'
import type { Summariser } from './summariser.ts'

/** What is needed of the rest of the house after a call. */
export interface AfterCallParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** The call log, which has all that is stored. */
  readonly calls: { get(id: string): Promise<EndedCall | undefined> }
  /** Reads the talk off a ledger: `transcriptOf` of the call room. */
  readonly readTranscript: (entries: readonly LedgerEntry[]) => readonly SpokenLine[]
  readonly officers: { find(id: string): Promise<Pick<OfficerEntry, 'officer'> | undefined> }
  /** How long officer and caller talked, by transfer. */
  readonly transfers: {
    ofCall(callId: string): Promise<readonly { readonly id: string; readonly talkedMs: number | undefined }[]>
  }
  readonly office: WorkingTime
  /** Tags of the languages we speak. */
  readonly languages: readonly string[]
  /** Keeps what a call that broke off was about to book; false when it held nothing. Again, it changes nothing. */
  keepHold(callId: string): Promise<boolean>
  /** Words of texts, and when they may be sent; undefined: nothing is texted. */
  readonly texting: { readonly book: TextBook; readonly hours: TextHours } | undefined
  /** Undefined: summaries are extracts. */
  readonly summariser: Summariser | undefined
}

export type EndedCall = CallOverview & { readonly entries: readonly LedgerEntry[] }
