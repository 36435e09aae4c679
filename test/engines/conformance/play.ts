import { type EncodedAudio, encodeAudio } from '../../../src/audio/encoded-audio.ts'
import { type Briefing, EngineError, type EngineSession } from '../../../src/engines/engine.ts'
import { HeardEvents } from '../heard-events.ts'
import type { Provider, ProviderCall, ToolRequest } from '../provider.ts'

export type Case = (provider: Provider) => Promise<void>

export const BRIEFING: Briefing = {
  instructions: 'You answer the phone of a mortgage company.',
  tools: [
    { name: 'book', description: 'Books an appointment.', parameters: { type: 'object', properties: {} } },
    { name: 'look_up', description: 'Looks a caller up.', parameters: { type: 'object', properties: {} } },
  ],
  language: 'en-US',
  history: [],
  callerKey: 'caller-hash',
}

export const BOOK: ToolRequest = { requestId: 'call_1', name: 'book', argumentsJson: '{"day":"Tuesday"}' }
export const LOOK_UP: ToolRequest = { requestId: 'call_2', name: 'look_up', argumentsJson: '{}' }

/** An engine's session, the call that hears of it, and its provider's side. */
export interface Play extends AsyncDisposable {
  readonly call: ProviderCall
  readonly session: EngineSession
  readonly events: HeardEvents
}

export async function openCall(provider: Provider, briefing: Briefing = BRIEFING): Promise<Play> {
  const events = new HeardEvents()
  const opening = provider.engine.open(briefing, { signal: new AbortController().signal, onEvent: events.listen })
  // Whichever fails first is the news; the other would wait for it in vain.
  const [call, session] = await Promise.all([provider.accept(), opening])
  return { call, session, events, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() }
}

/** Opens against a provider that will have none of it. */
export async function failureOf({ engine }: Provider): Promise<EngineError> {
  const options = { signal: new AbortController().signal, onEvent: () => undefined }
  const error = await engine.open(BRIEFING, options).then(
    () => new Error('The engine opened'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof EngineError) return error
  throw error
}

/** What the agent says is loud: an engine may have to find it in silence. */
export function speech(ms: number): EncodedAudio {
  return encodeAudio(Buffer.alloc(ms * 8, 0x20))
}

/**
 * Asks for an answer and lets the provider begin to speak it: 200 ms of audio. Gives the engine's ids for what the
 * provider calls `resp_1` and `item_1`, or whatever the number.
 */
export async function speakUntilHalf({ call, session, events }: Play, number = 1) {
  const spokenBefore = events.of('agent.audio').length
  const startedBefore = events.of('answer.started').length
  session.answer()
  await call.expectAnswerRequest()
  call.startsAnswer(`resp_${number}`)
  call.speaks(`resp_${number}`, `item_${number}`, speech(200), 'Good morning')
  const { utteranceId } = await events.first('agent.audio', spokenBefore + 1)
  const { answerId } = await events.first('answer.started', startedBefore + 1)
  return { answerId, utteranceId }
}

/** Asks for an answer that is spoken to its end, and gives what the engine calls its utterance. */
export async function speakWhole(play: Play, number = 1): Promise<string> {
  const { call, events } = play
  const endedBefore = events.of('answer.ended').length
  const { utteranceId } = await speakUntilHalf(play, number)
  call.finishesUtterance(`resp_${number}`, `item_${number}`, 'Good morning')
  call.endsAnswer(`resp_${number}`, 'completed')
  await events.first('answer.ended', endedBefore + 1)
  return utteranceId
}

/** Asks for an answer that asks for a tool. It has not ended. */
export async function requestTool({ call, session, events }: Play, request = BOOK): Promise<void> {
  session.answer()
  await call.expectAnswerRequest()
  call.startsAnswer('resp_1')
  call.requestsTool('resp_1', request)
  await events.first('tool.requested')
}

/** The caller speaks, from the first sound to the final words. */
export async function callerSays(play: Play, turnId: string, words: string): Promise<void> {
  play.call.callerStartsSpeaking(turnId)
  await play.events.first('caller.started-speaking')
  await callerFinishes(play, turnId, words)
}

/** Ends a turn that runs. */
export async function callerFinishes({ call }: Play, turnId: string, words: string): Promise<void> {
  call.callerStopsSpeaking(turnId)
  call.transcribes(turnId, [], words)
  await call.settled()
}

/** What the caller said, turn by turn. */
export function finalWords(events: HeardEvents): string[] {
  return events.of('caller.words').flatMap(({ text, final }) => (final ? [text] : []))
}
