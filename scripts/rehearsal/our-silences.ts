import type { Span } from '../../src/simulator/twilio/audio-timeline.ts'
import { type Evidence, eventsIn, factsIn } from './evidence.ts'

/** The caller heard nothing though it was our turn, by the carrier's account. Ms since the call was placed. */
export interface OurSilence {
  readonly fromMs: number
  readonly untilMs: number
  /** What was heard before it. */
  readonly after: 'nothing' | 'the caller' | 'a part of a sentence' | 'a filler'
}

/** Phrases after which the caller still waits for us. */
const FILLERS: ReadonlySet<string> = new Set(['one-moment', 'still-working', 'lost-you', 'connecting', 'get-someone'])

/** What lies closer together than this is one sound. */
const BREATH_MS = 60

interface Sound extends Span {
  readonly by: 'caller' | 'agent'
}

/**
 * Every stretch of the call's media stream without a sound in which the caller waited for us: after they spoke, after a
 * filler, and where we broke off. Once we have finished it is theirs to speak. Holds for calls of one media stream.
 */
export function ourSilences(evidence: Evidence): OurSilence[] {
  const sounds = soundsOf(evidence)
  const opened = eventsIn(evidence, 'stream.started')[0]?.atMs
  const closed = eventsIn(evidence, 'stream.ended')[0]?.atMs ?? eventsIn(evidence, 'call.ended')[0]?.atMs
  if (opened === undefined || closed === undefined) return []
  const silences: OurSilence[] = []
  let fromMs = opened
  let by: Sound['by'] | undefined
  const end = { startMs: closed, endMs: closed, by: 'agent' as const }
  for (const sound of [...sounds, end]) {
    if (sound.startMs - fromMs > BREATH_MS) {
      const gap = { startMs: fromMs, endMs: sound.startMs }
      const after = by === 'caller' ? 'the caller' : by === 'agent' ? brokenOff(evidence, gap) : 'nothing'
      if (after) silences.push({ fromMs, untilMs: sound.startMs, after })
    }
    if (sound.endMs >= fromMs) by = sound.by
    fromMs = Math.max(fromMs, sound.endMs)
  }
  return silences
}

/** What was audible when, in order. */
function soundsOf({ call, utterances }: Evidence): Sound[] {
  const heard = call?.heardSpans() ?? []
  // The caller's words are placed in their stream.
  const streamMs = (heard[0]?.startMs ?? 0) - (call?.streams[0]?.heard.spans()[0]?.startMs ?? 0)
  const said = utterances.flatMap(({ startMs, endMs }) =>
    startMs === undefined || endMs === undefined ? [] : [{ startMs: streamMs + startMs, endMs: streamMs + endMs }],
  )
  return [
    ...heard.map((span): Sound => ({ ...span, by: 'agent' })),
    ...said.map((span): Sound => ({ ...span, by: 'caller' })),
  ].sort((a, b) => a.startMs - b.startMs)
}

/** Whether we owed the caller more when we fell silent, by the ledger; undefined when we had finished. */
function brokenOff(evidence: Evidence, { startMs, endMs }: Span): OurSilence['after'] | undefined {
  const spoke = new Map(factsIn(evidence, 'agent.spoke').map(({ atMs, fact }) => [fact.utteranceId, { atMs, ...fact }]))
  const heard = factsIn(evidence, 'agent.speaking')
    .flatMap(({ atMs, fact: { queuedMs, utteranceId, phrase } }) => {
      const end = spoke.get(utteranceId)
      const fromMs = atMs + queuedMs
      return end && end.heardMs > 0 && fromMs < startMs ? [{ fromMs, phrase, ...end }] : []
    })
    .sort((a, b) => a.atMs - b.atMs)
  if (heard.some(({ atMs, phrase }) => phrase === undefined && atMs > endMs)) return 'a part of a sentence'
  const last = heard.at(-1)
  if (!last) return undefined
  if (last.phrase && FILLERS.has(last.phrase)) return 'a filler'
  const worked = factsIn(evidence, 'tool.requested').some(({ atMs }) => atMs >= last.fromMs && atMs < endMs)
  const cut = factsIn(evidence, 'answer.ended').some(
    ({ atMs, fact }) => fact.outcome === 'cut short' && atMs >= last.fromMs && atMs < endMs,
  )
  return last.interrupted || worked || cut ? 'a part of a sentence' : undefined
}
