import type { CallFact, LedgerEntry } from './facts.ts'

/** How one answer came to be heard. Every figure but the first counts ms from the moment the caller stopped speaking. */
export interface TurnLatency {
  /** When the caller stopped, in ms since the ring. */
  readonly stoppedAtMs: number
  /** The engine held the silence for an end of turn. */
  readonly endpointMs: number
  /** The caller's words were known; undefined when they never were. */
  readonly transcriptMs: number | undefined
  /** The engine began to answer. */
  readonly answerMs: number | undefined
  /** The first sound of the answer came from the engine. */
  readonly firstAudioMs: number
  /** That sound was due at the carrier, behind what was still playing. */
  readonly atCarrierMs: number
}

/** One entry for every time the caller stopped speaking and an answer was heard before they spoke again. */
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
  const spokeAgain = entries.findIndex(({ fact }, index) => index >= after && fact.type === 'caller.started-speaking')
  const turn = entries.slice(after, spokeAgain === -1 ? undefined : spokeAgain)
  const speaking = turn.find(({ fact }) => fact.type === 'agent.speaking' && fact.phrase === undefined)
  if (speaking?.fact.type !== 'agent.speaking') return undefined
  const answer = turn.find(({ fact }) => fact.type === 'answer.started')
  // Words may arrive at any time after the turn, also when the next one has begun.
  const said = entries.find(({ fact }) => fact.type === 'caller.said' && fact.turnId === stopped.turnId)
  return {
    stoppedAtMs,
    endpointMs: stopped.endpointingMs,
    transcriptMs: said && said.atMs - stoppedAtMs,
    answerMs: answer && answer.atMs - stoppedAtMs,
    firstAudioMs: speaking.atMs - stoppedAtMs,
    atCarrierMs: speaking.atMs + speaking.fact.queuedMs - stoppedAtMs,
  }
}
