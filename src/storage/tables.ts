import type { Generated, Insertable, Selectable } from 'kysely'
import type {
  AppointmentsTable,
  CallOutcomesTable,
  ContactFactsTable,
  OfficersTable,
  TasksTable,
  TransferLegsTable,
  TransfersTable,
} from './office-tables.ts'
import type {
  ConsentEventsTable,
  DncCopiesTable,
  DncNumbersTable,
  OptOutsTable,
  OutboundCallsTable,
  SwitchesTable,
  TextOffersTable,
  TextsTable,
} from './reach-tables.ts'

/**
 * Every table, as both databases hold it. Times are epoch ms in `_at` columns and durations ms in `_ms` columns:
 * whole numbers, so round before writing. JSON is text, so that a newer process's facts pass through unread.
 *
 * Each table has one owner in `business/`; others ask that file.
 */
export interface Tables {
  /** Owner: `business/call-log.ts`. */
  calls: CallsTable
  /** Owner: `business/call-log.ts`. */
  ledger_entries: LedgerEntriesTable
  /** Owner: `business/contacts.ts`. */
  contacts: ContactsTable
  /** Owner: `business/messages.ts`. */
  messages: MessagesTable
  /** Owner: `business/outbox.ts`. */
  outbox: OutboxTable
  /** Owner: `business/screening/caller-lists.ts`. */
  caller_lists: CallerListsTable
  /** Owner: `business/screening/caller-verdicts.ts`. */
  caller_verdicts: CallerVerdictsTable
  /** Owner: `business/screening/number-facts.ts`. */
  number_facts: NumberFactsTable
  officers: OfficersTable
  appointments: AppointmentsTable
  tasks: TasksTable
  transfers: TransfersTable
  transfer_legs: TransferLegsTable
  contact_facts: ContactFactsTable
  call_outcomes: CallOutcomesTable
  texts: TextsTable
  text_offers: TextOffersTable
  opt_outs: OptOutsTable
  consent_events: ConsentEventsTable
  outbound_calls: OutboundCallsTable
  dnc_numbers: DncNumbersTable
  dnc_copies: DncCopiesTable
  switches: SwitchesTable
  /** Owner: `isWritable` in `storage/database.ts`. */
  readiness: ReadinessTable
}

/** A call; everything from `ended_at` on is null until it has ended. */
export interface CallsTable {
  id: string
  carrier_call_id: string
  /** As the carrier gave it; null when withheld. */
  from_number: string | null
  to_number: string
  started_at: number
  agent: string
  engine: string
  ended_at: number | null
  end_reason: string | null
  talked_ms: number | null
  turns: number | null
  interruptions: number | null
  dead_air_ms: number | null
  cost_usd: number | null
  price_version: string | null
  /** What the voice engine would have cost; null of a call it served. */
  cost_avoided_usd: number | null
  recording_file: string | null
  summary: string | null
}

export interface LedgerEntriesTable {
  call_id: string
  seq: number
  /** Ms since the ring. */
  at_ms: number
  type: string
  /** The whole fact as JSON, its type included. */
  data: string
}

export interface ContactsTable {
  /** E.164. */
  number: string
  name: string | null
  calls: number
  first_call_at: number
  last_call_at: number
  /** The officer they know. */
  officer_id: string | null
  /** 1: they come first. */
  vip: Generated<number>
  email: string | null
  /** BCP 47 tag they were last spoken to in. */
  language: string | null
  /** What the office should do next for them. */
  next_action: string | null
}

export interface MessagesTable {
  id: string
  idempotency_key: string
  call_id: string
  /** E.164 of the line they called from; null when withheld. */
  caller_number: string | null
  name: string | null
  /** Where they want to be called back, in their own words if it is no number. */
  callback_number: string | null
  text: string
  urgency: string
  created_at: number
}

export interface OutboxTable {
  /** Grows with every row, so it also says which came first. */
  id: Generated<number>
  topic: string
  key: string
  payload: string
  call_id: string | null
  created_at: number
  /** Not before this. */
  available_at: number
  /** Nobody takes it before then: somebody works on it, or it rests after a failure. */
  lease_until: number | null
  /** Tries so far, the one under way included; a try whose time had not come gives its number back. */
  attempts: number
  /** When it was done, given up or called off: `outcome` says which. */
  done_at: number | null
  /** `done`, `dead` or `cancelled`; null while it is open, and of rows of old. */
  outcome: string | null
  /** Why the last try failed. */
  last_error: string | null
}

/** Numbers the office lets in, or keeps out, whatever else is known of them. */
export interface CallerListsTable {
  /** A number in E.164, or the beginning of numbers. */
  beginning: string
  /** `allow` or `block`. */
  list: string
  added_at: number
}

/** What was found out about who calls from a number; rows are only ever added. */
export interface CallerVerdictsTable {
  id: string
  /** E.164. */
  number: string
  /** `robocall` or `not spam`. */
  verdict: string
  /** `call`: the call itself showed it; `person`: somebody of the office says so. */
  given_by: string
  /** The call it was seen in, where it was one. */
  call_id: string | null
  given_at: number
}

/** What the carrier knew of a number when it was last asked. */
export interface NumberFactsTable {
  /** E.164. */
  number: string
  asked_at: number
  /** The carrier's answer as JSON. */
  facts: string
}

/** One row, written to see whether writing works. */
export interface ReadinessTable {
  id: number
  checks: number
}

export type AppointmentRow = Selectable<AppointmentsTable>
export type TaskRow = Selectable<TasksTable>
export type TransferRow = Selectable<TransfersTable>
export type TransferLegRow = Selectable<TransferLegsTable>
export type TextRow = Selectable<TextsTable>
export type ConsentEventRow = Selectable<ConsentEventsTable>
export type OutboundCallRow = Selectable<OutboundCallsTable>
export type CallOutcomeRow = Selectable<CallOutcomesTable>
export type ContactFactRow = Selectable<ContactFactsTable>
export type CallRow = Selectable<CallsTable>
export type LedgerRow = Insertable<LedgerEntriesTable>
export type ContactRow = Selectable<ContactsTable>
export type CallerVerdictRow = Selectable<CallerVerdictsTable>
export type MessageRow = Selectable<MessagesTable>
export type OutboxRow = Selectable<OutboxTable>
