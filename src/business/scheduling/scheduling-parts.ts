import type { Calendar } from '../../calendar/calendar.ts'
import type { SchedulingSettings } from '../../config/scheduling-schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Tables } from '../../storage/tables.ts'
import type { Officer } from '../officers/officer.ts'
import type { WorkingTime } from '../officers/officer-hours.ts'
import type { OfficerEntry } from '../officers/officers.ts'
import type { OfficerNeed } from '../officers/routing.ts'
import type { Appointment } from './appointments.ts'

/** What making appointments needs of the rest of the house. */
export interface SchedulingParts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: SchedulingSettings
  /** Hours of officers who have none of their own, and the zone of a caller of whom nothing is known. */
  readonly office: WorkingTime
  readonly officers: { find(id: string): Promise<OfficerEntry | undefined> }
  readonly routing: { findOfficers(need: OfficerNeed): Promise<readonly { readonly officer: Officer }[]> }
  /** Where officers with a `calendarId` have their time as well; undefined: our database is all there is. */
  readonly calendar: Calendar | undefined
  /** Puts a text into words and queues it, within the transaction of what it tells. The same key is the same text. */
  tell(transaction: Transaction<Tables>, text: AppointmentText): Promise<unknown>
  /** Tells its officer by text what has become of an appointment. The same news of one is told once. */
  brief(transaction: Transaction<Tables>, news: OfficerNews): Promise<unknown>
  /** Gives somebody of the office something to do. The same key is the same task. */
  assign(transaction: Transaction<Tables>, task: AppointmentTask): Promise<unknown>
  /** The task of this key, if there is one, need not be done any more. */
  finish(transaction: Transaction<Tables>, task: { key: string; because: string; at: number }): Promise<unknown>
  /** Carries out the outbox row of this key at once if it can. However that ends, the appointment says what it is. */
  runNow(key: string): Promise<unknown>
}

export interface AppointmentText {
  readonly key: string
  /** E.164. */
  readonly number: string
  readonly template: 'confirmation' | 'change' | 'cancellation' | 'reminder' | 'keep hold' | 'choose again'
  readonly language: string
  /** `when` and `officer`; of `choose again` also `first` and `second`, the times there are, or nothing. */
  readonly values: Readonly<Record<string, string>>
  readonly callId: string | undefined
  readonly appointmentId: string
  /** Now, in epoch ms. */
  readonly at: number
}

export interface OfficerNews {
  readonly what: 'booked' | 'moved here' | 'cancelled'
  readonly appointment: Appointment
  /** Now, in epoch ms. */
  readonly at: number
}

export interface AppointmentTask {
  readonly key: string
  readonly kind: 'confirm appointment' | 'call back'
  readonly officerId: string
  readonly contactNumber: string
  readonly callId: string | undefined
  readonly note: string
  readonly dueAt: number
  readonly at: number
}
