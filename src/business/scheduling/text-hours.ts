import type { SchedulingSettings } from '../../config/scheduling-schema.ts'
import { zonesOfNumber } from '../../lib/us-time-zones.ts'
import type { OpenPlace } from '../open-time.ts'
import type { Appointment } from './appointments.ts'

/** When people may be texted, by their own clocks. */
export type TextHours = SchedulingSettings['reminderHours']

const SUNDAY = 7

/** When somebody with this appointment may be texted: by the clock of their number and by the one they were told. */
export function textPlacesOf(
  { number, timeZone }: Pick<Appointment, 'number' | 'timeZone'>,
  hours: TextHours,
): OpenPlace[] {
  const hoursOn = (dayOfWeek: number) => (dayOfWeek === SUNDAY ? hours.sunday : hours.mondayToSaturday)
  return [...new Set([timeZone, ...zonesOfNumber(number)])].map((zone) => ({ timeZone: zone, hoursOn }))
}
