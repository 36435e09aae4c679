import { z } from 'zod'
import { enginesSchema } from './engine-schemas.ts'
import { outboundSchema } from './outbound-schema.ts'
import { schedulingSchema } from './scheduling-schema.ts'
import { screeningSchema } from './screening-schema.ts'
import { textingSchema } from './texting-schema.ts'
import { dayHours, languageTag, phoneNumber, shownName, timeZone } from './values.ts'

const officeHoursSchema = z.strictObject({
  monday: dayHours(),
  tuesday: dayHours(),
  wednesday: dayHours(),
  thursday: dayHours(),
  friday: dayHours(),
  saturday: dayHours(),
  sunday: dayHours(),
  /** Days the office is closed whatever the weekday says. */
  holidays: z.array(z.iso.date({ error: 'a date such as 2026-12-25' })).default([]),
})

const callsSchema = z
  .strictObject({
    /** Calls at the same time; one more is an overflow. */
    maxConcurrent: z.int().min(1).max(2000).default(100),
    /** A call ends after this, whoever is talking (RELIABILITY F22). */
    maxLengthMinutes: z.int().min(1).max(230).default(60),
    /** The caller is told that the call will end, and offered a person. */
    warnAtMinutes: z.int().min(1).max(230).default(55),
    /** How long the telephone of a person rings before the caller is asked for a message (F15). */
    ringTimeoutSeconds: z.int().min(5).max(60).default(25),
    /** Seconds of silence on the caller's side, counted from the moment the agent stopped speaking (F21). */
    silence: z
      .strictObject({
        firstPromptSeconds: z.number().min(3).max(120).default(8),
        secondPromptSeconds: z.number().min(3).max(240).default(18),
        hangUpSeconds: z.number().min(5).max(600).default(30),
      })
      .refine((s) => s.firstPromptSeconds < s.secondPromptSeconds && s.secondPromptSeconds < s.hangUpSeconds, {
        error: 'firstPromptSeconds before secondPromptSeconds before hangUpSeconds',
      })
      .prefault({}),
    /** "One moment" is said when an answer or a tool needs longer than this (F2). */
    fillerAfterMs: z.int().min(500).max(4000).default(1500),
    /** Speech over the agent that brings no words within this time was noise; the sentence goes on. */
    falseInterruptionMs: z.int().min(300).max(5000).default(1500),
    /** A caller who pauses in the middle of a number or an address is given this long to go on. 0: answered at once. */
    numberPauseMs: z.int().min(0).max(4000).default(1200),
    /** Music, a recording or a voice without words for this long: is anybody there? */
    nobodySpeaksSeconds: z.int().min(20).max(600).default(60),
    recording: z.strictObject({ enabled: z.boolean().default(true) }).prefault({}),
  })
  .refine((calls) => calls.warnAtMinutes < calls.maxLengthMinutes, {
    path: ['warnAtMinutes'],
    error: 'fewer minutes than maxLengthMinutes',
  })

/**
 * `config/company.yaml`: the company, its hours, and how calls are carried. Strict, so that a misspelt key stops the
 * start; units are in the names; error texts complete the sentence "expected ...".
 */
export const companyFileSchema = z
  .strictObject({
    company: z.strictObject({
      name: shownName(),
      /** The name as it should be pronounced; not set: as it is written. */
      spokenName: shownName().optional(),
      timeZone: timeZone(),
      /** Local to `timeZone`. */
      hours: officeHoursSchema,
      /** Rung when a caller wants a person or the voice engine fails; not set: a message is taken. */
      officePhone: phoneNumber().optional(),
      /** The company's NMLS id, said when asked (RELIABILITY C16). */
      nmlsId: z
        .union([z.string(), z.number()], { error: 'an NMLS id, 1 to 12 digits' })
        .transform(String)
        .refine((id) => /^\d{1,12}$/.test(id), { error: 'an NMLS id, 1 to 12 digits' }),
      /** BCP 47; the first is the one a call begins in unless the agent says otherwise. */
      languages: z.array(languageTag()).min(1),
    }),
    calls: callsSchema.prefault({}),
    /** What a caller gets when `calls.maxConcurrent` is reached (F24). */
    overflow: z.enum(['busy', 'person', 'message']).default('message'),
    screening: screeningSchema.prefault({}),
    scheduling: schedulingSchema.prefault({}),
    texting: textingSchema.prefault({}),
    outbound: outboundSchema.prefault({}),
    engines: enginesSchema.prefault({}),
  })
  .refine((file) => file.overflow !== 'person' || file.company.officePhone !== undefined, {
    path: ['overflow'],
    error: 'busy or message, because there is no company.officePhone to ring',
  })

export type CompanyFile = z.output<typeof companyFileSchema>
export type OfficeHours = z.output<typeof officeHoursSchema>
