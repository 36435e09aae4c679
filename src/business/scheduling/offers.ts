import type { Span } from '../../calendar/calendar.ts'
import { timeZone } from '../../config/values.ts'
import { stateCodeOf } from '../../lib/us-states.ts'
import type { Officer } from '../officers/officer.ts'
import { callerZone } from './caller-zone.ts'
import { type OfficerTimes, timesOfOfficers } from './officer-times.ts'
import type { SchedulingParts } from './scheduling-parts.ts'
import { type Slot, slotIdOf } from './slot.ts'
import { slotWords, zoneWords } from './slot-words.ts'
import { sinceWishedDay, wishedSpans } from './wished-times.ts'

/** When, and with whom, a caller would like to talk. */
export interface TimeWish {
  /** E.164; undefined when withheld. */
  readonly callerNumber: string | undefined
  /** BCP 47 tag of what they speak. */
  readonly language: string
  /** Where the property is: `TX` or `Texas`. */
  readonly state?: string | undefined
  readonly loanPurpose?: string | undefined
  /** The zone they named when they were asked, IANA; what is none counts as not said. */
  readonly timeZone?: string | undefined
  /** Only this officer. */
  readonly officerId?: string | undefined
  /** By their clock: see `WishedTimes`. */
  readonly date?: string | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  /** Slots they have turned down. */
  readonly except?: readonly string[] | undefined
}

export interface OfferedSlot extends Slot {
  /** What the model calls it. */
  readonly id: string
  readonly officerName: string
  /** `Tuesday, December 1 at 3 PM Eastern`, in the caller's language and zone. */
  readonly words: string
}

export type Offered =
  /** One or two, the soonest first. Not `asWished`: nothing is free then, but this is, at other times. */
  | { readonly slots: readonly OfferedSlot[]; readonly asWished: boolean }
  /** In which zone do they want to hear times? `words`: `Eastern`. */
  | { readonly ask: 'time zone'; readonly zones: readonly { readonly timeZone: string; readonly words: string }[] }
  | { readonly none: 'nobody' | 'nothing free' | 'calendar unreachable' }

/** Two times that a caller may have, in words they can be told. Nothing is kept for them yet. */
export async function offerTimes(parts: SchedulingParts, wish: TimeWish): Promise<Offered> {
  const zone = zoneOf(parts, wish)
  if ('ask' in zone) {
    return {
      ask: 'time zone',
      zones: zone.ask.map((asked) => ({ timeZone: asked, words: zoneWords(asked, wish.language) })),
    }
  }
  const officers = await officersFor(parts, wish)
  if (officers.length === 0) return { none: 'nobody' }
  const { known, incomplete } = await timesOfOfficers(parts, officers)
  const told = { timeZone: zone.timeZone, state: stateOf(wish), language: wish.language }
  const refused = new Set(wish.except)
  const isNew = (slot: Slot) => refused.size === 0 || !refused.has(slotIdOf(slot))
  const { date, from, until } = wish
  const times = { timeZone: zone.timeZone, date, from, until }
  const { daysAhead } = parts.settings
  const spans = wishedSpans(times, { now: parts.clock.now(), daysAhead })
  const wished = await pickTwo(known, told, (slot) => beginsIn(slot, spans) && isNew(slot))
  if (wished.length > 0) return { slots: wished, asWished: true }
  const later = sinceWishedDay(times)
  const others = await pickTwo(known, told, (slot) => beginsIn(slot, later) && isNew(slot))
  if (others.length > 0) return { slots: others, asWished: false }
  return { none: incomplete ? 'calendar unreachable' : 'nothing free' }
}

/**
 * Two times near one that was lost (F13): of the same officer, and of others only where it is known in which state they
 * have to be licensed.
 */
export async function timesNear(parts: SchedulingParts, slot: Slot, language: string): Promise<OfferedSlot[]> {
  const entry = await parts.officers.find(slot.officerId)
  const own = await nearestTwo(parts, entry ? [entry.officer] : [], slot, language)
  if (own.length === 2 || slot.state === undefined) return own
  const licensed = await officersFor(parts, { callerNumber: undefined, language, state: slot.state })
  const others = licensed.filter(({ id }) => id !== slot.officerId)
  return [...own, ...(await nearestTwo(parts, others, slot, language))].slice(0, 2).toSorted(bySoonest)
}

interface Telling {
  readonly timeZone: string
  readonly state: string | undefined
  readonly language: string
}

const DAY_MS = 24 * 60 * 60_000
/** Officers whose calendars are looked into for one offer. */
const OFFICERS_LOOKED_AT = 4
/** Two times further apart than this are a choice. */
const CHOICE_MS = 3 * 60 * 60_000

function zoneOf({ clock, settings, office }: SchedulingParts, wish: TimeWish): ReturnType<typeof callerZone> {
  if (timeZone().safeParse(wish.timeZone).success) return { timeZone: wish.timeZone ?? '' }
  const now = clock.now()
  return callerZone({
    number: wish.callerNumber,
    state: stateOf(wish),
    span: { startsAt: now, endsAt: now + settings.daysAhead * DAY_MS },
    fallback: office.timeZone,
  })
}

function stateOf({ state }: Pick<TimeWish, 'state'>): string | undefined {
  return state === undefined ? undefined : (stateCodeOf(state) ?? state)
}

/** Who is away or has all they take today may still be free tomorrow. */
async function officersFor(parts: SchedulingParts, wish: TimeWish): Promise<Officer[]> {
  const { officerId, callerNumber, state, language, loanPurpose } = wish
  const now = parts.clock.now()
  for (const at of [now, now + DAY_MS]) {
    const found = await parts.routing.findOfficers({
      at,
      purpose: 'appointment',
      language,
      ...(callerNumber !== undefined && { callerNumber }),
      ...(state !== undefined && { state }),
      ...(loanPurpose !== undefined && { loanPurpose }),
    })
    const officers = found.map(({ officer }) => officer).filter(({ id }) => officerId === undefined || id === officerId)
    if (officers.length > 0) return officers.slice(0, OFFICERS_LOOKED_AT)
  }
  return []
}

function beginsIn({ startsAt }: Slot, spans: readonly Span[]): boolean {
  return spans.some((span) => startsAt >= span.startsAt && startsAt < span.endsAt)
}

/** The soonest of the best officer who has any, and one that is a real choice beside it. */
async function pickTwo(
  known: readonly OfficerTimes[],
  telling: Telling,
  isWanted: (slot: Slot) => boolean,
): Promise<OfferedSlot[]> {
  let first: OfferedSlot | undefined
  let close: OfferedSlot | undefined
  for (const { officer, times, hasRoom } of known) {
    for (const time of times) {
      const slot = slotOf(officer, time, telling)
      const isChoice = !first || Math.abs(slot.startsAt - first.startsAt) >= CHOICE_MS
      if ((!isChoice && close) || slot.startsAt === first?.startsAt) continue
      if (!isWanted(slot) || !(await hasRoom(time))) continue
      if (!first) first = toOffered(slot, officer, telling.language)
      else if (isChoice) return [first, toOffered(slot, officer, telling.language)].toSorted(bySoonest)
      else close = toOffered(slot, officer, telling.language)
    }
    if (first && close) break
  }
  return [first, close].filter((slot) => slot !== undefined)
}

async function nearestTwo(
  parts: SchedulingParts,
  officers: readonly Officer[],
  lost: Slot,
  language: string,
): Promise<OfferedSlot[]> {
  const { known } = await timesOfOfficers(parts, officers)
  const all = known.flatMap(({ officer, times, hasRoom }) => times.map((time) => ({ officer, time, hasRoom })))
  const awayFrom = ({ time }: { time: Span }) => Math.abs(time.startsAt - lost.startsAt)
  const near: OfferedSlot[] = []
  for (const { officer, time, hasRoom } of all.toSorted((one, other) => awayFrom(one) - awayFrom(other))) {
    if (near.length === 2) break
    const slot = slotOf(officer, time, lost)
    const isSeen = slot.startsAt === lost.startsAt && slot.officerId === lost.officerId
    if (!isSeen && (await hasRoom(time))) near.push(toOffered(slot, officer, language))
  }
  return near.toSorted(bySoonest)
}

function slotOf(officer: Officer, { startsAt, endsAt }: Span, { timeZone, state }: Omit<Telling, 'language'>): Slot {
  return { officerId: officer.id, startsAt, endsAt, timeZone, state }
}

function toOffered(slot: Slot, officer: Officer, language: string): OfferedSlot {
  const words = slotWords(slot.startsAt, { timeZone: slot.timeZone, language })
  return { ...slot, id: slotIdOf(slot), officerName: officer.name, words }
}

function bySoonest(one: Span, other: Span): number {
  return one.startsAt - other.startsAt
}
