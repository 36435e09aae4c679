import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { EngineError } from '../../../src/engines/engine.ts'
import { createOpenAiEngine } from '../../../src/engines/openai/openai-engine.ts'
import { createLog } from '../../../src/lib/log.ts'
import type { ScriptedConnection } from '../../fakes/scripted-realtime-server.ts'
import { API_KEY, SETTINGS } from './openai-provider.ts'
import { BRIEFING, CREATED, startStage, UPDATED } from './stage.ts'

async function untilSettingsSent(wire: ScriptedConnection): Promise<void> {
  wire.send(CREATED)
  await wire.expect('session.update')
}

const failure = (opening: Promise<unknown>) =>
  opening.then(
    () => Promise.reject(new Error('It opened')),
    (error: EngineError) => error,
  )

describe('opening', () => {
  it('says who we are and for whom, without the beta header, and describes the whole session', async () => {
    await using stage = await startStage()
    const opening = stage.open()
    const wire = await stage.server.nextConnection()
    expect(wire.url).toBe('/v1/realtime?model=gpt-x')
    expect(wire.headers).toMatchObject({
      authorization: `Bearer ${API_KEY}`,
      'openai-safety-identifier': 'hash-of-a-caller',
    })
    expect(wire.headers).not.toHaveProperty('openai-beta')
    expect(wire.headers).not.toHaveProperty('sec-websocket-extensions')
    wire.send(CREATED)
    await wire.expect('session.update', {
      session: {
        type: 'realtime',
        output_modalities: ['audio'],
        instructions: 'Answer the phone.',
        tools: [{ type: 'function', name: 'book', description: 'Books.', parameters: { type: 'object' } }],
        tool_choice: 'auto',
        max_output_tokens: 4096,
        audio: {
          input: {
            format: { type: 'audio/pcmu' },
            transcription: { model: 'gpt-live-transcribe', language: 'es', keywords: ['escrow'] },
            turn_detection: {
              type: 'server_vad',
              threshold: 0.5,
              prefix_padding_ms: 300,
              silence_duration_ms: 500,
              create_response: false,
              interrupt_response: true,
            },
            noise_reduction: { type: 'near_field' },
          },
          output: { format: { type: 'audio/pcmu' }, voice: 'marin', speed: 1 },
        },
      },
    })
    wire.send(UPDATED)
    await opening
  })

  it('leaves out what a setting turns off or a model does not take', async () => {
    await using stage = await startStage()
    const opening = stage.open({
      ...SETTINGS,
      turnDetection: { type: 'semantic_vad', eagerness: 'high' },
      noiseReduction: 'off',
      transcriptionModel: 'gpt-realtime-whisper',
      reasoningEffort: 'low',
    })
    const wire = await stage.server.nextConnection()
    wire.send(CREATED)
    const { session } = await wire.expect('session.update')
    expect(session).toMatchObject({ reasoning: { effort: 'low' } })
    const { input } = (session as { audio: { input: Record<string, unknown> } }).audio
    expect(input).toEqual({
      format: { type: 'audio/pcmu' },
      transcription: { model: 'gpt-realtime-whisper', language: 'es' },
      turn_detection: { type: 'semantic_vad', eagerness: 'high', create_response: false, interrupt_response: true },
    })
    wire.send(UPDATED)
    await opening
  })

  it('loses nothing that follows the confirmation in the same packet', async () => {
    await using stage = await startStage()
    const opening = stage.open()
    const wire = await stage.server.nextConnection()
    wire.send(CREATED)
    await wire.expect('session.update')
    wire.send(UPDATED, { type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'item_1' })
    await opening
    await stage.events.first('caller.started-speaking')
  })

  it.each<[string, (wire: ScriptedConnection) => Promise<void> | undefined]>([
    ['before the provider speaks', () => undefined],
    ['before the settings are confirmed', untilSettingsSent],
  ])('gives up when it is called off %s', async (_when, play) => {
    await using stage = await startStage()
    const opening = failure(stage.open())
    const wire = await stage.server.nextConnection()
    await play(wire)
    stage.abort.abort(new Error('the caller hung up'))
    expect(await opening).toMatchObject({ message: 'the caller hung up' })
    await wire.closed
    expect(stage.clock.timers).toBe(0)
  })

  it('does not connect at all when it was called off before', async () => {
    await using stage = await startStage()
    stage.abort.abort(new Error('the caller hung up'))
    expect(await failure(stage.open())).toMatchObject({ message: 'the caller hung up' })
    expect(stage.server.attempts).toBe(0)
  })

  const error = (code: string) => ({ error: { type: 'invalid_request_error', code, message: `about ${API_KEY}` } })
  it.each([
    [401, error('invalid_api_key'), {}, 'refused', 'invalid_api_key', undefined],
    [403, {}, {}, 'refused', 'http_403', undefined],
    [403, error('account_deactivated'), {}, 'refused', 'account_deactivated', undefined],
    [404, error('model_not_found'), {}, 'refused', 'model_not_found', undefined],
    [429, error('insufficient_quota'), {}, 'refused', 'insufficient_quota', undefined],
    [429, error('billing_hard_limit_reached'), {}, 'refused', 'billing_hard_limit_reached', undefined],
    [429, error('rate_limit_exceeded'), { 'retry-after-ms': '1500' }, 'limited', 'rate_limit_exceeded', 1500],
    [429, {}, { 'retry-after': '3' }, 'limited', 'http_429', 3000],
    [429, {}, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 'limited', 'http_429', undefined],
    [500, {}, {}, 'dropped', 'http_500', undefined],
    [503, {}, {}, 'dropped', 'http_503', undefined],
    [302, {}, { location: 'http://127.0.0.1:1/' }, 'dropped', 'http_302', undefined],
  ])('takes HTTP %i with %j for what it means', async (status, body, headers, kind, code, retryAfterMs) => {
    await using stage = await startStage()
    stage.server.refuseNext({ status, body, headers: headers as Record<string, string> })
    const refused = await failure(stage.open())
    expect(refused).toMatchObject({ failure: kind, code, retryAfterMs })
    expect(inspect(refused, { depth: 10 })).not.toContain(API_KEY)
  })

  it('is dropped when nobody is there, and does not tell the key', async () => {
    await using stage = await startStage()
    const log = createLog({ level: 'silent' })
    const nobody = 'http://127.0.0.1:9/v1'
    const engine = createOpenAiEngine({
      apiKey: API_KEY,
      baseUrl: nobody,
      model: 'm',
      settings: SETTINGS,
      clock: stage.clock,
      log,
    })
    const refused = await failure(engine.open(BRIEFING, { signal: stage.abort.signal, onEvent: stage.events.listen }))
    expect(refused).toMatchObject({ failure: 'dropped', code: 'socket_error' })
    expect(inspect(refused, { depth: 10 })).not.toContain(API_KEY)
  })

  it('is refused when the provider does not take the settings, and names the setting', async () => {
    await using stage = await startStage()
    const opening = failure(stage.open())
    const wire = await stage.server.nextConnection()
    wire.send(CREATED)
    await wire.expect('session.update')
    wire.send({
      type: 'error',
      error: { type: 'invalid_request_error', code: 'invalid_value', param: 'session.speed' },
    })
    expect(await opening).toMatchObject({ failure: 'refused', code: 'invalid_value' })
    expect((await opening).message).toContain('session.speed')
  })

  it('is stalled when the provider takes the connection and says nothing', async () => {
    await using stage = await startStage()
    const opening = failure(stage.open())
    const wire = await stage.server.nextConnection()
    await wire.settled()
    stage.clock.advance(4_500)
    expect(await opening).toMatchObject({ failure: 'stalled' })
  })

  it('reports the end of a session that never began by its error alone', async () => {
    await using stage = await startStage()
    const opening = failure(stage.open())
    const wire = await stage.server.nextConnection()
    wire.close(1011)
    expect(await opening).toMatchObject({ failure: 'dropped', code: 'closed_1011' })
    expect(stage.events.all).toEqual([])
  })
})
