import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { audio, BRIEFING, done, startStage } from './stage.ts'

describe('a live session', () => {
  it('tells how long the provider waited before it called a turn ended', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    wire.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'item_u' })
    expect(await stage.events.first('caller.stopped-speaking')).toMatchObject({ turnId: 'item_u', endpointingMs: 500 })
  })

  it('counts tokens under the model that used them', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connectAndAsk()
    wire.send(
      {
        type: 'conversation.item.input_audio_transcription.completed',
        item_id: 'item_u',
        content_index: 0,
        transcript: 'Hi.',
        usage: { type: 'duration', seconds: 1.5 },
      },
      done({ status: 'completed', usage: { input_token_details: { text_tokens: 10, audio_tokens: 0 } } }),
    )
    await stage.events.first('answer.ended')
    expect(stage.events.of('usage.counted').map(({ usage }) => usage)).toMatchObject([
      { model: 'gpt-live-transcribe', audioSeconds: 1.5 },
      { model: 'gpt-x', textIn: 10, audioIn: 0 },
    ])
  })

  it('is lost when the provider sends errors without end, and tells only some of them', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    const error = { type: 'error', error: { type: 'server_error', code: 'hiccup' } }
    wire.send(...Array.from({ length: 201 }, () => error))
    expect((await stage.events.first('engine.lost')).error).toMatchObject({ failure: 'dropped', code: 'error_flood' })
    const codes = stage.events.of('engine.complained').map(({ code }) => code)
    expect(codes).toEqual([...Array(20).fill('hiccup'), 'error_flood'])
  })

  it('gives an empty turn and a complaint when the words could not be written down', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    const said = { type: 'server_error', code: 'audio_unintelligible', message: 'what the caller may have said' }
    wire.send({ type: 'conversation.item.input_audio_transcription.failed', item_id: 'item_u', error: said })
    expect(await stage.events.first('caller.words')).toMatchObject({ turnId: 'item_u', text: '', final: true })
    expect(stage.events.of('engine.complained')).toMatchObject([
      { code: 'audio_unintelligible', detail: 'server_error' },
    ])
    expect(inspect(stage.events.all)).not.toContain('may have said')
  })

  it('reports what is left of each limit', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    const limits = [{ name: 'tokens', limit: 100, remaining: 3, reset_seconds: 0.4567 }]
    wire.send({ type: 'rate_limits.updated', rate_limits: limits })
    expect(await stage.events.first('limit.reported')).toMatchObject({ name: 'tokens', remaining: 3, resetMs: 457 })
  })

  it.each([
    ['incomplete', { reason: 'max_output_tokens' }, 'cut short', 'max_output_tokens'],
    ['cancelled', { type: 'cancelled', reason: 'turn_detected' }, 'cancelled', 'turn_detected'],
    ['failed', { error: { type: 'server_error', code: 'hiccup' } }, 'failed', 'hiccup'],
    ['completed', null, 'spoke', undefined],
  ])('ends a response that is %s', async (status, details, outcome, detail) => {
    await using stage = await startStage()
    const { wire } = await stage.connectAndAsk()
    wire.send(audio('item_1', 20), done({ status, status_details: details, usage: null }))
    const ended = await stage.events.first('answer.ended')
    expect([ended.outcome, ended.detail]).toEqual([outcome, detail])
    expect(stage.events.types.slice(-3)).toEqual(['agent.audio', 'agent.utterance-complete', 'answer.ended'])
    expect(stage.events.of('engine.lost')).toEqual([])
  })

  it('finds a tool request that only the finished response shows, and no half one', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connectAndAsk()
    const call = { type: 'function_call', name: 'book', arguments: '{"day"' }
    wire.send(
      { type: 'response.function_call_arguments.done', response_id: 'resp_1', call_id: 'half', arguments: '{"day"' },
      {
        type: 'response.output_item.done',
        response_id: 'resp_1',
        item: { ...call, call_id: 'half', status: 'incomplete' },
      },
      done({ status: 'completed', output: [{ ...call, call_id: 'whole', status: 'completed', arguments: '{}' }] }),
    )
    await stage.events.first('answer.ended')
    expect(stage.events.of('tool.requested')).toMatchObject([{ requestId: 'whole' }])
  })

  it('passes over audio of a stopped response that arrives after its end', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectAndAsk()
    session.interrupt([])
    await wire.expect('response.cancel', { response_id: 'resp_1' })
    wire.send(done({ status: 'cancelled' }), audio('item_1', 20))
    await wire.expectNothing()
    expect(stage.events.of('agent.audio')).toEqual([])
  })

  it('cuts off what it held back of an utterance that was heard to the end of what was passed on', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectAndAsk()
    wire.send(audio('item_1', 100))
    await stage.events.first('agent.audio')
    session.interrupt([])
    await wire.expect('response.cancel')
    wire.send(audio('item_1', 400), done({ status: 'cancelled' }))
    await wire.expect('conversation.item.truncate', { item_id: 'item_1', audio_end_ms: 100 })
  })

  it('makes no second answer of a response the provider began by itself', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    wire.send({ type: 'response.created', response: { id: 'resp_1' } })
    await stage.events.first('answer.started')
    session.answer()
    wire.send(audio('item_1', 20), done({ status: 'completed' }))
    await stage.events.first('answer.ended')
    await wire.expectNothing()
  })

  it('keeps to itself that two requests crossed', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connectAndAsk()
    for (const code of ['conversation_already_has_active_response', 'response_cancel_not_active'])
      wire.send({ type: 'error', error: { type: 'invalid_request_error', code, message: 'x', event_id: null } })
    await wire.expectNothing()
    expect(stage.events.types).toEqual(['answer.started'])
  })

  it('complains about any other error by code and place', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    wire.send({
      type: 'error',
      error: { type: 'invalid_request_error', code: 'invalid_value', param: 'item', message: 'm' },
    })
    const detail = 'invalid_request_error about item'
    expect(await stage.events.first('engine.complained')).toMatchObject({ code: 'invalid_value', detail })
  })

  it('says that a request for an answer got no reply', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    session.answer()
    await wire.expect('response.create')
    stage.clock.advance(5_000)
    expect(stage.events.of('engine.complained')).toMatchObject([{ code: 'answer_unanswered' }])
  })

  it('logs an event type it does not know once, and one it has no use for never', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    const unknown = { type: 'response.hummed' }
    wire.send(unknown, { type: 'input_audio_buffer.committed', item_id: 'item_u' }, unknown)
    await wire.settled()
    expect(stage.logged.map((line) => JSON.parse(line).type)).toEqual(['response.hummed'])
  })

  it('changes only what a new briefing names', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    session.rebrief({ language: 'en' })
    const transcription = { model: 'gpt-live-transcribe', language: 'en', keywords: ['escrow'] }
    await wire.expect('session.update', { session: { type: 'realtime', audio: { input: { transcription } } } })
    session.rebrief({ instructions: '', tools: [] })
    await wire.expect('session.update', { session: { type: 'realtime', instructions: '', tools: [] } })
  })

  it('listens for every language the caller may speak, and tells which one it heard', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect({ ...BRIEFING, hears: ['en-US', 'es-US'] })
    session.rebrief({ language: 'es-US' })
    const transcription = { model: 'gpt-live-transcribe', languages: ['es', 'en'], keywords: ['escrow'] }
    await wire.expect('session.update', { session: { type: 'realtime', audio: { input: { transcription } } } })
    wire.send({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'item_u',
      transcript: 'Buenas tardes.',
      languages: [{ code: 'es' }],
    })
    expect(await stage.events.first('caller.words')).toMatchObject({ text: 'Buenas tardes.', language: 'es' })
  })

  it('gives an answer its own instructions', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    session.answer('Be brief.')
    await wire.expect('response.create', { response: { instructions: 'Be brief.' } })
  })

  it('drops caller audio rather than fill memory when the provider does not read, and complains once a spell', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    wire.stopReading()
    const second = encodedSilence(1_000)
    for (let sent = 0; sent < 2_000; sent += 1) session.hear(second)
    expect(stage.events.of('engine.complained')).toMatchObject([{ code: 'caller_audio_dropped' }])
  })
})

describe('the end of a session', () => {
  it.each([
    [{ code: 'session_expired' }, 'expired', undefined],
    [{ code: 'insufficient_quota' }, 'refused', undefined],
    [{ type: 'insufficient_quota', code: null }, 'refused', undefined],
    [{ code: 'rate_limit_exceeded', message: 'Please try again in 1.2s.' }, 'limited', 1200],
    [{ code: 'rate_limit_exceeded', message: 'Please try again in 60ms.' }, 'limited', 60],
  ])('comes with the error %j', async (error, kind, retryAfterMs) => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    wire.send({ type: 'error', error }, { type: 'input_audio_buffer.speech_started', item_id: 'late' })
    expect(await stage.events.first('engine.lost')).toMatchObject({ error: { failure: kind, retryAfterMs } })
    await wire.closed
    await session[Symbol.asyncDispose]()
    expect(stage.events.types).toEqual(['engine.lost'])
    expect(stage.clock.timers).toBe(0)
  })

  it.each([
    ['rate_limit_exceeded', 'limited'],
    ['insufficient_quota', 'refused'],
  ])('comes when a response fails with %s', async (code, kind) => {
    await using stage = await startStage()
    const { wire } = await stage.connectAndAsk()
    wire.send(done({ status: 'failed', status_details: { type: 'failed', error: { type: code, code } } }))
    expect(await stage.events.first('engine.lost')).toMatchObject({ error: { failure: kind } })
    expect(stage.events.types).toEqual(['answer.started', 'answer.ended', 'engine.lost'])
  })

  it('is a stall when a running response says nothing for 4 s', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connectAndAsk()
    stage.clock.advance(3_500)
    wire.send(audio('item_1', 20))
    await stage.events.first('agent.audio')
    stage.clock.advance(3_500)
    expect(stage.events.of('engine.lost')).toEqual([])
    stage.clock.advance(500)
    expect(stage.events.of('engine.lost')).toMatchObject([{ error: { failure: 'stalled', code: 'events_missed' } }])
  })

  it('comes with a flood of broken messages, not with a few', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    for (let count = 0; count < 20; count += 1) wire.sendRaw('{')
    await wire.settled()
    expect(stage.events.of('engine.complained')).toHaveLength(20)
    expect(stage.events.of('engine.lost')).toEqual([])
    wire.sendRaw('{')
    expect(await stage.events.first('engine.lost')).toMatchObject({
      error: { failure: 'dropped', code: 'malformed_flood' },
    })
  })
})
