import { describe, expect, it } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { agentResponse, audio, fallSilent, interruption, speak } from './elevenlabs-provider.ts'
import { startStage } from './stage.ts'

const transcript = (text: string) => ({
  type: 'user_transcript',
  user_transcription_event: { user_transcript: text, event_id: 1 },
})

const toolCall = (id: string) => ({
  type: 'client_tool_call',
  client_tool_call: { tool_name: 'book', tool_call_id: id, parameters: { day: 'Tuesday' }, event_id: 4 },
})

describe('a request for an answer', () => {
  it('is sent when the agent has not answered the caller by itself within 2.5 s, once', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    speak(session)
    fallSilent(session)
    session.answer()
    stage.clock.advance(2_400)
    await wire.expectNothing()
    stage.clock.advance(200)
    await wire.expect('user_message')
    stage.clock.advance(4_000)
    await wire.expectNothing()
    stage.clock.advance(1_500)
    expect(stage.events.of('engine.complained')).toMatchObject([{ code: 'answer_unanswered' }])
  })

  it('with instructions replaces what the agent is about to answer, which began without knowing them', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    speak(session)
    fallSilent(session)
    session.answer()
    await says(transcript('A person, please'))
    session.interrupt([])
    session.answer('Offer a message.')
    await wire.expect('user_message')
    await says(agentResponse(2, 'One'), audio(2, encodedSilence(80), 'One'), interruption(3))
    await wire.expect('contextual_update')
    expect(stage.events.of('agent.audio')).toEqual([])
    stage.clock.advance(400)
    await says(agentResponse(4, 'Hi'), audio(4, encodedSilence(80), 'Hi'))
    expect(stage.events.of('agent.audio')).toHaveLength(1)
    stage.clock.advance(6_000)
    await wire.expectNothing()
  })

  it('is not sent again when it cut what the agent had begun to say meanwhile', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    speak(session)
    fallSilent(session)
    session.answer('Offer a message.')
    await wire.expect('user_message')
    stage.clock.advance(400)
    await says(audio(3, encodedSilence(80)), interruption(4))
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'cancelled' }])
    session.answer('Offer a message.')
    await says(audio(5, encodedSilence(80)))
    expect(stage.events.of('agent.audio')).toHaveLength(2)
    stage.clock.advance(6_000)
    await wire.expectNothing()
  })

  it('does not press an agent that has the words and is slow, until the call gives it up', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    speak(session)
    fallSilent(session)
    session.answer()
    await says(transcript('Where are you?'))
    stage.clock.advance(4_000)
    await wire.expectNothing()
    session.interrupt([])
    session.answer()
    await wire.expect('user_message')
  })

  it('waits for the end of what the caller is saying, and is forgotten when they interrupt', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    speak(session)
    session.answer('Go on.')
    stage.clock.advance(1_000)
    await wire.expectNothing()
    fallSilent(session)
    stage.clock.advance(100)
    await wire.expect('user_message')
    speak(session)
    session.answer('Go on.')
    session.interrupt([])
    fallSilent(session)
    stage.clock.advance(1_000)
    await wire.expectNothing()
  })

  it('is met by an answer that began before the call had asked', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    speak(session)
    await says(audio(1, encodedSilence(80), 'Hi'))
    fallSilent(session)
    session.answer()
    stage.clock.advance(6_000)
    await wire.expectNothing()
    session.answer()
    await wire.expect('user_message')
  })

  it('is told from the words of the caller', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    session.answer('Say goodbye.')
    const { text } = await wire.expect('user_message')
    expect(text).toBe('[This is from the system; the caller did not say it. Say goodbye.]')
  })

  it('waits for the end of an answer that was not called off', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(audio(1, encodedSilence(80)))
    session.answer('Now say goodbye.')
    await wire.expectNothing()
    stage.clock.advance(1_600)
    await wire.expect('user_message')
  })

  it('makes no interruption of its own message into speech of the caller, nor drops the answer to it', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    session.answer()
    await wire.expect('user_message')
    await says(interruption(7), audio(7, encodedSilence(80)))
    expect(stage.events.of('caller.started-speaking')).toEqual([])
    expect(stage.events.of('agent.audio')).toHaveLength(1)
  })

  it('leaves to the agent what follows a tool result', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(toolCall('t1'))
    expect(stage.events.types).toEqual(['answer.started', 'tool.requested', 'answer.ended'])
    session.returnToolResult('t1', '{}')
    session.answer()
    await wire.expect('client_tool_result', { tool_call_id: 't1', result: '{}', is_error: false })
    await says(audio(5, encodedSilence(80), 'Done'))
    stage.clock.advance(6_000)
    await wire.expectNothing()
  })

  it('with instructions replaces what follows a tool result that came while the agent spoke', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(audio(1, encodedSilence(80)))
    session.answer('Be brief.')
    await says(toolCall('t1'))
    session.returnToolResult('t1', '{}')
    await wire.expect('client_tool_result')
    stage.clock.advance(1_600)
    expect((await wire.expect('user_message')).text).toContain('Be brief.')
  })

  it('does not press an agent that is still speaking', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(audio(1, encodedSilence(80)), toolCall('t1'))
    session.returnToolResult('t1', '{}')
    session.answer()
    await wire.expect('client_tool_result')
    for (let eventId = 2; eventId < 6; eventId += 1) {
      stage.clock.advance(1_000)
      await says(audio(eventId, encodedSilence(80)))
    }
    await wire.expectNothing()
  })

  it('keeps an answer silent that was called off before it began, until the caller has spoken', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    session.answer()
    await wire.expect('user_message')
    session.interrupt([])
    await says(agentResponse(1, 'Never heard'), audio(1, encodedSilence(80)))
    expect(stage.events.types).toEqual(['answer.started', 'answer.ended'])
    expect((await wire.expect('contextual_update')).text).toContain('heard nothing of what you said last')
    speak(session)
    fallSilent(session)
    await says(agentResponse(2, 'Heard'), audio(2, encodedSilence(80)))
    expect(stage.events.of('agent.audio')).toHaveLength(1)
  })

  it('does no tool of an answer that was called off before it began', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    session.answer()
    await wire.expect('user_message')
    session.interrupt([])
    await says(toolCall('t1'))
    expect(stage.events.of('tool.requested')).toEqual([])
    await wire.expect('contextual_update')
    await wire.expect('client_tool_result', { tool_call_id: 't1', is_error: true })
  })
})
