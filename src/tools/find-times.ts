import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Clock } from '../lib/clock.ts'
import { stateCodeOf } from '../lib/us-states.ts'
import { zonesOfNumber, zonesOfState } from '../lib/us-time-zones.ts'
import { type OfferedTime, tellTimes } from './times-told.ts'
import type { Tool, ToolContext } from './tool.ts'
import { dayIn, PARTS_OF_DAY } from './wished-time.ts'

/** What the tool needs of scheduling. */
export interface TimeFinder {
  /** At most two times, the soonest first; not `asWished`: nothing is free then, but these are. */
  offer(wish: {
    callerNumber: string | undefined
    language: string
    state: string | undefined
    officerId: string | undefined
    timeZone: string | undefined
    /** `2026-12-01`, and from and until by the clock, in the caller's zone. */
    date: string | undefined
    from: string | undefined
    until: string | undefined
    except: readonly string[]
  }): Promise<TimesFound>
}

export type TimesFound =
  | { readonly slots: readonly OfferedTime[]; readonly asWished: boolean }
  /** Between which zones the caller has to choose: `words` is `Eastern`. */
  | { readonly ask: 'time zone'; readonly zones: readonly { readonly timeZone: string; readonly words: string }[] }
  | { readonly none: 'nobody' | 'nothing free' | 'calendar unreachable' }

export interface FindTimesOptions {
  readonly times: TimeFinder
  readonly clock: Clock
  /** IANA zone in which a day is meant when nothing is known of the caller's. */
  readonly officeZone: string
}

const findTimesArguments = z.strictObject({
  day: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe('The day they want: 2026-12-01, "tomorrow", "next Tuesday".'),
  part_of_day: z.enum(['morning', 'afternoon', 'evening']).optional(),
  officer_id: z.string().max(60).optional().describe('Only if they want this officer: an id you were given.'),
  state: z
    .string()
    .trim()
    .refine((state) => stateCodeOf(state) !== undefined, { error: 'a US state such as TX or Texas' })
    .optional()
    .describe('The US state of the property, if they said it.'),
  time_zone: z.string().trim().max(40).optional().describe('Only as the answer to a question of this tool: "Eastern".'),
  turned_down: z.array(z.string().max(200)).max(20).optional().describe('Ids of the times they do not want.'),
})

/** Looks for two times a caller could have. It keeps nothing for them. */
export function createFindTimes({
  times,
  clock,
  officeZone,
}: FindTimesOptions): Tool<z.output<typeof findTimesArguments>> {
  return {
    name: 'find_times',
    description:
      'Finds at most two free times for an appointment with a loan officer. Offer both and let the caller choose; then hold_time. It books nothing.',
    arguments: findTimesArguments,
    effect: 'reads',
    changes: true,
    timeoutMs: 8_000,
    async run(args, context) {
      const state = args.state === undefined ? undefined : stateCodeOf(args.state)
      const day = args.day === undefined ? undefined : dayIn(args.day, todayOf(context, state, { clock, officeZone }))
      if (args.day !== undefined && !day) return { reply: NO_DAY }
      const wish = {
        callerNumber: context.callerNumber,
        language: context.language,
        state,
        officerId: args.officer_id,
        timeZone: undefined,
        date: day?.toString(),
        ...(args.part_of_day ? PARTS_OF_DAY[args.part_of_day] : { from: undefined, until: undefined }),
        except: args.turned_down ?? [],
      }
      const found = await times.offer(wish)
      const timeZone = chosenZone(found, args.time_zone)
      return { reply: tell(timeZone === undefined ? found : await times.offer({ ...wish, timeZone }), state) }
    },
  }
}

const NO_DAY = { slots: [], ask: 'Which day is that? Call find_times again with its date, such as 2026-12-01.' }

function todayOf(
  { callerNumber = '' }: ToolContext,
  state: string | undefined,
  { clock, officeZone }: Omit<FindTimesOptions, 'times'>,
): Temporal.PlainDate {
  const [timeZone = officeZone] = [...zonesOfState(state ?? ''), ...zonesOfNumber(callerNumber)]
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(clock.now())).toZonedDateTimeISO(timeZone).toPlainDate()
}

/** A zone counts only as the answer to our own question: the words of a time name its zone in any case. */
function chosenZone(found: TimesFound, words: string | undefined): string | undefined {
  if (!('ask' in found) || words === undefined) return undefined
  return found.zones.find((zone) => words.toLowerCase().includes(zone.words.toLowerCase()))?.timeZone
}

function tell(found: TimesFound, state: string | undefined): Record<string, unknown> {
  if ('ask' in found) return { slots: [], ...question(found.zones, state) }
  if ('none' in found) return { slots: [], none: found.none, say: NONE[found.none] }
  const say = found.asWished ? OFFER : `Nothing is free when they asked; say so. ${OFFER}`
  return { slots: tellTimes(found.slots), as_wished: found.asWished, say }
}

/** The state is what officers have to be licensed in as well; where it leaves two zones, they are asked for one. */
function question(zones: readonly { readonly words: string }[], state: string | undefined): Record<string, unknown> {
  if (state === undefined)
    return { ask: 'In which state is the property?', next_step: 'Call find_times again with state.' }
  const names = zones.map(({ words }) => words)
  return {
    ask: `Would they like to hear times in ${names.join(' or ')} time?`,
    next_step: 'Call it again with time_zone.',
  }
}

const OFFER = 'Offer these times and ask which one suits. Nothing is held or booked yet.'
const NONE = {
  nobody: 'That no loan officer can be booked for this. Offer a message.',
  'nothing free': 'That nothing is free then. Ask for another day, or offer a message.',
  'calendar unreachable':
    'That you cannot see the calendar just now. Offer a message, so that somebody calls with a time.',
} as const
