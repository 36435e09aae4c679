import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Clock } from '../lib/clock.ts'
import { zonesOfNumber } from '../lib/us-time-zones.ts'
import { said, saidNumber } from './said.ts'
import type { Tool, ToolContext } from './tool.ts'
import { momentIn } from './wished-time.ts'

/** What the tool needs of the calls we place and of what the office has to do. */
export interface CallBacks {
  /**
   * Notes a call back for the office and, to the caller's own number, has it placed when that may be: their asking is the
   * consent to that one call (RELIABILITY C2). Durable when it resolves; the same key again gives the first.
   */
  request(callBack: {
    callId: string
    idempotencyKey: string
    /** Where they call from, E.164: the only number that is ever dialled by us. */
    callerNumber: string | undefined
    /** Another one, as they said it, for a person of the office to use. */
    otherNumber: string | undefined
    about: string
    language: string
    /** Epoch ms; undefined: as soon as possible. */
    at: number | undefined
  }): Promise<{
    /** In words, in the caller's zone and language. */
    readonly due: string
    /** `us`: a call is placed. `a person`: somebody of the office is to call. */
    readonly by: 'us' | 'a person'
  }>
}

export interface RequestCallBackOptions {
  readonly callBacks: CallBacks
  readonly clock: Clock
  /** IANA zone in which a time is meant when nothing is known of the caller's. */
  readonly officeZone: string
}

const requestCallBackArguments = z.strictObject({
  about: said(300).describe('What the call is to be about, in their words.'),
  when: z
    .string()
    .trim()
    .max(60)
    .optional()
    .describe('When they want it: "tomorrow at 3 PM", 2026-12-01T15:00. Leave it out for as soon as possible.'),
  number: saidNumber().optional().describe('Only another number than the one they call from.'),
})

/** Nobody means to be called in the year 5760: a date so far off was misheard. */
const FARTHEST_MS = 92 * 24 * 60 * 60_000

/** Notes that the caller wants to be called, and when. */
export function createRequestCallBack({
  callBacks,
  clock,
  officeZone,
}: RequestCallBackOptions): Tool<z.output<typeof requestCallBackArguments>> {
  return {
    name: 'request_call_back',
    description:
      'Arranges a call back, only when the caller asks to be called. Ask when and what about. Tell them the time the result gives, and never that a certain person will call.',
    arguments: requestCallBackArguments,
    effect: 'writes',
    timeoutMs: 8_000,
    async run({ about, when, number }, context) {
      const { callId, idempotencyKey, callerNumber, language } = context
      if (callerNumber === undefined && number === undefined) return { reply: NO_NUMBER }
      const moment = when === undefined ? undefined : momentIn(when, nowOf(context, { clock, officeZone }))
      if (when !== undefined && !moment) return { reply: NO_TIME }
      if (moment && moment.epochMilliseconds > clock.now() + FARTHEST_MS) return { reply: NO_TIME }
      const { due, by } = await callBacks.request({
        callId,
        idempotencyKey,
        callerNumber,
        otherNumber: number,
        about,
        language,
        at: moment?.epochMilliseconds,
      })
      const who = by === 'us' ? 'You will be called' : 'Somebody of the office will call'
      return { reply: { noted: true, due, by, say: `${who}: ${due}.` } }
    },
  }
}

const NO_NUMBER = { noted: false, reason: 'no number', say: 'Ask for a number to call back.' }
const NO_TIME = {
  noted: false,
  reason: 'no time',
  say: 'Ask again when; give it as a date and time, 2026-12-01T15:00.',
}

function nowOf(
  { callerNumber = '' }: ToolContext,
  { clock, officeZone }: Omit<RequestCallBackOptions, 'callBacks'>,
): Temporal.ZonedDateTime {
  const [timeZone = officeZone] = zonesOfNumber(callerNumber)
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(clock.now())).toZonedDateTimeISO(timeZone)
}
