import { expect } from 'vitest'
import type { HeardEvents } from '../heard-events.ts'
import {
  BOOK,
  type Case,
  callerFinishes,
  finalWords,
  openCall,
  requestTool,
  speakUntilHalf,
  speakWhole,
  speech,
} from './play.ts'

/** The caller, or a rule, stops an answer: at every stage it can be in. */
export const INTERRUPTIONS = {
  async 'stops an answer that was asked for and has not begun'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    session.answer()
    await call.expectAnswerRequest()
    call.callerStartsSpeaking('turn_1')
    await events.first('caller.started-speaking')
    session.interrupt([])
    call.startsAnswer('resp_1')
    call.speaks('resp_1', 'item_1', speech(60), 'Never heard')
    await call.expectCancel('resp_1')
    call.endsAnswer('resp_1', 'cancelled')
    await call.expectMemoryCut('item_1', 0)
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'cancelled' })
    expect(events.of('agent.audio')).toEqual([])
    expect(events.of('agent.words')).toEqual([])
  },

  async 'is interrupted when an answer has begun and made no sound'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    session.answer()
    await call.expectAnswerRequest()
    call.startsAnswer('resp_1')
    await call.settled()
    call.callerStartsSpeaking('turn_1')
    await events.first('caller.started-speaking')
    session.interrupt([])
    call.speaks('resp_1', 'item_1', speech(60), 'Never heard')
    call.endsAnswer('resp_1', 'cancelled')
    await call.expectMemoryCut('item_1', 0)
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'cancelled' })
    expect(events.of('agent.audio')).toEqual([])
    expect(events.of('agent.words')).toEqual([])
  },

  async 'is stopped while its first sound is slow, and then answers anew'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    session.answer()
    await call.expectAnswerRequest()
    call.startsAnswer('resp_1')
    await call.settled()
    provider.clock.advance(2_000)
    session.interrupt([])
    await call.expectCancel('resp_1')
    call.speaks('resp_1', 'item_1', speech(60), 'Never heard')
    call.endsAnswer('resp_1', 'cancelled')
    await call.expectMemoryCut('item_1', 0)
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'cancelled' })
    expect(events.of('agent.audio')).toEqual([])
    await speakWhole(play, 2)
    expect(events.of('answer.ended').map(({ outcome }) => outcome)).toEqual(['cancelled', 'spoke'])
    expect(events.of('agent.audio')).toHaveLength(1)
  },

  async 'is stopped by whoever hears its first sound'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    events.onFirst('agent.audio', ({ utteranceId }) => session.interrupt([{ utteranceId, heardMs: 0 }]))
    await speakUntilHalf(play)
    await call.expectCancel('resp_1')
    await call.expectMemoryCut('item_1', 0)
    call.speaks('resp_1', 'item_1', speech(100), ' and on')
    call.endsAnswer('resp_1', 'cancelled')
    await events.first('answer.ended')
    await call.expectNothing()
    expect(events.of('agent.audio')).toHaveLength(1)
    expect(events.of('agent.utterance-complete')).toHaveLength(1)
    expect(saidAfterItsEnd(events)).toEqual([])
  },

  async 'is interrupted by speech in the middle of an answer'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    call.callerStartsSpeaking('turn_1')
    await events.first('caller.started-speaking')
    session.interrupt([{ utteranceId, heardMs: 80.9 }])
    await call.expectMemoryCut('item_1', 80)
    call.speaks('resp_1', 'item_1', speech(500), ' and on')
    call.endsAnswer('resp_1', 'cancelled')
    await events.first('answer.ended')
    await call.expectNothing()
    expect(events.of('agent.audio')).toHaveLength(1)
    expect(events.of('agent.utterance-complete')).toHaveLength(1)
    expect(saidAfterItsEnd(events)).toEqual([])
  },

  async 'is stopped in the middle of an answer though nobody spoke'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    session.interrupt([{ utteranceId, heardMs: 100 }])
    session.answer('Say only that a colleague will call back.')
    await call.expectCancel('resp_1')
    await call.expectMemoryCut('item_1', 100)
    // What cannot be cancelled has no end that the next answer could wait for.
    if (provider.engine.capabilities.cancels) await call.expectNothing()
    call.endsAnswer('resp_1', 'cancelled')
    await call.expectAnswerRequest()
    await events.first('answer.ended')
  },

  async 'is interrupted when all its sound is there and it has not ended'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    call.finishesUtterance('resp_1', 'item_1', 'Good morning')
    await call.settled()
    call.callerStartsSpeaking('turn_1')
    await events.first('caller.started-speaking')
    session.interrupt([{ utteranceId, heardMs: 120 }])
    await call.expectMemoryCut('item_1', 120)
    // It was over for the provider when the caller began.
    call.endsAnswer('resp_1', 'completed')
    await events.first('answer.ended')
    await call.expectNothing()
    expect(events.of('answer.ended')).toHaveLength(1)
    expect(events.of('agent.utterance-complete')).toHaveLength(1)
  },

  async 'is interrupted after the answer ended, while it is still being played'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const utteranceId = await speakWhole(play)
    session.interrupt([
      { utteranceId, heardMs: 90 },
      { utteranceId: 'phrase_opening', heardMs: 400 },
    ])
    await call.expectMemoryCut('item_1', 90)
    await call.expectNothing()
    expect(events.of('agent.utterance-complete')).toHaveLength(1)
    expect(events.of('answer.ended')).toMatchObject([{ outcome: 'spoke' }])
  },

  async 'is interrupted with two utterances waiting to be played'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    call.speaks('resp_1', 'item_2', speech(100), 'A second sentence')
    const second = await events.first('agent.audio', 2)
    call.finishesUtterance('resp_1', 'item_1', 'Good morning')
    call.finishesUtterance('resp_1', 'item_2', 'A second sentence')
    call.endsAnswer('resp_1', 'completed')
    await events.first('answer.ended')
    session.interrupt([
      { utteranceId, heardMs: 999 },
      { utteranceId: second.utteranceId, heardMs: 0 },
    ])
    await call.expectMemoryCut('item_1', 200)
    await call.expectMemoryCut('item_2', 0)
    await call.expectNothing()
    expect(events.of('agent.utterance-complete')).toHaveLength(2)
  },

  async 'is interrupted while a tool runs, and takes its result all the same'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    await requestTool(play)
    call.callerStartsSpeaking('turn_1')
    await events.first('caller.started-speaking')
    session.interrupt([])
    call.endsAnswer('resp_1', 'cancelled', [BOOK])
    await events.first('answer.ended')
    await callerFinishes(play, 'turn_1', 'Wait, Tuesday.')
    session.returnToolResult(BOOK.requestId, '{"booked":true}')
    session.answer()
    await call.expectToolResult(BOOK.requestId, '{"booked":true}')
    await call.expectAnswerRequest()
    await call.expectNothing()
    expect(events.of('tool.requested')).toHaveLength(1)
    expect(events.of('answer.ended')).toHaveLength(1)
    expect(finalWords(events)).toEqual(['Wait, Tuesday.'])
  },

  async 'is interrupted while the words of the caller are still coming'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    events.onFirst('caller.words', () => session.interrupt([{ utteranceId, heardMs: 100 }]))
    call.callerStartsSpeaking('turn_1')
    await events.first('caller.started-speaking')
    call.transcribes('turn_1', ['No', ' wait'], 'No, wait.')
    await call.settled()
    call.callerStopsSpeaking('turn_1')
    await call.expectMemoryCut('item_1', 100)
    call.endsAnswer('resp_1', 'cancelled')
    await events.first('answer.ended')
    await call.expectNothing()
    expect(finalWords(events)).toEqual(['No, wait.'])
    expect(new Set(events.of('caller.words').map(({ turnId }) => turnId)).size).toBe(1)
    expect(saidAfterItsEnd(events)).toEqual([])
  },
} satisfies Record<string, Case>

/** What an answer says when it is over is said by nobody. */
function saidAfterItsEnd({ types }: HeardEvents): string[] {
  return types.slice(types.indexOf('answer.ended')).filter((type) => type.startsWith('agent.'))
}
