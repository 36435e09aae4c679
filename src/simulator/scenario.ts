import { z } from 'zod'
import { modelScriptSchema } from './model/model-script.ts'
import { calendarSchema } from './scenario-calendar.ts'
import { calledBackSchema, calledSchema } from './scenario-called.ts'
import { type Expectation, expectationSchema } from './scenario-expectations.ts'
import { nameOf, type TalkStep, talkStepSchema } from './scenario-steps.ts'
import { faultSchema } from './service/faults.ts'
import type { Person } from './twilio/carrier.ts'
import type { CarrierFaults } from './twilio/faults.ts'

const number = z.string().regex(/^\+\d{6,15}$/, { error: 'a number in quotes such as "+16175550100"' })
const chance = z.number().min(0).max(1)
const ms = z.number().min(0)

const engineName = z.enum(['openai', 'elevenlabs', 'cascade', 'openai-live'])

const callerSchema = z.strictObject({
  /** E.164, or `anonymous`. */
  from: z.union([number, z.literal('anonymous')]).default('+14155550100'),
  to: number.default('+16175550199'),
  voice: z.enum(['caller', 'caller-2', 'caller-es', 'caller-vi']).default('caller'),
  /** What the carrier says of the caller id's signature; `none` when it has none. */
  stir: z.enum(['A', 'B', 'C', 'failed', 'none']).default('A'),
  /** What the caller does when they are asked to show that they are a person. */
  challenge: z
    .union([
      z.literal('silent').transform(() => ({})),
      z.strictObject({ presses: z.string().regex(/^[0-9*#]$/, { error: 'one key in quotes, such as "1"' }) }),
      z.strictObject({ says: z.string().min(1) }),
    ])
    .prefault('silent'),
})

/** Business settings a scenario may put in place of the configured ones. */
const settingsSchema = z.strictObject({
  /** Whether somebody is in the office; as configured unless set. */
  office: z.enum(['open', 'closed']).optional(),
  officePhone: number.optional(),
  /** In place of those of officers.yaml, with the hours of the office; nobody unless set. */
  officers: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        name: z.string().min(1),
        phone: number,
        licences: z.array(z.string()).min(1),
        languages: z.array(z.string()).min(1).default(['en-US']),
        /** Id of theirs at Google, where the scenario has a `calendar`. */
        calendar: z.string().min(1).optional(),
      }),
    )
    .default([]),
  /** In place of those of officers.yaml. */
  extensions: z
    .array(z.strictObject({ id: z.string().min(1), name: z.string().min(1), phone: number, about: z.string().min(1) }))
    .default([]),
  overflow: z.enum(['busy', 'person', 'message']).optional(),
  maxLengthSeconds: z.number().positive().optional(),
  warnAtSeconds: z.number().positive().optional(),
  fillerAfterMs: ms.optional(),
  falseInterruptionMs: ms.optional(),
  /** A cascade's listeners hear every language they can in one session: `multilingual` of the agent's file. */
  multilingual: z.boolean().optional(),
  /** Of `screening` in company.yaml. */
  screening: z
    .strictObject({
      enabled: z.boolean().exactOptional(),
      allow: z.array(number).exactOptional(),
      block: z.array(number).exactOptional(),
      velocity: z.strictObject({ perNumber: z.int().min(1), perBeginning: z.int().min(1) }).exactOptional(),
      lookup: z.enum(['off', 'line type', 'line type and reputation']).exactOptional(),
    })
    .default({}),
  /** Engines that take over when the call's own fails, in this order. */
  rescue: z.array(engineName).default([]),
})

/** As `CarrierFaults` of the Twilio emulator. */
const carrierFaultsSchema = z.strictObject({
  duplicateWebhooks: z.int().min(0).exactOptional(),
  shuffleCallbacks: z.boolean().exactOptional(),
  dropCallbacks: chance.exactOptional(),
  delayCallbacksMs: ms.exactOptional(),
  resetSocketAfterMs: ms.exactOptional(),
  resetStreams: z.int().min(1).exactOptional(),
  resetMidMessage: z.boolean().exactOptional(),
  stopMediaAfterMs: ms.exactOptional(),
  gapMs: ms.exactOptional(),
  gapAfterMs: ms.exactOptional(),
  outOfOrderMedia: chance.exactOptional(),
  timestampJitterMs: ms.exactOptional(),
  lateMarksMs: ms.exactOptional(),
  duplicateMarks: z.boolean().exactOptional(),
  restStatus429: z.int().min(0).exactOptional(),
  restLoseAnswers: z.int().min(0).exactOptional(),
  restDelayMs: ms.exactOptional(),
  restDown: z.boolean().exactOptional(),
}) satisfies z.ZodType<CarrierFaults>

const personSchema = z.strictObject({
  outcome: z.enum(['answers', 'declines', 'voicemail', 'busy', 'no answer', 'fails']),
  afterMs: ms.exactOptional(),
  talkMs: ms.exactOptional(),
  hangsUpAfterMs: ms.exactOptional(),
  presses: z.string().exactOptional(),
  pressesAfterMs: ms.exactOptional(),
  greetingMs: ms.exactOptional(),
  detectedAs: z.enum(['human', 'machine', 'fax', 'unknown']).exactOptional(),
}) satisfies z.ZodType<Person>

const engineSchema = z.strictObject({
  faults: z.array(faultSchema).default([]),
  /** From the end of a turn to the first sound of its answer, about; see `Timing` of the OpenAI emulator. */
  thinkMs: ms.exactOptional(),
  transcriptionMs: ms.exactOptional(),
})

/**
 * A rehearsal as data: who calls, what they say and do, how the model and the carrier behave meanwhile, and what must
 * hold in the end. Strict; units are in the names; error texts complete the sentence "expected ...".
 */
export const scenarioSchema = z
  .strictObject({
    title: z.string().min(1),
    /** Which rows of the failure table or which rules it covers: F1, CS5. */
    covers: z.array(z.string()).default([]),
    caller: callerSchema.prefault({}),
    /** Set where we place the call: then nobody calls in, and the talk is theirs whom we call. */
    called: calledSchema.exactOptional(),
    calledBack: calledBackSchema.exactOptional(),
    /** When the call is placed, on a Wednesday, by the clock where the caller or the called is; now unless set. */
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, { error: 'a time of day in quotes such as "19:59" or "19:59:50"' })
      .exactOptional(),
    settings: settingsSchema.prefault({}),
    /** Rules that come before those of the built-in receptionist. A real engine has a mind of its own instead. */
    model: modelScriptSchema.default([]),
    engine: engineSchema.prefault({}),
    carrier: z
      .strictObject({
        faults: carrierFaultsSchema.prefault({}),
        /** Entries of the carrier's error log that belong to the scenario. Any other fails it. */
        warnings: z.array(z.int()).default([]),
      })
      .prefault({}),
    /** Google Calendar, emulated; without it nobody's time is kept outside. */
    calendar: calendarSchema.optional(),
    /** Who can be dialled, by number. */
    people: z.record(number, personSchema).default({}),
    /** Servers on the same data behind the public address. The first gets everything, until it is killed. */
    servers: z.int().min(1).max(3).default(1),
    /** Empty only where nobody says anything to a call of ours: a mailbox does not. */
    talk: z.array(talkStepSchema).default([]),
    expect: z.array(expectationSchema).min(1),
    /** What must hold besides where the call runs on one engine: how often it connects, in which steps it is rescued. */
    expectOn: z.partialRecord(engineName, z.array(expectationSchema)).default({}),
  })
  .superRefine(({ talk, expect, expectOn, called, calledBack }, context) => {
    if (talk.length === 0 && !called)
      context.addIssue({ code: 'custom', path: ['talk'], message: 'what a caller does' })
    const lists: [path: string[], Expectation[], TalkStep[]][] = [
      [['expect'], expect, talk],
      [['calledBack', 'expect'], calledBack?.expect ?? [], calledBack?.talk ?? []],
      ...Object.entries(expectOn).map(([engine, list]): [string[], Expectation[], TalkStep[]] => {
        return [['expectOn', engine], list, talk]
      }),
    ]
    for (const [path, list, steps] of lists) {
      const names = new Set(steps.map(nameOf))
      for (const [index, expectation] of list.entries()) {
        if (!('after' in expectation) || expectation.after === undefined || names.has(expectation.after)) continue
        context.addIssue({
          code: 'custom',
          path: [...path, index, expectation.expect, 'after'],
          message: 'the words or the name of a step of the talk',
        })
      }
    }
  })

export type Scenario = z.output<typeof scenarioSchema>
