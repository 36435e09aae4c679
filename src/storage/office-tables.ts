/** What the office has: its officers, their time, what they owe, and the callers handed to them. */

/** Officers of `officers.yaml`, and those the office added. Owner: `business/officers/officers.ts`. */
export interface OfficersTable {
  id: string
  name: string
  /** Name, numbers, licences and all else as JSON (`Officer` of `business/officers/officer.ts`). */
  profile: string
  /** `file` or `office`: who may change or take away the row. */
  source: string
  /** 1, or 0 of one who has left: their appointments still name them. */
  active: number
  /** `here` or `away`, until `presence_until` when that is set; the hours of their profile count beside it. */
  presence: string
  presence_until: number | null
  /** When a caller was last offered to them: round robin. */
  last_offered_at: number | null
  /** Written by every booking, so that two bookings of one officer wait for each other. */
  bookings: number
}

/** Owner: `business/scheduling/appointments.ts`. */
export interface AppointmentsTable {
  id: string
  idempotency_key: string
  officer_id: string
  /** E.164. */
  contact_number: string
  contact_name: string | null
  call_id: string | null
  starts_at: number
  ends_at: number
  /** IANA zone it is told in: the caller's. */
  time_zone: string
  language: string
  subject: string | null
  /** `held`, `confirming` (the calendar has not answered), `booked`, `cancelled` or `lapsed`. */
  status: string
  /** Of a hold: until when nobody else gets the time. Of a confirming one: until when the caller waits for the answer. */
  held_until: number | null
  /** Turn of the call in which the time was held and read back: a later one must have said yes to it. */
  held_turn: number | null
  /** The appointment it takes the place of. */
  replaces: string | null
  /** Event in the officer's calendar; the same for each try. */
  event_id: string
  /** `none`, `written` or `removed`: what the outside calendar is known to have. */
  calendar_state: string
  created_at: number
  changed_at: number
  ended_because: string | null
}

/** What somebody of the office has to do. Owner: `business/tasks.ts`. */
export interface TasksTable {
  id: string
  idempotency_key: string
  /** `call back`, `confirm appointment`, `read message` ... */
  kind: string
  officer_id: string | null
  contact_number: string | null
  call_id: string | null
  message_id: string | null
  due_at: number
  urgency: string
  note: string
  created_at: number
  done_at: number | null
  done_because: string | null
}

/** A caller who was to be connected with an officer. Owner: `business/transfers.ts`. */
export interface TransfersTable {
  id: string
  call_id: string
  carrier_call_id: string
  reason: string
  started_at: number
  /** `bridged`, `nobody free`, `caller left`, `called off`, `interrupted`; null while it goes on. */
  outcome: string | null
  officer_id: string | null
  bridged_at: number | null
  ended_at: number | null
  talked_ms: number | null
}

/** One telephone that rang for a transfer. Owner: `business/transfers.ts`. */
export interface TransferLegsTable {
  id: string
  transfer_id: string
  officer_id: string
  /** The carrier's id of the leg; null until it has said so. */
  carrier_call_id: string | null
  /** The carrier's status, which only rises (I4). */
  status: string
  status_rank: number
  /** `accepted`, `declined`, `busy`, `no answer`, `voicemail`, `failed`, `caller left`, `called off`. */
  outcome: string | null
  rang_at: number
  ended_at: number | null
}

/** What is known of a contact, by key. Owner: `business/contact-facts.ts`. */
export interface ContactFactsTable {
  number: string
  key: string
  value: string
  confirmed: number
  call_id: string | null
  at: number
}

/** What came of a call, in a form a CRM can take. Owner: `business/call-outcomes.ts`. */
export interface CallOutcomesTable {
  call_id: string
  number: string | null
  /** JSON. */
  outcome: string
  summary: string
  /** `model` or `extract`. */
  made_by: string
  made_at: number
}
