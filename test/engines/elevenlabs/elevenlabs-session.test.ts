import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { agentResponse, audio, correction, fallSilent, interruption, speak } from './elevenlabs-provider.ts'
import { startStage } from './stage.ts'

const toolCall = (id: string, name = 'book') => ({
  type: 'client_tool_call',
  client_tool_call: { tool_name: name, tool_call_id: id, parameters: { day: 'Tuesday' }, event_id: 4 },
})

const transcript = (text: string) => ({
  type: 'user_transcript',
  user_transcription_event: { user_transcript: text, event_id: 2 },
})

describe('an answer', () => {
  it('is complete soon after its last word was spoken, and tells when each word is', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(
      agentResponse(1, 'Good day to you'),
      audio(2, encodedSilence(800), 'Good day'),
      audio(3, encodedSilence(700), ' to you'),
    )
    expect(stage.events.of('agent.words')).toMatchObject([{ text: 'Good day to you', final: true }])
    const timing = stage.events.of('agent.timing').flatMap(({ spoken }) => spoken)
    expect(timing).toEqual([
      { chars: 4, ms: 400 },
      { chars: 8, ms: 800 },
      { chars: 11, ms: 1100 },
      { chars: 15, ms: 1500 },
    ])
    stage.clock.advance(100)
    expect(stage.events.of('answer.ended')).toEqual([])
    stage.clock.advance(200)
    expect(stage.events.types.slice(-2)).toEqual(['agent.utterance-complete', 'answer.ended'])
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'spoke' }])
  })

  it('reads times that count from the start of the utterance alike', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    const second = audio(3, encodedSilence(700), ' to you')
    second.audio_event.alignment!.char_start_times_ms = [800, 900, 1000, 1100, 1200, 1300, 1400]
    await says(audio(2, encodedSilence(800), 'Good day'), second)
    expect(stage.events.of('agent.timing').at(-1)?.spoken.at(-1)).toEqual({ chars: 15, ms: 1500 })
  })

  it.each([
    [
      'its words are known and their times are not',
      [agentResponse(1, 'Hi'), audio(1, encodedSilence(80))],
      700,
      'spoke',
    ],
    ['nothing but its sound is known', [audio(1, encodedSilence(80))], 1_500, 'spoke'],
    [
      'not all its words were spoken',
      [agentResponse(1, 'Hi there'), audio(1, encodedSilence(80), 'Hi')],
      1_500,
      'cut short',
    ],
    [
      'its numbers are written out',
      [agentResponse(1, 'It is 5'), audio(1, encodedSilence(80), 'It is five')],
      1_500,
      'spoke',
    ],
    ['its voice never comes', [agentResponse(1, 'Hi there')], 3_000, 'empty'],
  ])('ends by the clock when %s', async (_what, events, afterMs, outcome) => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(...events)
    stage.clock.advance(afterMs - 100)
    expect(stage.events.of('answer.ended')).toEqual([])
    stage.clock.advance(200)
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome }])
  })

  it('keeps of words that were announced those that were spoken', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(agentResponse(1, 'Hi there'), audio(1, encodedSilence(80), 'Hi'))
    stage.clock.advance(2_000)
    expect(stage.events.of('agent.words').map(({ text }) => text)).toEqual(['Hi there', 'Hi'])
  })

  it('follows another when new words are announced, and words that come late find theirs', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(audio(1, encodedSilence(80)))
    stage.clock.advance(1_600)
    await says(
      agentResponse(1, 'One.'),
      agentResponse(2, 'Two.'),
      audio(3, encodedSilence(80)),
      agentResponse(4, 'Three.'),
    )
    const [one, two] = stage.events.of('agent.audio').map(({ utteranceId }) => utteranceId)
    expect(stage.events.of('agent.words')).toMatchObject([
      { utteranceId: one, text: 'One.' },
      { utteranceId: two, text: 'Two.' },
      { text: 'Three.' },
    ])
    expect(stage.events.of('answer.started')).toHaveLength(3)
    expect(stage.events.of('answer.ended')).toHaveLength(2)
  })

  it('keeps its words when the model corrects its memory: what was heard the carrier knows better', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(agentResponse(1, 'Good day to you'), audio(2, encodedSilence(200)), interruption(3))
    await says(correction(1, 'Good day'))
    expect(stage.events.of('agent.words')).toMatchObject([{ text: 'Good day to you', final: true }])
    expect(stage.logged).toEqual([])
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'cancelled' }])
  })

  it('is not heard any more after an interruption, up to its event id', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(
      audio(1, encodedSilence(20)),
      interruption(3),
      audio(2, encodedSilence(20)),
      audio(3, encodedSilence(20)),
    )
    expect(stage.events.of('agent.audio')).toHaveLength(1)
    await says(audio(4, encodedSilence(20)))
    expect(stage.events.of('agent.audio')).toHaveLength(2)
  })

  it('is passed over after we stopped it, until the agent has new words', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(agentResponse(1, 'Good day to you'), audio(2, encodedSilence(200), 'Good'))
    session.interrupt([])
    await wire.expect('contextual_update', {
      text: 'You were stopped. The caller heard nothing of what you said last.',
    })
    await says(audio(3, encodedSilence(200), ' day'), agentResponse(1, 'Good day to you'))
    expect(stage.events.of('agent.audio')).toHaveLength(1)
    await says(agentResponse(4, 'Good day to you'), audio(5, encodedSilence(200), 'Good'))
    expect(stage.events.of('agent.audio')).toHaveLength(2)
  })
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

  it('only adds its instructions when the agent is about to answer anyway', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    speak(session)
    fallSilent(session)
    session.answer('Offer a colleague.')
    await wire.expect('contextual_update', { text: 'For your next answer: Offer a colleague.' })
    await says(agentResponse(1, 'Hi'), audio(1, encodedSilence(80), 'Hi'))
    stage.clock.advance(6_000)
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

  it('keeps an answer silent that was called off before it began, until the caller has spoken', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    session.answer()
    await wire.expect('user_message')
    session.interrupt([])
    await says(agentResponse(1, 'Never heard'), audio(1, encodedSilence(80)))
    expect(stage.events.types).toEqual(['answer.started', 'answer.ended'])
    speak(session)
    fallSilent(session)
    await says(agentResponse(2, 'Heard'), audio(2, encodedSilence(80)))
    expect(stage.events.of('agent.audio')).toHaveLength(1)
  })
})

describe('the memory of the agent', () => {
  it('is told what was heard when a rule stopped it, and finds out by itself when the caller did', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(agentResponse(1, 'Good day to you'), audio(1, encodedSilence(1_500), 'Good day to you'))
    const { utteranceId } = stage.events.of('agent.audio')[0]!
    session.interrupt([{ utteranceId, heardMs: 1_000 }])
    const text = 'You were stopped. The caller heard only this of what you said last: "Good day".'
    await wire.expect('contextual_update', { text })
    session.interrupt([{ utteranceId, heardMs: 1_500 }])
    speak(session)
    session.interrupt([{ utteranceId, heardMs: 300 }])
    await wire.expectNothing()
  })

  it('is added to by context', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    session.tell({ role: 'caller', text: 'Hello.' })
    await wire.expect('contextual_update', { text: 'The caller said: "Hello."' })
    session.tell({ role: 'agent', text: 'One moment.' })
    await wire.expect('contextual_update', { text: 'Already said to the caller: "One moment."' })
    session.rebrief({ instructions: 'Be brief.', tools: [], language: 'en-US' })
    const { text } = await wire.expect('contextual_update')
    expect(text).toMatch(/Be brief\..*Use no tools\..*language en-US/s)
  })

  it('has no tool that is not of this call', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(toolCall('t1', 'wire_money'), toolCall('t1', 'wire_money'))
    await wire.expect('client_tool_result', { tool_call_id: 't1', is_error: true })
    session.rebrief({ tools: [] })
    await wire.expect('contextual_update')
    await says(toolCall('t2'))
    await wire.expect('client_tool_result', { tool_call_id: 't2', is_error: true })
    expect(stage.events.types).toEqual(['engine.complained', 'engine.complained'])
  })
})

describe('a live conversation', () => {
  it('takes an interruption for speech of the caller that was too soft for our own ear', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(audio(1, encodedSilence(80)), interruption(1), transcript('Wait.'))
    expect(stage.events.types.slice(2)).toEqual([
      'caller.started-speaking',
      'agent.utterance-complete',
      'answer.ended',
      'caller.stopped-speaking',
      'caller.words',
    ])
  })

  it('answers pings at once', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    wire.send({ type: 'ping', ping_event: { event_id: 12, ping_ms: null } })
    await wire.expect('pong', { event_id: 12 })
  })

  it('is kept alive with a little silence every 5 s when no line brings audio for 10 s', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    wire.passesOver = undefined
    const pass = async (seconds: number) => {
      // The heartbeat's pongs take real time.
      for (let second = 0; second < seconds; second += 1) {
        stage.clock.advance(1_000)
        await wire.settled()
      }
    }
    await pass(5)
    session.hear(encodedSilence(20))
    await wire.expect(undefined, { user_audio_chunk: encodedSilence(20).toString() })
    await pass(9)
    await wire.expectNothing()
    await pass(6)
    const silence = { user_audio_chunk: encodedSilence(100).toString() }
    await wire.expect(undefined, silence)
    await wire.expect(undefined, silence)
    await wire.expectNothing()
  })

  it('counts its minutes, and the rest of one at the end', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    for (let second = 0; second < 90; second += 1) {
      stage.clock.advance(1_000)
      await wire.settled()
    }
    await session[Symbol.asyncDispose]()
    const counted = stage.events.of('usage.counted').map(({ usage }) => [usage.model, usage.audioSeconds])
    expect(counted).toEqual([
      ['elevenlabs-agents', 60],
      ['elevenlabs-agents', 30],
    ])
  })

  it('complains of an error it does not know, without its words, and ends when there is no end of them', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    const error = { type: 'error', error_event: { code: 1002, error_type: 'hiccup', message: 'the caller said' } }
    await says(error)
    expect(stage.events.of('engine.complained')).toMatchObject([{ code: 'hiccup' }])
    expect(inspect(stage.events.all)).not.toContain('the caller said')
    wire.send(...Array(200).fill(error))
    expect(await stage.events.first('engine.lost')).toMatchObject({
      error: { failure: 'dropped', code: 'error_flood' },
    })
    await session[Symbol.asyncDispose]()
    expect(stage.clock.timers).toBe(0)
  })

  it('says by its code that the agent hung up', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    wire.close(1000)
    expect(await stage.events.first('engine.lost')).toMatchObject({
      error: { code: 'agent_ended', failure: 'dropped' },
    })
  })

  it('reads audio with escapes, ids as text and events without ids', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    wire.sendRaw('{"type":"audio","audio_event":{"audio_base_64":"\\/\\/8=","event_id":"1"}}')
    wire.sendRaw('{"agent_response_event": {"agent_response": "Hi"}, "type": "agent_response"}')
    wire.sendRaw('{"audio_event": {"event_id": 2, "audio_base_64" : "//8=", "alignment": null}, "type": "audio"}')
    await wire.settled()
    expect(stage.events.of('agent.audio').map((event) => event.audio.toString())).toEqual(['//8=', '//8='])
    expect(stage.events.of('agent.words')).toMatchObject([{ text: 'Hi' }])
    expect(stage.events.of('answer.started')).toHaveLength(1)
  })

  it('logs an event type it does not know once, and one it has no use for never', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says({ type: 'agent_hummed' }, { type: 'vad_score' }, { type: 'agent_hummed' })
    expect(stage.logged.map((line) => JSON.parse(line).type)).toEqual(['agent_hummed'])
  })
})
