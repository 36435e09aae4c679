import { z } from 'zod'
import { expectationSchema } from './scenario-expectations.ts'
import { talkStepSchema } from './scenario-steps.ts'

const voice = z.enum(['caller', 'caller-2', 'caller-es', 'caller-vi'])
const words = z.string().min(1)

/** A call the office asks us for, through the gate. Nobody calls in then; the talk begins when somebody picks up. */
export const calledSchema = z.strictObject({
  number: z
    .string()
    .regex(/^\+\d{6,15}$/, { error: 'a number in quotes such as "+16175550100"' })
    .default('+14155550100'),
  voice: voice.default('caller'),
  kind: z.enum(['reminder', 'call back', 'follow-up']).default('reminder'),
  purpose: z.enum(['informational', 'marketing']).default('informational'),
  subject: words.default('their appointment tomorrow at 10 AM'),
  name: words.exactOptional(),
  language: words.default('en-US'),
  /** What they have allowed us; nothing unless set. */
  consent: z
    .strictObject({
      scope: z.enum(['informational', 'marketing', 'all']).default('informational'),
      written: z.boolean().default(false),
    })
    .exactOptional(),
})

/** We call the caller back, on the number they called from, when their own call is over and so much time has gone by. */
export const calledBackSchema = z.strictObject({
  laterMs: z.number().min(0),
  talk: z.array(talkStepSchema),
  /** What must hold of this second call. */
  expect: z.array(expectationSchema).min(1),
})

export type CalledScenario = z.output<typeof calledSchema>
