import { z } from 'zod'
import { STATES } from '../lib/us-states.ts'
import { dayHours, languageTag, phoneNumber, shownName, timeZone } from './values.ts'

const weeklyHoursSchema = z.strictObject({
  monday: dayHours(),
  tuesday: dayHours(),
  wednesday: dayHours(),
  thursday: dayHours(),
  friday: dayHours(),
  saturday: dayHours(),
  sunday: dayHours(),
})

export type WeeklyHours = z.output<typeof weeklyHoursSchema>

const officerSchema = z.strictObject({
  /** What the model and the records call them. */
  id: shortName('dana-lee'),
  name: shownName(),
  /** Said at a transfer (RELIABILITY C16). */
  nmlsId: z
    .string({ error: 'an NMLS id in quotes, 1 to 12 digits' })
    .regex(/^\d{1,12}$/, { error: 'an NMLS id in quotes, 1 to 12 digits' })
    .optional(),
  /** Rung for transfers. */
  phone: phoneNumber(),
  email: z.email({ error: 'an e-mail address' }).optional(),
  /** States by their two letters. Nobody else is offered where the caller's state is known. */
  licences: z.array(state()).min(1),
  /** BCP 47; regions do not matter. */
  languages: z.array(languageTag()).min(1).default(['en-US']),
  /** Empty: any. As the agent hears what a loan is for. */
  loanTypes: z.array(z.enum(['purchase', 'refinance', 'home equity', 'construction', 'reverse mortgage'])).default([]),
  /** In the outside calendar; not set: their time is only what we booked. */
  calendarId: z.string().min(1).optional(),
  /** Local to `timeZone`; not set: those of the office. Its holidays count in any case. */
  hours: weeklyHoursSchema.optional(),
  /** Not set: that of the office. */
  timeZone: timeZone().optional(),
  /** Transfers and appointments of one day, together. */
  dailyCapacity: z.int().min(0).max(100).default(8),
})

/** `config/officers.yaml`: who may be connected and booked. A missing file means that there is nobody. */
export const officersFileSchema = z
  .strictObject({
    /** How the next officer is chosen among those who may serve. */
    strategy: z.enum(['ranked', 'round robin', 'least busy', 'sticky']).default('ranked'),
    /** Numbers that come first, in E.164. */
    vip: z.array(phoneNumber()).default([]),
    officers: z.array(officerSchema).default([]),
    /** Desks of the company that are rung without a whisper: `servicing`. */
    extensions: z
      .array(
        z.strictObject({
          id: shortName('servicing'),
          name: shownName(),
          phone: phoneNumber(),
          /** Told to the model: what it is for. */
          about: z.string().min(1).max(300),
        }),
      )
      .default([]),
  })
  .superRefine(({ officers, extensions }, context) => {
    const seen = new Set<string>()
    for (const [section, list] of [
      ['officers', officers],
      ['extensions', extensions],
    ] as const) {
      for (const [index, { id }] of list.entries()) {
        if (seen.has(id))
          context.addIssue({ code: 'custom', path: [section, index, 'id'], message: 'an id of its own' })
        seen.add(id)
      }
    }
  })

export type OfficersFile = z.output<typeof officersFileSchema>
export type OfficerSettings = OfficersFile['officers'][number]

/** The model is told these and gives them back, so they are short, plain and never another's. */
function shortName(example: string) {
  const error = `a short name such as ${example}`
  return z.string({ error }).regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error })
}

function state() {
  const error = 'a state by its two letters, such as TX'
  return z.string({ error }).refine((code) => Object.hasOwn(STATES, code), { error })
}
