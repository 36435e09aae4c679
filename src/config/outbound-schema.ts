import { z } from 'zod'
import { dayHours, text } from './values.ts'

/** `outbound` of `config/company.yaml`: the calls we place, and what keeps them lawful. Units are in the names. */
export const outboundSchema = z.strictObject({
  /** false: no call is ever placed. `npm run outbound -- stop` does the same without a restart. */
  enabled: z.boolean().default(true),
  /** Said on answering machines: where calls are stopped (RELIABILITY C3). */
  tollFreeNumber: text(
    'a toll-free number in quotes, in the form "+18005550199"',
    /^\+18(00|33|44|55|66|77|88)\d{7}$/,
  ).default('+18005550199'),
  /** When we call, by the clock of the called; the law's own hours bound these (C6). */
  hours: z
    .strictObject({
      mondayToSaturday: dayHours().prefault('09:00-20:00'),
      sunday: dayHours().prefault('12:00-20:00'),
    })
    .prefault({}),
  /** Where we call (S9). */
  countries: z
    .array(z.enum(['US', 'CA'], { error: 'US or CA' }))
    .min(1)
    .default(['US', 'CA']),
  /** How long a telephone rings; the law asks for 15 s (C4). */
  ringSeconds: z.int().min(15).max(60).default(25),
  /** What the carrier lets us place. */
  callsPerSecond: z.int().min(1).max(30).default(1),
  /** Calls we placed that are not over. */
  maxConcurrent: z.int().min(1).max(1000).default(5),
  caps: z
    .strictObject({
      /** Calls of one number about one subject in 24 h; three is Florida's, Oklahoma's and Maryland's limit (C6). */
      perSubjectPerDay: z.int().min(1).max(3).default(3),
      /** Calls of one number about anything. */
      perNumberPerWeek: z.int().min(1).max(21).default(7),
      perCampaignPerDay: z.int().min(1).default(200),
      /** All calls we place. */
      perHour: z.int().min(1).default(100),
    })
    .prefault({}),
})

export type OutboundSettings = z.output<typeof outboundSchema>
