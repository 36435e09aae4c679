import { expect } from 'vitest'
import {
  BOOK,
  type Case,
  callerSays,
  LOOK_UP,
  openCall,
  requestTool,
  speakUntilHalf,
  speakWhole,
  speech,
} from './play.ts'

export const TOOLS = {
  async 'asks for a tool once and answers with its result'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    await requestTool(play)
    expect(events.of('tool.requested')).toMatchObject([BOOK])
    session.returnToolResult(BOOK.requestId, '{"booked":true}')
    session.answer()
    await call.expectToolResult(BOOK.requestId, '{"booked":true}')
    await call.expectNothing()
    call.endsAnswer('resp_1', 'completed', [BOOK])
    await call.expectAnswerRequest()
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'asked for tools' })
    expect(events.of('tool.requested')).toHaveLength(1)
  },

  async 'asks for two tools at once and gives one answer to both'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    session.answer()
    await call.expectAnswerRequest()
    call.startsAnswer('resp_1')
    call.requestsTool('resp_1', BOOK)
    call.requestsTool('resp_1', LOOK_UP)
    await events.first('tool.requested', 2)
    for (const { requestId } of [LOOK_UP, BOOK]) {
      session.returnToolResult(requestId, '{}')
      session.answer()
      await call.expectToolResult(requestId, '{}')
    }
    call.endsAnswer('resp_1', 'completed', [BOOK, LOOK_UP])
    await call.expectAnswerRequest()
    await call.expectNothing()
    expect(events.of('tool.requested').map(({ requestId }) => requestId)).toEqual(['call_1', 'call_2'])
  },

  async 'asks for a tool in mid-answer and speaks on, before and after its result'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    const { utteranceId } = await speakUntilHalf(play)
    call.requestsTool('resp_1', BOOK)
    expect(await events.first('tool.requested')).toMatchObject(BOOK)
    call.speaks('resp_1', 'item_1', speech(100), ' to you')
    await events.first('agent.audio', 2)
    session.returnToolResult(BOOK.requestId, '{"booked":true}')
    session.answer()
    await call.expectToolResult(BOOK.requestId, '{"booked":true}')
    call.speaks('resp_1', 'item_1', speech(100), ' and yours')
    await events.first('agent.audio', 3)
    await call.expectNothing()
    call.finishesUtterance('resp_1', 'item_1', 'Good morning to you and yours')
    call.endsAnswer('resp_1', 'completed', [BOOK])
    await call.expectAnswerRequest()
    expect(await events.first('answer.ended')).toMatchObject({ outcome: 'asked for tools' })
    expect(new Set(events.of('agent.audio').map((event) => event.utteranceId))).toEqual(new Set([utteranceId]))
    expect(events.of('agent.utterance-complete')).toHaveLength(1)
    expect(events.of('tool.requested')).toHaveLength(1)
  },

  async 'talks on while a tool takes long, and answers with its result when that comes'(provider) {
    await using play = await openCall(provider)
    const { call, session, events } = play
    await requestTool(play)
    call.endsAnswer('resp_1', 'completed', [BOOK])
    await events.first('answer.ended')
    await callerSays(play, 'turn_1', 'Are you there?')
    await speakWhole(play, 2)
    session.returnToolResult(BOOK.requestId, '{"booked":true}')
    session.answer()
    await call.expectToolResult(BOOK.requestId, '{"booked":true}')
    await call.expectAnswerRequest()
    await call.expectNothing()
    expect(events.of('answer.ended').map(({ outcome }) => outcome)).toEqual(['asked for tools', 'spoke'])
    expect(events.of('tool.requested')).toHaveLength(1)
  },

  async 'takes a tool result of an earlier session as a note'(provider) {
    await using play = await openCall(provider)
    play.session.returnToolResult('call_of_yesterday', '{"booked":true}')
    await play.call.expectNote('{"booked":true}')
  },
} satisfies Record<string, Case>
