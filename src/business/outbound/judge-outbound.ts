import type { OutboundSettings } from '../../config/outbound-schema.ts'
import type { ConsentEvent } from '../consent/consents.ts'
import { type NumberRefusal, numberRefusalOf } from './callable-number.ts'
import { type CallingPlace, callableFrom } from './calling-hours.ts'
import type { DoNotCallEntry } from './do-not-call.ts'

/** Everything the gate goes by, as it is at one moment. */
export interface OutboundFacts {
  /** Epoch ms. */
  readonly at: number
  readonly settings: Pick<
    OutboundSettings,
    'enabled' | 'hours' | 'countries' | 'callsPerSecond' | 'maxConcurrent' | 'caps'
  >
  readonly switchedOn: boolean
  readonly number: string
  readonly purpose: 'informational' | 'marketing'
  /** A number of ours to call from. */
  readonly callerId: string | undefined
  readonly optedOut: boolean
  /** What stands for this number, purpose and seller. */
  readonly consent: Pick<ConsentEvent, 'at' | 'written' | 'textVersion'> | undefined
  readonly doNotCall: DoNotCallEntry
  readonly places: readonly CallingPlace[]
  readonly counts: OutboundCounts
}

/** Calls we have placed, the judged one left out. */
export interface OutboundCounts {
  /** To the same number about the same subject, in 24 h. */
  readonly sameSubject: number
  /** To the same number, in 7 days. */
  readonly sameNumber: number
  readonly campaign: number
  readonly lastHour: number
  readonly lastSecond: number
  /** Not over yet: all, and those to the same number. */
  readonly underWay: number
  readonly underWayToNumber: number
  /** Of a campaign in 30 days: answered calls, and those of them in which nobody was spoken to (RELIABILITY C4). */
  readonly answered: number
  readonly abandoned: number
}

export type RefusalCode =
  | 'outbound is not enabled'
  | 'outbound is switched off'
  | NumberRefusal
  | 'no number of ours to call from'
  | 'opted out'
  | 'no consent'
  | 'consent is not in writing'
  | 'do-not-call list is missing or too old'
  | 'on the do-not-call list'
  | 'consent too old for a reassigned number'
  | 'nobody knows their time zone'
  | 'no hour allows it'
  | 'outside calling hours'
  | 'called often enough about it'
  | 'called often enough this week'
  | 'campaign is full for today'
  | 'too many abandoned calls'
  | 'too many calls this hour'
  | 'another call to them goes on'
  | 'all lines are in use'
  | 'too many calls this second'

export type OutboundJudgement = { readonly allowed: true } | OutboundRefusal

export interface OutboundRefusal {
  readonly allowed: false
  /** Of the nine steps of RELIABILITY 5.1, counted from 1. */
  readonly step: number
  readonly reason: RefusalCode
  /** It passes with time: when to ask again, in epoch ms. Undefined: it does not. */
  readonly until?: number | undefined
}

type Step = (facts: OutboundFacts) => Omit<OutboundRefusal, 'allowed' | 'step'> | undefined

/** 64.1200(c)(2)(i)(D): a list older than this is none. */
const LIST_DAYS = 31
/** Numbers change hands: a consent to marketing older than this needs a look at the reassigned-numbers database. */
const CONSENT_DAYS = 540
const DAY_MS = 24 * 3_600_000
/** The law allows 3 % abandoned; we stop before. Fewer answered calls say nothing. */
const MOST_ABANDONED = 0.025
const FEWEST_ANSWERED = 40
/** What passes by itself is asked about again after so long. */
const LOOK_AGAIN_MS = { switch: 60_000, hour: 10 * 60_000, line: 5_000, second: 1_000 }

/** In the order of RELIABILITY 5.1; the ninth is the intent that is written when all of these pass. */
const STEPS: readonly Step[] = [
  isOn,
  isCallable,
  ({ callerId }) => (callerId === undefined ? { reason: 'no number of ours to call from' } : undefined),
  ({ optedOut }) => (optedOut ? { reason: 'opted out' } : undefined),
  hasConsent,
  isOffTheList,
  isInHours,
  isWithinCaps,
]

/** Steps that are looked at again when somebody answers (RELIABILITY 5.1, F26). */
const AT_ANSWER = { from: 4, to: 8 }

/**
 * The one gate of every call we place: the first step that fails decides. Pure. `at answer` looks at steps 4 to 8 only.
 */
export function judgeOutbound(facts: OutboundFacts, moment: 'dialling' | 'at answer' = 'dialling'): OutboundJudgement {
  const { from, to } = moment === 'at answer' ? AT_ANSWER : { from: 1, to: STEPS.length }
  for (let step = from; step <= to; step++) {
    const refusal = STEPS[step - 1]?.(facts)
    if (refusal) return { allowed: false, step, ...refusal }
  }
  return { allowed: true }
}

function isOn({ settings, switchedOn, at }: OutboundFacts): ReturnType<Step> {
  if (!settings.enabled) return { reason: 'outbound is not enabled' }
  return switchedOn ? undefined : { reason: 'outbound is switched off', until: at + LOOK_AGAIN_MS.switch }
}

function isCallable({ number, settings }: OutboundFacts): ReturnType<Step> {
  const reason = numberRefusalOf(number, settings.countries)
  return reason && { reason }
}

function hasConsent({ consent, purpose }: OutboundFacts): ReturnType<Step> {
  if (!consent) return { reason: 'no consent' }
  return purpose === 'marketing' && !consent.written ? { reason: 'consent is not in writing' } : undefined
}

/** A signed text names the seller and the number, and so covers a listed one; any other consent does not. */
function isOffTheList({ purpose, doNotCall, consent, at }: OutboundFacts): ReturnType<Step> {
  if (purpose !== 'marketing') return undefined
  const { loadedAt, listed } = doNotCall
  if (loadedAt === undefined || at - loadedAt > LIST_DAYS * DAY_MS) {
    return { reason: 'do-not-call list is missing or too old' }
  }
  if (listed && consent?.textVersion === undefined) return { reason: 'on the do-not-call list' }
  const isOld = consent !== undefined && at - consent.at > CONSENT_DAYS * DAY_MS
  return isOld ? { reason: 'consent too old for a reassigned number' } : undefined
}

function isInHours({ places, at, settings }: OutboundFacts): ReturnType<Step> {
  if (places.length === 0) return { reason: 'nobody knows their time zone' }
  const from = callableFrom(places, at, settings.hours)
  if (from === undefined) return { reason: 'no hour allows it' }
  return from === at ? undefined : { reason: 'outside calling hours', until: from }
}

function isWithinCaps({ counts, settings, at }: OutboundFacts): ReturnType<Step> {
  const { caps, maxConcurrent, callsPerSecond } = settings
  const { answered, abandoned } = counts
  if (counts.sameSubject >= caps.perSubjectPerDay) return { reason: 'called often enough about it' }
  if (counts.sameNumber >= caps.perNumberPerWeek) return { reason: 'called often enough this week' }
  if (counts.campaign >= caps.perCampaignPerDay) return { reason: 'campaign is full for today' }
  if (answered >= FEWEST_ANSWERED && abandoned >= MOST_ABANDONED * answered)
    return { reason: 'too many abandoned calls' }
  if (counts.lastHour >= caps.perHour) return { reason: 'too many calls this hour', until: at + LOOK_AGAIN_MS.hour }
  const soon = at + LOOK_AGAIN_MS.line
  if (counts.underWayToNumber > 0) return { reason: 'another call to them goes on', until: soon }
  if (counts.underWay >= maxConcurrent) return { reason: 'all lines are in use', until: soon }
  if (counts.lastSecond < callsPerSecond) return undefined
  return { reason: 'too many calls this second', until: at + LOOK_AGAIN_MS.second }
}
