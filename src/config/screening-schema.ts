import { z } from 'zod'
import { text } from './values.ts'

/** `+18005550100`, or the beginning of numbers, `+1800`. */
const numberOrBeginning = text(
  'a phone number or its beginning, in quotes, such as "+16175550100" or "+1900"',
  /^\+[1-9]\d{0,14}$/,
)

const share = z.number().min(0).max(1)

/** `screening` of `config/company.yaml`: who gets to talk to the agent. Units are in the names. */
export const screeningSchema = z
  .strictObject({
    /** false: everybody, and nothing is looked at. */
    enabled: z.boolean().default(true),
    /** Always come in. Numbers the office has added with `npm run callers` count besides. */
    allow: z.array(numberOrBeginning).default([]),
    /** Never come in; not answered. The more precise of two entries counts. */
    block: z.array(numberOrBeginning).default([]),
    /** Suspicion, 0 to 1, from which a caller must show that they are a person. */
    challengeAt: share.default(0.5),
    /** Suspicion from which they can only leave a message. */
    messageAt: share.default(0.85),
    /** Calls within ten minutes from which on they are conspicuous. */
    velocity: z
      .strictObject({
        /** Of one number. */
        perNumber: z.int().min(1).default(4),
        /** Of all numbers that differ in their last four digits only. */
        perBeginning: z.int().min(1).default(12),
      })
      .prefault({}),
    /** What Twilio is asked of numbers nobody knows here. Billed by Twilio for each number, at most once in 30 days. */
    lookup: z.enum(['off', 'line type', 'line type and reputation']).default('off'),
  })
  .refine(({ challengeAt, messageAt }) => challengeAt <= messageAt, {
    path: ['challengeAt'],
    error: 'no more than screening.messageAt',
  })
