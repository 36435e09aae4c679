import type { OfficeHours } from '../../config/company-schema.ts'
import type { Officer } from './officer.ts'

/** When somebody works: weekly hours and holidays, local to the IANA zone. */
export interface WorkingTime {
  readonly timeZone: string
  readonly hours: OfficeHours
}

/** The officer's own hours and zone, else those of the office. Its holidays are theirs too. */
export function workingTimeOf({ hours, timeZone }: Officer, office: WorkingTime): WorkingTime {
  return {
    timeZone: timeZone ?? office.timeZone,
    hours: hours === undefined ? office.hours : { ...hours, holidays: office.hours.holidays },
  }
}
