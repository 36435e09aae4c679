import type { WorkingTime } from '../../src/business/officers/officer-hours.ts'
import { officersFileSchema } from '../../src/config/officers-schema.ts'
import { outboundSchema } from '../../src/config/outbound-schema.ts'
import { schedulingSchema } from '../../src/config/scheduling-schema.ts'
import { dayHours } from '../../src/config/values.ts'

/** The company in which every run takes place: two officers, so that callers are in each other's way. */
export const OURS = '+16175550100'
export const COMPANY = 'Hearthline Home Loans'

const workday = dayHours().parse('09:00-17:00')

export const OFFICE: WorkingTime = {
  timeZone: 'America/New_York',
  hours: {
    monday: workday,
    tuesday: workday,
    wednesday: workday,
    thursday: workday,
    friday: workday,
    saturday: 'closed',
    // Officers who work on the days on which the clock jumps.
    sunday: workday,
    holidays: ['2026-11-26'],
  },
}

const NAMES = { languages: ['en-US', 'es'], licences: ['MA', 'TX', 'CA', 'HI', 'AZ'], dailyCapacity: 100 }

export const OFFICERS_FILE = officersFileSchema.parse({
  officers: [
    { id: 'dana-lee', name: 'Dana Lee', phone: '+16175550111', calendarId: 'dana@example.com', ...NAMES },
    { id: 'sam-roy', name: 'Sam Roy', phone: '+16175550112', ...NAMES },
  ],
})

/** Many are booked here; how many one number may have is tested elsewhere. */
export const SCHEDULING = schedulingSchema.parse({ bufferMinutes: 0, mostOfNumber: 100 })

/** Enough for a run, so that what is not called was not meant to be. */
export const OUTBOUND = outboundSchema.parse({ callsPerSecond: 2, maxConcurrent: 3, caps: { perNumberPerWeek: 21 } })

/** Callers, each in a zone of their own: quiet hours differ, and Phoenix and Honolulu have no summer time. */
export const CALLERS = [
  { number: '+16175550123', timeZone: 'America/New_York', sundayFrom: 12 },
  { number: '+16175550124', timeZone: 'America/New_York', sundayFrom: 12 },
  { number: '+12135550125', timeZone: 'America/Los_Angeles', sundayFrom: 12 },
  { number: '+15125550126', timeZone: 'America/Chicago', sundayFrom: 12 },
  { number: '+18085550127', timeZone: 'Pacific/Honolulu', sundayFrom: 12 },
  { number: '+16025550128', timeZone: 'America/Phoenix', sundayFrom: 12 },
] as const
