import type { ExpressionBuilder } from 'kysely'
import type { Span } from '../../calendar/calendar.ts'
import { createId } from '../../lib/ids.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { AppointmentRow, Tables } from '../../storage/tables.ts'
import { areTooClose } from './free-slots.ts'

export type AppointmentStatus = 'held' | 'confirming' | 'booked' | 'cancelled' | 'lapsed'

/** A time with an officer that somebody holds, has, or had. */
export interface Appointment extends Span {
  readonly id: string
  readonly officerId: string
  /** E.164. */
  readonly number: string
  readonly name: string | undefined
  readonly callId: string | undefined
  readonly timeZone: string
  readonly language: string
  readonly subject: string | undefined
  readonly status: AppointmentStatus
  /** Epoch ms: see the table. */
  readonly heldUntil: number | undefined
  readonly heldTurn: number | undefined
  /** Id of the appointment this one takes the place of, once it is booked. */
  readonly replaces: string | undefined
  readonly eventId: string
  readonly calendarState: 'none' | 'written' | 'removed'
}

export type NewHold = Omit<Appointment, 'id' | 'eventId' | 'status' | 'calendarState'> & { readonly key: string }

/** What stands in an officer's time from `from` on: booked, being confirmed, or held by somebody still (epoch ms). */
export async function standingOf(
  database: Database,
  officerId: string,
  { from, now }: { from: number; now: number },
): Promise<Appointment[]> {
  const rows = await database
    .selectFrom('appointments')
    .selectAll()
    .where('officer_id', '=', officerId)
    .where('ends_at', '>', Math.round(from))
    .where((where) => stands(where, now))
    .orderBy('starts_at')
    .execute()
  return rows.map(toAppointment)
}

/**
 * Whether nothing stands too close to a span. Call it with the officer locked. `self` is the hold itself; the
 * appointment it `replaces` may stand in the buffer, since it goes away, but not in the span.
 */
export async function isFree(
  transaction: Transaction<Tables>,
  wanted: Span & { officerId: string; self?: string | undefined; replaces: string | undefined },
  { bufferMs, now }: { bufferMs: number; now: number },
): Promise<boolean> {
  const standing = await standingOf(transaction, wanted.officerId, { from: wanted.startsAt - bufferMs, now })
  const others = standing.filter(({ id }) => id !== wanted.self)
  return !others.some((other) => areTooClose(wanted, other, other.id === wanted.replaces ? 0 : bufferMs))
}

/** Keeps a time for somebody; the same key keeps the same one on, unless it has come to something else since. */
export async function keepHeld(
  transaction: Transaction<Tables>,
  hold: NewHold,
  now: number,
): Promise<Appointment | undefined> {
  const row = toRow(hold, Math.round(now))
  const { held_until, held_turn, changed_at } = row
  const kept = transaction
    .insertInto('appointments')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('idempotency_key')
        .doUpdateSet({ status: 'held', held_until, held_turn, changed_at, ended_because: null })
        .where('appointments.status', 'in', ['held', 'lapsed']),
    )
    .returningAll()
  const saved = await kept.executeTakeFirst()
  return saved && toAppointment(saved)
}

/** Lets the holds of a call go, but for one. */
export async function lapseHolds(
  transaction: Transaction<Tables>,
  { callId, except, because, now }: { callId: string; except?: string; because: string; now: number },
): Promise<void> {
  await transaction
    .updateTable('appointments')
    .set({ status: 'lapsed', ended_because: because, changed_at: Math.round(now) })
    .where('call_id', '=', callId)
    .where('status', '=', 'held')
    .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
    .execute()
}

interface AppointmentChange {
  readonly status?: AppointmentStatus
  readonly heldUntil?: number | undefined
  readonly calendarState?: Appointment['calendarState']
  readonly because?: string
}

/** Changes an appointment that is in one of the states `from`; undefined when it is in another. */
export async function changeAppointment(
  transaction: Transaction<Tables>,
  { id, from, to, now }: { id: string; from: readonly AppointmentStatus[]; to: AppointmentChange; now: number },
): Promise<Appointment | undefined> {
  const change = {
    changed_at: Math.round(now),
    ...(to.status && { status: to.status }),
    ...('heldUntil' in to && { held_until: to.heldUntil === undefined ? null : Math.round(to.heldUntil) }),
    ...(to.calendarState && { calendar_state: to.calendarState }),
    ...(to.because && { ended_because: to.because }),
  }
  const changed = transaction.updateTable('appointments').set(change).where('id', '=', id).where('status', 'in', from)
  const row = await changed.returningAll().executeTakeFirst()
  return row && toAppointment(row)
}

export async function appointmentById(database: Database, id: string): Promise<Appointment | undefined> {
  const row = await database.selectFrom('appointments').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toAppointment(row)
}

export async function appointmentByKey(database: Database, key: string): Promise<Appointment | undefined> {
  const keyed = database.selectFrom('appointments').selectAll().where('idempotency_key', '=', key)
  const row = await keyed.executeTakeFirst()
  return row && toAppointment(row)
}

/** Of one call, the latest first. */
export async function appointmentsOfCall(
  database: Database,
  callId: string,
  statuses: readonly AppointmentStatus[],
): Promise<Appointment[]> {
  const rows = database.selectFrom('appointments').selectAll().where('call_id', '=', callId)
  return (await rows.where('status', 'in', statuses).orderBy('changed_at', 'desc').execute()).map(toAppointment)
}

/** What a number has to come, the soonest first. */
export async function comingOfNumber(database: Database, number: string, now: number): Promise<Appointment[]> {
  const rows = database.selectFrom('appointments').selectAll().where('contact_number', '=', number)
  const coming = rows.where('status', 'in', ['booked', 'confirming']).where('ends_at', '>', Math.round(now))
  return (await coming.orderBy('starts_at').execute()).map(toAppointment)
}

/** How many appointments a number has to come or holds, besides the one that goes away for the next. */
export async function countOfNumber(
  transaction: Transaction<Tables>,
  number: string,
  { replaces, now }: { replaces: string | undefined; now: number },
): Promise<number> {
  const { count } = await transaction
    .selectFrom('appointments')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('contact_number', '=', number)
    .where('ends_at', '>', Math.round(now))
    .where((where) => stands(where, now))
    .$if(replaces !== undefined, (query) => query.where('id', '!=', replaces ?? ''))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** All a number ever had, held ones included; the latest first. */
export async function appointmentsOfNumber(
  database: Database,
  number: string,
  { limit }: { limit: number },
): Promise<Appointment[]> {
  const rows = database.selectFrom('appointments').selectAll().where('contact_number', '=', number)
  return (await rows.orderBy('starts_at', 'desc').limit(limit).execute()).map(toAppointment)
}

/** An appointment as the officer is shown it. */
export interface OfficerAppointment extends Appointment {
  readonly status: (typeof SHOWN_TO_OFFICERS)[number]
  readonly createdAt: number
  readonly changedAt: number
}

const SHOWN_TO_OFFICERS = ['booked', 'confirming', 'cancelled'] as const

/** Of one officer, what overlaps a span, the soonest first: cancelled ones too, but not what was only held. */
export async function appointmentsOfOfficer(
  database: Database,
  officerId: string,
  { startsAt, endsAt }: Span,
): Promise<OfficerAppointment[]> {
  const rows = await database
    .selectFrom('appointments')
    .selectAll()
    .where('officer_id', '=', officerId)
    .where('status', 'in', SHOWN_TO_OFFICERS)
    .where('ends_at', '>', Math.round(startsAt))
    .where('starts_at', '<', Math.round(endsAt))
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...toAppointment(row),
    status: row.status as OfficerAppointment['status'],
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }))
}

/** Booked, being confirmed, or held by somebody still (epoch ms). */
function stands(where: ExpressionBuilder<Tables, 'appointments'>, now: number) {
  return where.or([
    where('status', 'in', ['booked', 'confirming']),
    where.and([where('status', '=', 'held'), where('held_until', '>', Math.round(now))]),
  ])
}

function toRow(hold: NewHold, now: number): AppointmentRow {
  const id = createId('appointment')
  return {
    id,
    idempotency_key: hold.key,
    officer_id: hold.officerId,
    contact_number: hold.number,
    contact_name: hold.name ?? null,
    call_id: hold.callId ?? null,
    starts_at: hold.startsAt,
    ends_at: hold.endsAt,
    time_zone: hold.timeZone,
    language: hold.language,
    subject: hold.subject ?? null,
    status: 'held',
    held_until: hold.heldUntil === undefined ? null : Math.round(hold.heldUntil),
    held_turn: hold.heldTurn ?? null,
    replaces: hold.replaces ?? null,
    event_id: eventIdOf(id),
    calendar_state: 'none',
    created_at: now,
    changed_at: now,
    ended_because: null,
  }
}

/** Calendars want a-v and 0-9; ours are hexadecimal. */
function eventIdOf(appointmentId: string): string {
  return `hearthline${appointmentId.replace('appointment_', '')}`
}

function toAppointment(row: AppointmentRow): Appointment {
  return {
    id: row.id,
    officerId: row.officer_id,
    number: row.contact_number,
    name: row.contact_name ?? undefined,
    callId: row.call_id ?? undefined,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
    language: row.language,
    subject: row.subject ?? undefined,
    status: row.status as AppointmentStatus,
    heldUntil: row.held_until ?? undefined,
    heldTurn: row.held_turn ?? undefined,
    replaces: row.replaces ?? undefined,
    eventId: row.event_id,
    calendarState: row.calendar_state as Appointment['calendarState'],
  }
}
