import type { Evidence } from './evidence.ts'

/**
 * How long the caller waited for a sound each time they had spoken, in ms, by the carrier's own account. What they
 * said last, when the call ended before any sound came, is left out. Holds for calls of one media stream.
 */
export function silencesAfterCaller({ call, utterances }: Evidence): number[] {
  const sounds = (call?.streams ?? []).flatMap((stream) => stream.heard.spans(stream.positionMs))
  return utterances.flatMap(({ startMs: saidFromMs, endMs: saidUntilMs }) => {
    if (saidFromMs === undefined || saidUntilMs === undefined) return []
    const next = sounds.find(({ endMs }) => endMs > saidUntilMs)
    return next ? [Math.max(0, next.startMs - saidUntilMs)] : []
  })
}
