import type { CallFact } from '../../src/call/facts.ts'
import type { CallEvent } from '../../src/simulator/twilio/call-events.ts'

/** One line of a talk as it is shown while it goes on. `atMs` counts from the moment the call was placed. */
export interface TalkLine {
  readonly atMs: number
  readonly who: 'caller' | 'agent' | 'tool' | 'server' | 'carrier'
  readonly text: string
}

/** What a fact of the ledger says to somebody who follows the talk; most say nothing. */
export function lineOfFact(fact: CallFact): Omit<TalkLine, 'atMs'> | undefined {
  switch (fact.type) {
    case 'agent.spoke':
      return { who: 'agent', text: spokenText(fact) }
    case 'tool.requested':
      return { who: 'tool', text: `${fact.name} ${fact.argumentsJson}` }
    case 'tool.ended':
      return { who: 'tool', text: `${fact.name} ${fact.outcome} in ${fact.tookMs} ms: ${JSON.stringify(fact.reply)}` }
    case 'engine.opened':
      return { who: 'server', text: `engine opened (${fact.because}) in ${fact.tookMs} ms, attempts: ${fact.attempts}` }
    case 'engine.lost':
      return { who: 'server', text: `engine lost: ${fact.failure}, ${fact.code}` }
    case 'rescue.ended':
      return { who: 'server', text: `rescued by ${fact.rung} after ${fact.gapMs} ms, attempts: ${fact.attempts}` }
    case 'engine.complained':
      return { who: 'server', text: `engine complained: ${fact.code}` }
    case 'barge-in':
      return { who: 'server', text: 'the caller speaks over the agent' }
    case 'barge-in.false-alarm':
      return { who: 'server', text: 'no words came: the sentence goes on' }
    case 'dead-air':
      return { who: 'server', text: `dead air of ${fact.gapMs} ms, because of the ${fact.because}` }
    case 'silence.broken':
      return { who: 'server', text: `the caller is silent: ${fact.step}` }
    case 'loop.broken':
      return { who: 'server', text: `the model goes round in circles: ${fact.kind}` }
    case 'line.ended':
      return { who: 'server', text: `the line ${fact.cause === 'dropped' ? 'dropped' : 'was hung up'}` }
    case 'recording.deleted':
    case 'recording.failed':
      return { who: 'server', text: `${fact.type.replace('.', ' ')}: ${fact.because}` }
    case 'call.handed-over':
      return { who: 'server', text: `handed over to a ${fact.to}: ${fact.because}` }
    case 'call.recovered':
      return { who: 'server', text: `took the call up from its ledger after ${fact.gapMs} ms` }
    case 'call.ended':
      return { who: 'server', text: `record closed: ${fact.reason}` }
    default:
      return undefined
  }
}

/** What an event of the carrier's says to somebody who follows the talk. */
export function lineOfEvent(event: CallEvent): Omit<TalkLine, 'atMs'> | undefined {
  switch (event.type) {
    case 'call.ended':
      return { who: 'carrier', text: `call over (${event.status}), ended by the ${event.by}` }
    case 'stream.ended':
      return { who: 'carrier', text: `media stream over: ${event.because}` }
    case 'told':
      return { who: 'carrier', text: `<${event.by}> ${event.content}` }
    case 'dialled':
      return { who: 'carrier', text: `dialled ${event.number}: ${event.status}` }
    case 'recorded':
      return { who: 'carrier', text: 'recorded a message' }
    case 'warning':
      return { who: 'carrier', text: `warning ${event.code}: ${event.message}` }
    default:
      return undefined
  }
}

function spokenText({ heardText, text, interrupted }: Extract<CallFact, { type: 'agent.spoke' }>): string {
  const unheard = text.slice(heardText.length).trim()
  return interrupted && unheard !== '' ? `${heardText} -- [not heard: ${unheard}]` : heardText
}
