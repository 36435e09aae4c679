import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import {
  backend,
  closed,
  failed,
  fallSilent,
  functionCall,
  output,
  responseEvent,
  said,
  speak,
} from './openai-live-provider.ts'
import { sound, startStage } from './stage.ts'

const BOOK = { requestId: 'call_1', name: 'book', argumentsJson: '{"day":"Tuesday"}' }
const ALSO = { requestId: 'call_2', name: 'book', argumentsJson: '{}' }

const words = (delta: string) => said('input', delta, 0, 200)

describe("the caller's words", () => {
  it('are grouped, and final 0.8 s after the last of them', async () => {
    await using stage = await startStage()
    const { session, says } = await stage.connect()
    speak(session)
    await says(words('I want'))
    stage.clock.advance(2_000)
    fallSilent(session)
    await says(words(' to refinance'))
    stage.clock.advance(700)
    expect(stage.events.of('caller.words').map(({ text, final }) => [text, final])).toEqual([
      ['I want', false],
      ['I want to refinance', false],
    ])
    stage.clock.advance(200)
    const { turnId } = await stage.events.first('caller.stopped-speaking')
    expect(stage.events.of('caller.words').at(-1)).toMatchObject({ turnId, text: 'I want to refinance', final: true })
  })

  it('of one turn end where the next begins', async () => {
    await using stage = await startStage()
    const { session, says } = await stage.connect()
    speak(session)
    fallSilent(session)
    await says(words('Yes.'))
    speak(session)
    await says(words('Wait.'))
    fallSilent(session)
    stage.clock.advance(1_000)
    const turns = stage.events.of('caller.stopped-speaking').map(({ turnId }) => turnId)
    const final = stage.events.of('caller.words').filter((event) => event.final)
    expect(final.map(({ turnId, text }) => [turnId, text])).toEqual([
      [turns[0], 'Yes.'],
      [turns[1], 'Wait.'],
    ])
  })

  it('make a turn where our own ear heard none', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(words('Psst.'))
    stage.clock.advance(1_000)
    expect(stage.events.types).toEqual(['caller.started-speaking', 'caller.stopped-speaking', 'caller.words'])
  })
})

describe('a tool', () => {
  it('is called by a finished item alone, once, and gets its result when its response is over', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(
      backend(responseEvent('created')),
      backend(functionCall(BOOK, 'incomplete')),
      backend(functionCall(BOOK)),
      backend(functionCall(BOOK)),
    )
    expect(stage.events.of('tool.requested')).toMatchObject([BOOK])
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'asked for tools' }])
    session.returnToolResult('call_1', '{"booked":true}')
    await wire.expect('response.item.create', {
      item: { type: 'function_call_output', call_id: 'call_1', output: '{"booked":true}' },
    })
    await wire.expectNothing()
    await says(backend(responseEvent('completed')))
    await wire.expect('response.create')
    session.answer()
    await wire.expectNothing()
  })

  it('that takes its time has the backend go on at once', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(backend(responseEvent('created')), backend(functionCall(BOOK)), backend(functionCall(ALSO)))
    await says(backend(responseEvent('completed')))
    session.returnToolResult('call_2', '{}')
    await wire.expect('response.item.create')
    await wire.expectNothing()
    session.returnToolResult('call_1', '{}')
    await wire.expect('response.item.create')
    await wire.expect('response.create')
  })

  it('of a response that failed is told as a note, and the failure is known', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(backend(responseEvent('created')), backend(functionCall(BOOK)))
    await says(backend(responseEvent('failed', { error: { code: 'server_error', message: 'of 5551234' } })))
    expect(stage.events.of('engine.complained')).toMatchObject([{ code: 'server_error' }])
    expect(inspect(stage.events.all)).not.toContain('5551234')
    session.returnToolResult('call_1', '{"booked":true}')
    const { content } = await wire.expect('session.thinking.append')
    expect(content).toContain('{"booked":true}')
  })

  it('lets the answer to it follow "one moment" after a breath', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(output(sound(400)), backend(functionCall(BOOK)))
    session.returnToolResult('call_1', '{}')
    session.answer()
    await wire.expect('response.item.create')
    await wire.expect('response.create')
    await says(output(encodedSilence(300)), output(sound(400)), output(encodedSilence(800)))
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'asked for tools' }, { outcome: 'spoke' }])
    stage.clock.advance(4_000)
    await wire.expectNothing()
  })
})

describe('what is appended', () => {
  it('is a request when there is nothing the model would answer by itself', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    session.answer('Greet the caller.')
    await wire.expect('session.instructions.append', {
      delegation_id: null,
      content: 'Greet the caller.\nSpeak to the caller now.',
    })
    stage.clock.advance(5_100)
    expect(stage.events.of('engine.complained')).toMatchObject([{ code: 'answer_unanswered' }])
  })

  it('comes in pieces no longer than the service takes, whole words where there are any', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    const text = `${'word '.repeat(400)}${'ü'.repeat(900)}`
    session.tell({ role: 'note', text })
    const pieces: string[] = []
    await wire.settled()
    while (wire.leftOver.length > 0) pieces.push(String((await wire.expect('session.thinking.append')).content))
    expect(pieces.every((piece) => Buffer.byteLength(piece) <= 1_200)).toBe(true)
    expect(pieces.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    expect(pieces[0]).toMatch(/ word$/)
  })

  it('is all that can be changed of a briefing, but for the backend', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    session.rebrief({ language: 'de-DE', tools: [] })
    await wire.expect('session.update', { session: { delegation: { type: 'responses', responses: { tools: [] } } } })
    expect((await wire.expect('session.instructions.append')).content).toContain('de-DE')
  })

  it('is silence while no line brings audio, until one does', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connect()
    wire.passesOver = undefined
    stage.clock.advance(300)
    const silence = { audio: encodedSilence(100).toString() }
    await wire.expect('session.input_audio.append', silence)
    await wire.expect('session.input_audio.append', silence)
    session.hear(encodedSilence(20))
    await wire.expect('session.input_audio.append', { audio: encodedSilence(20).toString() })
    stage.clock.advance(100)
    await wire.expectNothing()
  })
})

describe('what it costs', () => {
  it('is told in totals and counted in parts; the rest of an unfinished account by our clock', async () => {
    await using stage = await startStage()
    const { session, says } = await stage.connect()
    const total = (seconds: number) => ({ type: 'session.usage.updated', event_id: 'e', usage: { seconds } })
    await says(total(1), total(1), total(3.5))
    stage.clock.advance(4_200)
    await session[Symbol.asyncDispose]()
    expect(
      stage.events.of('usage.counted').map(({ usage }) => [usage.model, Number(usage.audioSeconds.toFixed(3))]),
    ).toEqual([
      ['gpt-live-1', 1],
      ['gpt-live-1', 2.5],
      ['gpt-live-1', 0.7],
    ])
  })

  it('ends with the total the provider closes with', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    wire.send(closed('expired', 42))
    await stage.events.first('engine.lost')
    expect(stage.events.types).toEqual(['usage.counted', 'engine.lost'])
    expect(stage.events.of('usage.counted')).toMatchObject([{ usage: { audioSeconds: 42 } }])
  })

  it('is of the backend in tokens, under its own model', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    const usage = { input_tokens: 100, input_tokens_details: { cached_tokens: 60 }, output_tokens: 7 }
    await says(backend(responseEvent('completed', { usage }), null))
    expect(stage.events.of('usage.counted')).toMatchObject([
      { usage: { model: 'gpt-5.4-mini', textIn: 40, textCachedIn: 60, textOut: 7, audioSeconds: 0 } },
    ])
  })
})

describe('an error', () => {
  it.each([
    ['a moderation cut', { code: null, message: 'about 5551234' }, 'invalid_request_error'],
    ['a limit, which may be the backend’s', { code: 'rate_limit_exceeded' }, 'rate_limit_exceeded'],
  ])('is survived: %s', async (_what, error, code) => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(failed(error))
    expect(stage.events.all).toMatchObject([{ type: 'engine.complained', code }])
    expect(inspect(stage.events.all)).not.toContain('5551234')
  })

  it('too many of them end the session', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connect()
    wire.send(...Array.from({ length: 201 }, () => failed({ code: 'x' })))
    await stage.events.first('engine.lost')
    expect(stage.events.of('engine.complained')).toHaveLength(21)
    expect(stage.events.of('engine.lost')).toMatchObject([{ error: { code: 'error_flood' } }])
  })
})

it('is closed in good order, and not waited for without end', async () => {
  await using stage = await startStage()
  const { session, wire } = await stage.connect()
  wire.passesOver = undefined
  const closing = session[Symbol.asyncDispose]()
  await wire.expect('session.close')
  stage.clock.advance(2_000)
  await closing
  await wire.closed
  expect(stage.clock.timers).toBe(0)
})
