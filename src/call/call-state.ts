import type { Conference, HandOver, PhoneLine } from '../telephony/line.ts'
import type { EndReason } from './facts.ts'

/** Where a call is. Each state carries only what exists in it, and is replaced whole. Times are monotonic ms. */
export type CallState =
  /** `recovered`: it had a line before, with a process that died. */
  | { readonly phase: 'ringing'; readonly sinceMs: number; readonly recovered: boolean }
  | { readonly phase: 'live'; readonly line: PhoneLine }
  /** We have decided to end; what is being said is heard first. */
  | { readonly phase: 'ending'; readonly line: PhoneLine; readonly reason: EndReason; readonly decidedAtMs: number }
  /** Handed to a person or a message, or being hung up: the carrier will close the stream. */
  | {
      readonly phase: 'leaving'
      readonly line: PhoneLine
      readonly reason: EndReason
      readonly sinceMs: number
      readonly to?: HandOver
    }
  /** Without a stream, on the way to an officer who waits: it comes back to us if they are gone. */
  | {
      readonly phase: 'joining'
      readonly line: PhoneLine
      readonly reason: EndReason
      readonly sinceMs: number
      readonly to: Conference
    }
  /** The stream broke and the carrier has not come back yet. */
  | { readonly phase: 'line lost'; readonly sinceMs: number }
  | { readonly phase: 'ended'; readonly reason: EndReason }

/** The stream's token is good for so long: after that nobody can connect any more. */
const LONGEST_RING_MS = 60_000

/** Why a call in this state ends when the caller, or the carrier, puts the telephone down. */
export function endReasonOf(state: CallState): EndReason {
  if (state.phase === 'ringing') return neverAnsweredBecause(state)
  return 'reason' in state ? state.reason : 'caller hung up'
}

/** Why a call that waits for the carrier is not waited for any longer; undefined while it is, or need not be. */
export function givenUpBecause(state: CallState, nowMs: number, keepLostLineMs: number): EndReason | undefined {
  if (!('sinceMs' in state)) return undefined
  const patienceMs = state.phase === 'ringing' ? LONGEST_RING_MS : keepLostLineMs
  if (nowMs - state.sinceMs <= patienceMs) return undefined
  if (state.phase === 'leaving' || state.phase === 'joining') return state.reason
  return state.phase === 'line lost' ? 'line lost' : neverAnsweredBecause(state)
}

/** Whether the caller is on the way to an officer who waits, or there already. */
export function isJoiningOfficer(state: CallState): boolean {
  return 'to' in state && state.to?.to === 'conference'
}

/** What a call has ended by when it went there. */
export function reasonOf({ to }: Pick<HandOver, 'to'>): EndReason {
  if (to === 'person' || to === 'conference') return 'handed to a person'
  return to === 'message' ? 'message left' : 'shut down'
}

function neverAnsweredBecause({ recovered }: Extract<CallState, { phase: 'ringing' }>): EndReason {
  return recovered ? 'line lost' : 'never connected'
}
