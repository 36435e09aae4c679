import { z } from 'zod'
import { calendarFaultSchema } from './google/faults.ts'

const hours = z
  .number()
  .min(-24)
  .max(24 * 14)

/** Google Calendar as a scenario has it: what else stands in the calendars of its officers, and how Google misbehaves. */
export const calendarSchema = z.strictObject({
  /** Entered by others before the call, in hours from then. */
  busy: z.array(z.strictObject({ officer: z.string().min(1), fromHours: hours, untilHours: hours })).default([]),
  faults: z.array(calendarFaultSchema).default([]),
})
