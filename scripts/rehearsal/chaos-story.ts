import type { CallFact } from '../../src/call/facts.ts'
import type { ChaosCall } from './chaos-plan.ts'
import type { Evidence } from './evidence.ts'
import { talkLine } from './report.ts'
import { lineOfEvent, lineOfFact, type TalkLine } from './talk-lines.ts'

/** The talk of a call, line by line, with what went on behind it. */
export function storyOf(call: ChaosCall, evidence: Evidence): string[] {
  const spoken = evidence.steps.map(
    ({ name, endedAtMs }): TalkLine => ({
      ...{ atMs: endedAtMs, who: 'caller' },
      text: `${call.lines.includes(name) ? name : `[${name}]`} (done)`,
    }),
  )
  const heard = (evidence.call?.heardSpans() ?? []).map(
    ({ startMs, endMs }): TalkLine => ({
      ...{ atMs: startMs, who: 'carrier' },
      text: `the caller hears us for ${Math.round(endMs - startMs)} ms`,
    }),
  )
  const facts = evidence.entries.flatMap(({ atMs, fact }) => {
    const line = lineOfFact(fact) ?? behindTheTalk(fact)
    return line ? [{ atMs, ...line }] : []
  })
  const events = (evidence.call?.events ?? []).flatMap((event) => {
    const line = lineOfEvent(event)
    return line ? [{ atMs: event.atMs, ...line }] : []
  })
  const failure: TalkLine = { atMs: call.afterMs, who: 'server', text: `--- ${call.engine}: ${call.how} ---` }
  return [...spoken, ...heard, ...facts, ...events, failure].sort((a, b) => a.atMs - b.atMs).map(talkLine)
}

/** What nobody who follows a talk wants to know, unless something went wrong. */
function behindTheTalk(fact: CallFact): Omit<TalkLine, 'atMs'> | undefined {
  switch (fact.type) {
    case 'caller.started-speaking':
    case 'caller.stopped-speaking':
      return { who: 'server', text: fact.type }
    case 'caller.said':
      return { who: 'server', text: `understood: ${fact.text}` }
    case 'answer.started':
      return { who: 'server', text: 'an answer begins' }
    case 'answer.ended':
      return { who: 'server', text: `the answer ends: ${fact.outcome} ${fact.detail ?? ''}` }
    case 'agent.speaking':
      return { who: 'server', text: `speaks: ${fact.text ?? fact.utteranceId}` }
    default:
      return undefined
  }
}
