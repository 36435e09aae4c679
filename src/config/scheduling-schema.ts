import { z } from 'zod'
import { dayHours } from './values.ts'

const textHoursSchema = z.strictObject({
  mondayToSaturday: dayHours().prefault('09:00-20:00'),
  sunday: dayHours().prefault('12:00-20:00'),
})

/** `scheduling` of `config/company.yaml`: how appointments with loan officers are made. Units are in the names. */
export const schedulingSchema = z
  .strictObject({
    /** How long an appointment takes. */
    lengthMinutes: z.int().min(5).max(240).default(30),
    /** Appointments begin at local times that are multiples of this: 30 means on the hour and half past. */
    gridMinutes: z.int().min(5).max(240).default(30),
    /** Free time an officer has before and after each thing in their calendar. */
    bufferMinutes: z.int().min(0).max(240).default(15),
    /** Nothing is offered that begins sooner than this. */
    noticeMinutes: z.int().min(0).max(20_160).default(120),
    /** How many days ahead is looked for free time. */
    daysAhead: z.int().min(1).max(90).default(14),
    /** How long a time that was read to a caller is kept for them. */
    holdMinutes: z.number().min(1).max(60).default(5),
    /** How long it is kept when their line dropped: they are asked by text. */
    keptHoldMinutes: z.number().min(1).max(240).default(30),
    /** Appointments to come that one number may have: nobody takes all the time there is (RELIABILITY S9). */
    mostOfNumber: z.int().min(1).max(100).default(3),
    /** Reminders by text, so many minutes before. */
    reminderMinutes: z.array(z.int().min(15).max(20_160)).default([1440, 60]),
    /** Local times of the recipient between which reminders are sent. */
    reminderHours: textHoursSchema.prefault({}),
  })
  .refine((scheduling) => scheduling.holdMinutes <= scheduling.keptHoldMinutes, {
    path: ['keptHoldMinutes'],
    error: 'no fewer minutes than scheduling.holdMinutes',
  })

export type SchedulingSettings = z.output<typeof schedulingSchema>
