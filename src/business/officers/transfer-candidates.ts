import type { OfficerLines } from '../../call/transfer/officer-lines.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Routing } from './routing.ts'

/** A caller is not kept waiting for more than these (RELIABILITY F15). */
const MOST_RUNG = 3

/** Whom a caller may be connected with now, best first; the one they asked for before all others, if that one may be. */
export function createTransferCandidates(routing: Routing, clock: Pick<Clock, 'now'>): OfficerLines['candidates'] {
  return async ({ callerNumber, propertyState, loanPurpose, officerId, language, except }) => {
    const found = await routing.findOfficers({
      ...{ at: clock.now(), purpose: 'transfer', language, except },
      ...(callerNumber === undefined ? {} : { callerNumber }),
      ...(propertyState === undefined ? {} : { state: propertyState }),
      ...(loanPurpose === undefined ? {} : { loanPurpose }),
    })
    const wanted = found.filter(({ officer }) => officer.id === officerId)
    const others = found.filter(({ officer }) => officer.id !== officerId)
    return [...wanted, ...others].slice(0, MOST_RUNG).map(({ officer: { id, name, nmlsId, phone }, because }) => {
      return { officerId: id, name, nmlsId, phone, because }
    })
  }
}
