import { type Evidence, factsIn } from './evidence.ts'

/** One utterance of ours that the caller heard something of. Ms since the ring. */
export interface HeardUtterance {
  readonly utteranceId: string
  /** When its first sound was due at the carrier. */
  readonly fromMs: number
  readonly heardMs: number
  readonly text: string
  readonly interrupted: boolean
}

/** What the caller heard, in order, as the server has it from the carrier's marks. */
export function heardUtterances(evidence: Evidence): HeardUtterance[] {
  const began = new Map(
    factsIn(evidence, 'agent.speaking').map(({ atMs, fact }) => [fact.utteranceId, atMs + fact.queuedMs]),
  )
  return factsIn(evidence, 'agent.spoke')
    .map(({ fact: { utteranceId, heardText: text, heardMs, interrupted } }) => ({
      ...{ utteranceId, text, heardMs, interrupted },
      fromMs: began.get(utteranceId) ?? 0,
    }))
    .filter(({ heardMs }) => heardMs > 0)
    .sort((a, b) => a.fromMs - b.fromMs)
}
