import type { CallFact, LedgerEntry } from './facts.ts'

/** How one answer came to be heard. Every figure but `stoppedAtMs` and `toolMs` counts ms from the moment the caller stopped speaking. */
export interface TurnLatency {
  /** When the caller stopped, in ms since the ring. */
  readonly stoppedAtMs: number
  /** Who answered; undefined in calls of old, which do not say. */
  readonly engine: string | undefined
  /** The engine held the silence for an end of turn. */
  readonly endpointMs: number
  /** The caller's words were known; undefined when they never were. */
  readonly transcriptMs: number | undefined
  /** So long tools ran before the answer began, those at the same time counted once; undefined when none did. */
  readonly toolMs: number | undefined
  /** The engine began the answer that was heard. */
  readonly answerMs: number | undefined
  /** The first words of that answer came from the engine; undefined in calls of old. */
  readonly firstTokenMs: number | undefined
  /** The first sound of the answer came from the engine. */
  readonly firstAudioMs: number
  /** That sound was due at the carrier, behind what was still playing. */
  readonly atCarrierMs: number
}

/**
 * One entry for every time the caller stopped speaking and an answer was heard before they spoke again. A sentence that
 * goes on after a false alarm answers nothing.
 */
export function turnLatenciesOf(entries: readonly LedgerEntry[]): TurnLatency[] {
  return entries.flatMap(({ atMs, fact }, index) => {
    if (fact.type !== 'caller.stopped-speaking') return []
    const latency = latencyOf({ noticedAtMs: atMs, stopped: fact, after: index + 1, entries })
    return latency ? [latency] : []
  })
}

interface Stop {
  readonly noticedAtMs: number
  readonly stopped: Extract<CallFact, { type: 'caller.stopped-speaking' }>
  readonly after: number
  readonly entries: readonly LedgerEntry[]
}

function latencyOf({ noticedAtMs, stopped, after, entries }: Stop): TurnLatency | undefined {
  const stoppedAtMs = noticedAtMs - stopped.endpointingMs
  const since = (entry: LedgerEntry | undefined) => entry && entry.atMs - stoppedAtMs
  const spokeAgain = entries.findIndex(({ fact }, index) => index >= after && fact.type === 'caller.started-speaking')
  const turn = entries.slice(after, spokeAgain === -1 ? undefined : spokeAgain)
  const spokeAt = turn.findIndex(({ fact }) => isAnswer(fact))
  const speaking = turn[spokeAt]
  if (speaking?.fact.type !== 'agent.speaking') return undefined
  const before = turn.slice(0, spokeAt)
  if (endedInFalseAlarm(before)) return undefined
  const answer = before.findLast(({ fact }) => fact.type === 'answer.started')
  // Words may arrive at any time after the turn, also when the next one has begun.
  const said = entries.find(({ fact }) => fact.type === 'caller.said' && fact.turnId === stopped.turnId)
  return {
    stoppedAtMs,
    engine: engineAt(speaking.atMs, entries),
    endpointMs: stopped.endpointingMs,
    transcriptMs: since(said),
    toolMs: toolMsIn(answer ? before.slice(0, before.indexOf(answer)) : before),
    answerMs: since(answer),
    firstTokenMs: since(answer && wordedAt(answer, turn)),
    firstAudioMs: speaking.atMs - stoppedAtMs,
    atCarrierMs: speaking.atMs + speaking.fact.queuedMs - stoppedAtMs,
  }
}

/** Speech the engine has just made: fixed wording is ours, and the rest of a sentence that was cut has its text from the start. */
function isAnswer(fact: CallFact): boolean {
  return fact.type === 'agent.speaking' && fact.phrase === undefined && fact.text === undefined
}

/** What is heard next goes on with what was cut. Words that came late after all cut it again. */
function endedInFalseAlarm(entries: readonly LedgerEntry[]): boolean {
  const last = entries.findLast(({ fact }) => fact.type === 'barge-in' || fact.type === 'barge-in.false-alarm')
  return last?.fact.type === 'barge-in.false-alarm'
}

function wordedAt({ fact: answer }: LedgerEntry, turn: readonly LedgerEntry[]): LedgerEntry | undefined {
  const isOfIt = (fact: CallFact) =>
    fact.type === 'answer.worded' && answer.type === 'answer.started' && fact.answerId === answer.answerId
  return turn.find(({ fact }) => isOfIt(fact))
}

function toolMsIn(entries: readonly LedgerEntry[]): number | undefined {
  const running = new Set<string>()
  let ranMs: number | undefined
  let beganAtMs = 0
  for (const { atMs, fact } of entries) {
    if (fact.type === 'tool.requested') {
      if (running.size === 0) beganAtMs = atMs
      running.add(fact.requestId)
    } else if (fact.type === 'tool.ended' && running.delete(fact.requestId) && running.size === 0) {
      ranMs = (ranMs ?? 0) + atMs - beganAtMs
    }
  }
  return ranMs
}

/** The engine that served the call at this moment. */
function engineAt(atMs: number, entries: readonly LedgerEntry[]): string | undefined {
  const opened = entries.findLast((entry) => entry.fact.type === 'engine.opened' && entry.atMs <= atMs)
  return opened?.fact.type === 'engine.opened' ? opened.fact.engine : undefined
}
