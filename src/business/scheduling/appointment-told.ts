import type { Officer } from '../officers/officer.ts'
import type { Appointment } from './appointments.ts'
import type { OfferedSlot } from './offers.ts'
import { slotWords } from './slot-words.ts'

/** An appointment as it can be told. */
export interface AppointmentTold extends Appointment {
  readonly officerName: string
  /** `Tuesday, December 1 at 3 PM Eastern`, in the language it was made in. */
  readonly words: string
}

/** Why a time was not kept or booked, and what else there is. */
export interface Refused {
  readonly reason: /** The id is none of ours, or the time is over, or outside the hours by now. */
    | 'no such time'
    | 'taken'
    /** The number has as many appointments as one may have. */
    | 'enough'
    /** The number has no such appointment that could be moved. */
    | 'nothing to move'
    /** This call does not hold that time: hold it and read it back first. */
    | 'no hold'
    /** The caller has said nothing since it was read back. */
    | 'not confirmed'
  readonly next: readonly OfferedSlot[]
}

export function tell(appointment: Appointment, { name }: Pick<Officer, 'name'>): AppointmentTold {
  return { ...appointment, officerName: name, words: slotWords(appointment.startsAt, appointment) }
}
