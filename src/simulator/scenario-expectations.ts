import { z } from 'zod'
import { keyed } from './keyed.ts'
import { pattern } from './model/model-script.ts'

const count = z.int().min(0)

const heardSchema = z.preprocess(
  (words) => (typeof words === 'string' ? { words } : words),
  z.strictObject({
    words: pattern,
    /** The step after whose end the words begin to be heard: its words, or its name. */
    after: z.string().optional(),
    /** From that step's end to the first sound of the utterance. */
    withinMs: z.number().min(0).optional(),
    /** In how many utterances; at least one unless set. */
    times: count.optional(),
  }),
)

/** What must hold when the call is over. Patterns are words in any case, or `/regular expression/flags`. */
export const expectationSchema = keyed({
  /** The caller heard these words of the agent, as the ledger has it from the carrier's marks. */
  heard: heardSchema.transform((heard) => ({ expect: 'heard' as const, ...heard })),
  /** The model asked for a tool. */
  tool: z
    .strictObject({
      name: z.string(),
      /** Each of these must be among its arguments. Text is a pattern. */
      arguments: z.record(z.string(), z.unknown()).default({}),
      outcome: z.enum(['replied', 'repeated', 'refused', 'timed out', 'failed', 'cancelled']).optional(),
      times: count.optional(),
    })
    .transform((tool) => ({ expect: 'tool' as const, ...tool })),
  /** The record of the finished call. */
  record: z
    .strictObject({
      endReason: z.string().optional(),
      /** In this order, others may stand between: `caller: pattern` or `agent: pattern`. */
      transcript: z.array(z.string().regex(/^(caller|agent): /, { error: 'caller: ... or agent: ...' })).optional(),
      turns: count.optional(),
      interruptions: count.optional(),
      maxDeadAirMs: z.number().min(0).optional(),
      minTalkedMs: z.number().min(0).optional(),
      recording: z.enum(['kept', 'deleted']).optional(),
    })
    .transform((record) => ({ expect: 'record' as const, ...record })),
  /** A message stands in the book of messages. Text is a pattern. */
  message: z
    .strictObject({ name: pattern.optional(), text: pattern.optional(), times: count.default(1) })
    .transform((message) => ({ expect: 'message' as const, ...message })),
  /** The ledger holds a fact of this type with these keys. Text is a pattern. */
  fact: z
    .strictObject({
      type: z.string(),
      with: z.record(z.string(), z.unknown()).default({}),
      after: z.string().optional(),
      withinMs: z.number().min(0).optional(),
      times: count.optional(),
    })
    .transform((fact) => ({ expect: 'fact' as const, ...fact })),
  /** What must not have been. */
  absent: z
    .strictObject({
      heard: pattern.optional(),
      tool: z.string().optional(),
      fact: z.string().optional(),
      /** In anything that is stored of the call: its ledger, its record, the messages. */
      kept: pattern.optional(),
      /** The caller never waited longer than this for a sound after they had spoken or the agent had stopped in its turn. */
      silenceOverMs: z.number().min(0).optional(),
    })
    .transform((absent) => ({ expect: 'absent' as const, ...absent })),
  /** What the emulated engine saw. Left out where a real one is used. */
  engine: z
    .strictObject({
      /** Attempts to connect. On other engines than openai only 0 is checked, and neither of the next two. */
      connections: count.optional(),
      refused: count.optional(),
      /** Memories cut at what the caller heard. */
      truncations: count.optional(),
      /** What its sessions were opened for, in their order: of elevenlabs the conversations, of cascade its listeners. */
      languages: z.array(z.string()).optional(),
    })
    .transform((engine) => ({ expect: 'engine' as const, ...engine })),
  /** What the emulated carrier saw. */
  carrier: z
    .strictObject({
      status: z.string().optional(),
      dialled: z.string().optional(),
      bridged: z.boolean().optional(),
      /** By `<Say>`. */
      told: pattern.optional(),
      /** A message was recorded without us. */
      recorded: z.boolean().optional(),
      streams: count.optional(),
      clears: count.optional(),
      endedBy: z.enum(['caller', 'server', 'carrier']).optional(),
    })
    .transform((carrier) => ({ expect: 'carrier' as const, ...carrier })),
  /** The carrier called this number, by `<Dial>` or by REST; one and the same leg has it all. */
  leg: z
    .strictObject({
      to: z.string(),
      outcome: z.enum(['completed', 'busy', 'no-answer', 'failed', 'canceled']).optional(),
      /** By `<Say>`: what an officer was told. */
      told: pattern.optional(),
      /** What they pressed when they were asked. */
      pressed: z.string().optional(),
      /** At least so long with somebody on the line. */
      bridgedMs: z.number().min(0).optional(),
      times: count.optional(),
    })
    .transform((leg) => ({ expect: 'leg' as const, ...leg })),
  /** Whether the caller had company in a conference, and for how long at least. */
  conference: z
    .strictObject({ bridged: z.boolean(), minTalkedMs: z.number().min(0).optional() })
    .transform((conference) => ({ expect: 'conference' as const, ...conference })),
  /** A text left for this number, as the carrier was given it. */
  text: z
    .strictObject({ to: z.string(), words: pattern, times: count.optional() })
    .transform((text) => ({ expect: 'text' as const, ...text })),
  /** An appointment of the caller's stands in the database. */
  appointment: z
    .strictObject({
      status: z.enum(['held', 'confirming', 'booked', 'cancelled', 'lapsed']),
      /** Id or name of the officer. */
      with: pattern.optional(),
      times: count.optional(),
    })
    .transform((appointment) => ({ expect: 'appointment' as const, ...appointment })),
  /** What we wrote into an officer's calendar at Google. That it stands over nothing else there is checked in any case. */
  event: z
    .strictObject({
      officer: z.string(),
      status: z.enum(['confirmed', 'cancelled']).default('confirmed'),
      times: count.optional(),
    })
    .transform((event) => ({ expect: 'event' as const, ...event })),
  /** Somebody of the office has something to do for the caller. */
  task: z
    .strictObject({ kind: z.string(), times: count.optional() })
    .transform((task) => ({ expect: 'task' as const, ...task })),
  /** A call we were to place to the number of the caller or the called, as the database has it. */
  outbound: z
    .strictObject({
      state: z.enum(['waiting', 'placing', 'placed', 'answered', 'done', 'refused', 'failed']),
      /** Why it was refused, or what it waits for. */
      refusal: pattern.optional(),
      /** The carrier's opinion. */
      answeredBy: pattern.optional(),
      /** The carrier's last status, or `abandoned`. */
      outcome: pattern.optional(),
      times: count.optional(),
    })
    .transform((outbound) => ({ expect: 'outbound' as const, ...outbound })),
  /** Every stretch the caller heard stands in the recording within this of its place, in ms of the machine's own time. */
  recordingOffsetMs: z
    .number()
    .min(0)
    .transform((maxMs) => ({ expect: 'recording offset' as const, maxMs })),
})

export type Expectation = z.output<typeof expectationSchema>
