import { z } from 'zod'
import { phoneNumber } from './values.ts'

/** `texting` in `company.yaml`: whether and how texts are sent. What they say stands in `texts.yaml`. */
export const textingSchema = z.strictObject({
  /** false sends nothing. Texts that come are still read, and STOP is still honoured. */
  enabled: z.boolean().default(true),
  channel: z.enum(['sms', 'whatsapp']).default('sms'),
  /** What the texts come from; not set: TWILIO_PHONE_NUMBER. With neither nothing is sent. */
  number: phoneNumber().optional(),
  /** Texts a caller may ask for, by the id the model names; each is sent behind the company's name. */
  prepared: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z -]{1,39}$/, { error: 'a few small letters such as documents to bring' }),
        text: z.string().min(1).max(400),
      }),
    )
    .refine((prepared) => new Set(prepared.map(({ id }) => id)).size === prepared.length, {
      error: 'an id of its own for each',
    })
    .default([]),
  /** What the carrier takes of one number: a local one 1, a toll-free one about 3 (RELIABILITY 2.1). */
  perSecond: z.number().min(0.1).max(100).default(1),
  /** Texts to more distinct numbers that begin alike, all but the last four digits, are held: SMS pumping (S10). */
  pumping: z
    .strictObject({
      numbers: z.int().min(1).max(10_000).default(20),
      minutes: z.int().min(1).max(1440).default(10),
    })
    .prefault({}),
})
