import { HearthlineError } from '../../lib/errors.ts'
import { normaliseNumber } from '../contacts.ts'
import type { AfterCallParts, EndedCall } from './after-call-parts.ts'
import type { CallOutcome, SpokenLine } from './call-outcome.ts'
import { extractOf } from './extract.ts'
import { gatherMatter } from './gather-matter.ts'
import { type CallMatter, outcomeOf } from './outcome-of.ts'

/** A call that is over, as it was found. */
export interface CallLook {
  readonly call: EndedCall
  /** E.164; undefined when withheld. */
  readonly number: string | undefined
  readonly matter: CallMatter
  readonly transcript: readonly SpokenLine[]
  readonly outcome: CallOutcome
  /** The summary that needs no model. */
  readonly extract: string
}

/** Reads an ended call and all that came of it. Throws `call_unknown` when there is none, or it goes on. */
export async function lookAtCall(
  parts: AfterCallParts,
  { callId, robocall }: { callId: string; robocall: boolean },
): Promise<CallLook> {
  const call = await parts.calls.get(callId)
  if (!call?.outcome) {
    throw new HearthlineError('call_unknown', `Call ${callId} cannot be summed up: it is not kept here, or not over.`)
  }
  const number = normaliseNumber(call.from)
  const matter = await gatherMatter(parts, { call, number, robocall })
  const outcome = outcomeOf(matter)
  const transcript = parts.readTranscript(call.entries)
  const officers = await namesOf(parts, outcome)
  const extract = extractOf({ outcome, transcript, officers, timeZone: parts.office.timeZone })
  return { call, number, matter, transcript, outcome, extract }
}

async function namesOf({ officers }: AfterCallParts, outcome: CallOutcome): Promise<Map<string, string>> {
  const { appointment, transfer, promises } = outcome
  const named = [appointment?.officerId, transfer?.officerId, ...promises.map(({ officerId }) => officerId)]
  const ids = [...new Set(named)].filter((id) => id !== undefined)
  const found = await Promise.all(ids.map((id) => officers.find(id)))
  return new Map(found.flatMap((entry) => (entry ? [[entry.officer.id, entry.officer.name] as const] : [])))
}
