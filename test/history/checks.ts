import { callsArePlacedOnce, callsEndOnce, eventsAgree, everythingRests, textsLeaveOnce } from './effect-checks.ts'
import {
  bookedIsWritten,
  cancelledByTheirOwners,
  confirmingEnds,
  nobodyOverlaps,
  toldIsTrue,
} from './promise-checks.ts'
import { hoursHold, nothingCrosses, optOutsHold, ranksOnlyRise } from './reach-checks.ts'
import type { Rest } from './rest.ts'

const CHECKS: readonly ((rest: Rest) => string[])[] = [
  ...[callsEndOnce, textsLeaveOnce, callsArePlacedOnce, eventsAgree, everythingRests],
  ...[toldIsTrue, bookedIsWritten, confirmingEnds, cancelledByTheirOwners, nobodyOverlaps],
  ...[ranksOnlyRise, nothingCrosses, optOutsHold, hoursHold],
]

/** Everything that is not as RELIABILITY 1 and the failure table promise it; empty: nothing. */
export function breachesOf(rest: Rest): string[] {
  return CHECKS.flatMap((check) => check(rest))
}
