import type { CallOverview } from '../../src/business/call-rows.ts'
import type { Message } from '../../src/business/messages.ts'
import type { CallFact, LedgerEntry } from '../../src/call/facts.ts'
import type { CallEvent } from '../../src/simulator/twilio/call-events.ts'
import type { Utterance } from '../../src/simulator/twilio/caller-voice.ts'
import type { EmulatedCall } from '../../src/simulator/twilio/emulated-call.ts'
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
  readonly call: EmulatedCall
  readonly steps: readonly DoneStep[]
  /** Why the talk was not done to its end; undefined when it was. */
  readonly broken: string | undefined
  readonly utterances: readonly Utterance[]
  /** The call as the server stored it; undefined when it never did. */
  readonly stored: CallOverview | undefined
  /** Its ledger, oldest first. */
  readonly entries: readonly LedgerEntry[]
  readonly messages: readonly Message[]
  /** Undefined where real providers were used. */
  readonly emulated: EmulatedEngines | undefined
  /** The WAV file, or undefined when there is none. */
  readonly recording: Buffer | undefined
}

export type FactNamed<Type extends CallFact['type']> = Extract<CallFact, { type: Type }>

/** The facts of one type with their time. */
export function factsIn<Type extends CallFact['type']>(
  { entries }: Evidence,
  type: Type,
): { readonly atMs: number; readonly fact: FactNamed<Type> }[] {
  return entries.flatMap(({ atMs, fact }) => (fact.type === type ? [{ atMs, fact: fact as FactNamed<Type> }] : []))
}

/** The carrier's events of one type. */
export function eventsIn<Type extends CallEvent['type']>({ call }: Evidence, type: Type) {
  return call.events.filter((event): event is Extract<CallEvent, { type: Type }> => event.type === type)
}
