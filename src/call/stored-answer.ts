import type { Rescue } from '../telephony/line.ts'
import { factsOf } from './call-record.ts'
import { reasonOf } from './call-state.ts'
import type { StoredCall } from './call-store.ts'
import type { CallFact, EndReason, LedgerEntry } from './facts.ts'
import { placedCallIn } from './outbound/placed-call.ts'
import type { RingAnswer } from './ring-answer.ts'

/** A call is taken up again this often; then something is wrong with the way here, and a person takes it. */
export const MOST_RESUMES = 3

/** Whether a call that nobody holds goes on with us: not when it was ended or handed over on purpose, nor for ever. */
export function isTakenUpAgain(call: StoredCall): boolean {
  if (isOver(call)) return false
  const handedOver = handOverOf(call.entries)
  if (handedOver && handedOver.to !== 'resume') return false
  return factsOf(call.entries, 'call.recovered').length < MOST_RESUMES
}

/** What the carrier is told of a call that is in the store only and is not taken up again. */
export function answerOfGone(call: StoredCall, rescue: () => Rescue): RingAnswer {
  if (call.endReason === 'screened out') return answerOfScreened(call.entries)
  if (isOver(call)) return { do: 'hang up' }
  const handedOver = handOverOf(call.entries)
  if (handedOver?.conference !== undefined) return { do: 'join a conference', ...handedOver.conference }
  if (handedOver?.to === 'message') return { do: 'take a message' }
  const answer = asAnswer(rescue())
  // Whom we called is asked for no message (OC5).
  return answer.do === 'take a message' && placedCallIn(call.entries) ? { do: 'hang up' } : answer
}

/** Why a call that nobody holds has ended, as far as its ledger tells. */
export function endReasonOfGone(entries: readonly LedgerEntry[]): EndReason {
  const ending = entries.findLast(({ fact }) => fact.type === 'call.ending' || fact.type === 'call.ended')?.fact
  if (ending && 'reason' in ending) return ending.reason
  const to = handOverOf(entries)?.to
  return to === undefined || to === 'resume' ? 'interrupted' : reasonOf({ to })
}

export function asAnswer(to: Rescue): RingAnswer {
  return to.to === 'person' ? { do: 'connect a person', number: to.number } : { do: 'take a message' }
}

/** A repeated webhook of a call that was kept from the agent gets what the first one got. */
function answerOfScreened(entries: readonly LedgerEntry[]): RingAnswer {
  if (handOverOf(entries)) return { do: 'take a message' }
  return factsOf(entries, 'call.challenged').length > 0 ? { do: 'hang up' } : { do: 'reject' }
}

function isOver({ entries, endedAt }: StoredCall): boolean {
  return endedAt !== undefined || factsOf(entries, 'call.ending').length > 0
}

/** The last hand-over by the ledger, unless the call came back from it. */
function handOverOf(entries: readonly LedgerEntry[]): Extract<CallFact, { type: 'call.handed-over' }> | undefined {
  const last = entries.findLast(({ fact }) => fact.type === 'call.handed-over' || fact.type === 'line.opened')?.fact
  return last?.type === 'call.handed-over' ? last : undefined
}
