/** What leaves the house for a person's telephone, and whether it may. */

/** Texts that came or went. Owner: `business/texting/texts.ts`. */
export interface TextsTable {
  id: string
  idempotency_key: string
  /** `in` or `out`. */
  direction: string
  /** `sms` or `whatsapp`. */
  channel: string
  /** E.164 of the other side. */
  number: string
  body: string
  /** What it is for: `confirmation`, `reminder`, `missed call`, `officer brief`, `reply` ... */
  purpose: string
  language: string
  segments: number
  /** The carrier's status, which only rises (I4); `waiting` and `asked` before it answers, `refused` when it never will. */
  status: string
  status_rank: number
  carrier_sid: string | null
  /** The carrier's code when it failed, or our reason when it was refused. */
  failure: string | null
  call_id: string | null
  appointment_id: string | null
  created_at: number
  /** When the carrier was last asked to send it. */
  sent_at: number | null
}

/** What a short answer of a number would mean. Owner: `business/texting/text-offers.ts`. */
export interface TextOffersTable {
  number: string
  /** `keep hold`, `choose time` or `confirm appointment`. */
  kind: string
  /** JSON: what 1, 2 ... stand for. */
  options: string
  language: string
  created_at: number
  expires_at: number
}

/** Numbers nobody may call or text (I7). Owner: `business/consent/opt-outs.ts`. */
export interface OptOutsTable {
  number: string
  at: number
  /** `text`, `spoken`, `key`, `carrier` or `office`. */
  source: string
}

/** Consents given and taken back, as evidence; rows are only added. Owner: `business/consent/consents.ts`. */
export interface ConsentEventsTable {
  id: string
  number: string
  /** `given`, `revoked` or `lifted` (an opt-out taken back by its owner). */
  event: string
  /** `call`, `text` or `all`. */
  channel: string
  /** `informational`, `marketing` or `all`. */
  scope: string
  /** 1: in writing. */
  written: number
  seller: string
  text_version: string | null
  source: string
  /** Their words or the document, as evidence. */
  evidence: string | null
  call_id: string | null
  at: number
}

/** Calls we place. Owner: `business/outbound/outbound-calls.ts`. */
export interface OutboundCallsTable {
  id: string
  idempotency_key: string
  number: string
  contact_name: string | null
  /** `reminder`, `call back` or `follow-up`. */
  kind: string
  /** `informational` or `marketing`. */
  purpose: string
  /** What it is about, in the words the opening says. */
  subject: string
  language: string
  campaign: string | null
  appointment_id: string | null
  task_id: string | null
  not_before: number
  requested_at: number
  /** `waiting`, `placing`, `placed`, `answered`, `done`, `refused`, `failed`; only rises. */
  state: string
  state_rank: number
  refusal: string | null
  carrier_sid: string | null
  answered_by: string | null
  placed_at: number | null
  answered_at: number | null
  ended_at: number | null
  outcome: string | null
  attempts: number
}

/** The national do-not-call list, as last loaded. Owner: `business/outbound/do-not-call.ts`. */
export interface DncNumbersTable {
  number: string
}

export interface DncCopiesTable {
  id: string
  loaded_at: number
  numbers: number
}

/** Switches the office can throw: `outbound`. Owner: `business/switches.ts`. */
export interface SwitchesTable {
  name: string
  is_on: number
  changed_at: number
}
