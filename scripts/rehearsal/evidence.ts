import type { CallOverview } from '../../src/business/call-rows.ts'
import type { Message } from '../../src/business/messages.ts'
import type { CallFact, LedgerEntry } from '../../src/call/facts.ts'
import type { CallEvent } from '../../src/simulator/twilio/call-events.ts'
import type { Utterance } from '../../src/simulator/twilio/caller-voice.ts'
import type { Conference } from '../../src/simulator/twilio/conference/conference.ts'
import type { EmulatedCall } from '../../src/simulator/twilio/emulated-call.ts'
import type { SentText } from '../../src/simulator/twilio/emulated-messages.ts'
import type { EmulatedEngines } from './emulated-engines.ts'

/** A step of the talk as it was done; ms since the call was placed. */
export interface DoneStep {
  readonly name: string
  readonly startedAtMs: number
  readonly endedAtMs: number
}

/** Everything that is known of a rehearsed call when it is over. Times are ms since the call was placed. */
export interface Evidence {
  /** How many times faster than real time it went: what the machine is late counts as many times. */
  readonly speed: number
  /** Undefined: we were to place it and did not. */
  readonly call: EmulatedCall | undefined
  /** All other legs there were: people who were dialled. */
  readonly legs: readonly EmulatedCall[]
  readonly conferences: readonly Conference[]
  /** Those the carrier was given. */
  readonly texts: readonly SentText[]
  readonly steps: readonly DoneStep[]
  /** Why the talk was not done to its end; undefined when it was. */
  readonly broken: string | undefined
  readonly utterances: readonly Utterance[]
  /** The call as the server stored it; undefined when it never did. */
  readonly stored: CallOverview | undefined
  /** Its ledger, oldest first. */
  readonly entries: readonly LedgerEntry[]
  readonly messages: readonly Message[]
  /** What the office has of the caller, whichever call it came from. */
  readonly appointments: readonly KeptAppointment[]
  readonly tasks: readonly KeptTask[]
  /** All that stands in the calendars of officers outside, whoever entered it. */
  readonly events: readonly KeptEvent[]
  /** Calls to them that we were to place, oldest first. */
  readonly outbound: readonly KeptOutboundCall[]
  /** Undefined where real providers were used. */
  readonly emulated: EmulatedEngines | undefined
  /** The WAV file, or undefined when there is none. */
  readonly recording: Buffer | undefined
  /** The call back that was to follow it. */
  readonly calledBack: Evidence | undefined
}

export interface KeptAppointment {
  readonly status: string
  readonly officerId: string
  readonly officerName: string | undefined
  /** Epoch ms. */
  readonly startsAt: number
}

export interface KeptEvent {
  readonly officerId: string
  /** Written by the server. */
  readonly isOurs: boolean
  readonly title: string
  /** As Google has it: `confirmed`, `cancelled` ... */
  readonly status: string
  /** Epoch ms. */
  readonly startsAt: number
  readonly endsAt: number
}

export interface KeptTask {
  readonly kind: string
  readonly note: string
}

export interface KeptOutboundCall {
  readonly state: string
  readonly refusal: string | undefined
  readonly answeredBy: string | undefined
  readonly outcome: string | undefined
}

export type FactNamed<Type extends CallFact['type']> = Extract<CallFact, { type: Type }>

/** The facts of one type with their time. */
export function factsIn<Type extends CallFact['type']>(
  { entries }: Evidence,
  type: Type,
): { readonly atMs: number; readonly fact: FactNamed<Type> }[] {
  return entries.flatMap(({ atMs, fact }) => (fact.type === type ? [{ atMs, fact: fact as FactNamed<Type> }] : []))
}

/** The carrier's events of one type, on the caller's leg unless it is another's. */
export function eventsIn<Type extends CallEvent['type']>({ call }: Pick<Evidence, 'call'>, type: Type) {
  const events = call?.events ?? []
  return events.filter((event): event is Extract<CallEvent, { type: Type }> => event.type === type)
}

/** Whether the server owes the call a record: of a call we placed only once it has let us speak. */
export function isSpokenWith(call: EmulatedCall): boolean {
  return call.direction === 'inbound' || call.streams.length > 0
}
