import type { EndReason } from '../../call/facts.ts'
import type { ScreeningEvidence } from '../../call/screener.ts'
import type { PastCall } from '../call-log.ts'
import type { CallerVerdict } from './caller-verdicts.ts'

/** Everything kept about a number. */
export interface CallerHistory {
  /** The newest first. */
  readonly verdicts: readonly CallerVerdict[]
  readonly calls: readonly PastCall[]
  /** They have told us their name. */
  readonly isNamed: boolean
}

/** Numbers change hands: what was seen in one is held against it for a month. */
const MEMORY_MS = 30 * 24 * 3_600_000

/** So many calls seen to be robocalls are proof; one may be a mistake. */
const PROOF = 2

/** Two turns are a talk; one may be a recording that we answered. */
const TALK_TURNS = 2

/** Calls in which nobody said a word: a line that is tried out, or a dialler that drops who it reached. */
const MANY_WORDLESS = 3

/** Ends of calls in which we did not talk with a person. */
const NO_TALK: ReadonlySet<EndReason> = new Set<EndReason>(['nobody there', 'screened out', 'never connected'])

/** What decides alone: the office's word, then that we know them, then proof. Undefined: nothing does. */
export function standingEvidence(history: CallerHistory, now: number): ScreeningEvidence | undefined {
  const { verdicts } = history
  const person = verdicts.find(({ by }) => by === 'person')
  if (person?.verdict === 'not spam') return { layer: 'history', says: 'the office says it is no spam', weight: -1 }
  // Numbers are borrowed by robocallers: whoever has talked with us must not suffer for it.
  const contact = person ? undefined : contactEvidence(history)
  if (contact) return contact
  const robocalls = recentRobocalls(verdicts, now).length
  const neverCorrected = !verdicts.some(({ verdict }) => verdict === 'not spam')
  if (robocalls < PROOF || !neverCorrected) return undefined
  return { layer: 'history', says: `${robocalls} robocalls came from this number in 30 days`, weight: 1 }
}

/** Signs among others. */
export function historyEvidence({ verdicts, calls }: CallerHistory, now: number): ScreeningEvidence[] {
  const evidence: ScreeningEvidence[] = []
  const found = (says: string, weight: number) => evidence.push({ layer: 'history', says, weight })
  const robocalls = recentRobocalls(verdicts, now)
  if (robocalls.some(({ by }) => by === 'person')) found('the office says it is spam', 0.9)
  else if (robocalls.length > 0) found('a robocall came from this number in the last 30 days', 0.5)
  const recent = calls.filter(({ startedAt }) => now - startedAt < MEMORY_MS)
  if (recent.some(({ endReason }) => endReason === 'screened out')) found('it was screened out before', 0.2)
  const wordless = recent.filter(({ turns, endReason }) => turns === 0 && endReason !== 'screened out').length
  if (wordless >= MANY_WORDLESS) found(`${wordless} calls in which nobody said a word`, 0.3)
  return evidence
}

function contactEvidence({ verdicts, calls, isNamed }: CallerHistory): ScreeningEvidence | undefined {
  const robocalls = new Set(verdicts.map(({ callId }) => callId))
  const talked = calls.some(
    ({ callId, turns, endReason }) => turns >= TALK_TURNS && !NO_TALK.has(endReason) && !robocalls.has(callId),
  )
  if (!talked && !isNamed) return undefined
  return {
    layer: 'contact',
    says: isNamed ? 'a caller we know by name' : 'we have talked with this caller',
    weight: -1,
  }
}

/** What a person says stands until they say otherwise. */
function recentRobocalls(verdicts: readonly CallerVerdict[], now: number): CallerVerdict[] {
  const corrected = verdicts.findIndex(({ verdict }) => verdict === 'not spam')
  return (corrected === -1 ? verdicts : verdicts.slice(0, corrected)).filter(
    ({ by, at }) => by === 'person' || now - at < MEMORY_MS,
  )
}
