import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { refusedWith, script, silence } from '../wire-client.ts'
import { begin, connect, play, say, signedUrl, start } from './agents-client.ts'

describe('connecting', () => {
  it('takes a signed URL, which takes the key and the agent', async () => {
    await using service = await start({ apiKey: 'sk-right', agentId: 'agent-1' })
    const { emulator } = service
    expect((await signedUrl(emulator, { key: 'sk-wrong' })).status).toBe(401)
    expect((await signedUrl(emulator, { key: 'sk-right', agentId: 'agent-2' })).status).toBe(404)
    const { status, url } = await signedUrl(emulator, { key: 'sk-right' })
    expect(status).toBe(200)
    expect(await refusedWith(url.replace(/signature=.+/, 'signature=forged'))).toMatchObject({ status: 403 })
    expect(emulator.connections.map((connection) => connection.status)).toEqual([401, 404, 403])
  })

  it('is turned away while the service is over its limit', async () => {
    await using service = await start()
    service.emulator.strike('limit')
    expect((await signedUrl(service.emulator)).status).toBe(429)
    service.emulator.strike('recover')
    expect((await signedUrl(service.emulator)).status).toBe(200)
  })

  it('announces the formats of the page', async () => {
    await using service = await start({ page: { outputFormat: 'pcm_16000' } })
    await using client = await begin(service.emulator)
    expect(client.all('conversation_initiation_metadata')[0]?.conversation_initiation_metadata_event).toMatchObject({
      agent_output_audio_format: 'pcm_16000',
      user_input_audio_format: 'ulaw_8000',
    })
  })
})

describe('a conversation is refused', () => {
  it.each([
    ['override_error', { conversation_config_override: { tts: { speed: 1.1 } } }],
    ['missing_dynamic_variable', { conversation_config_override: { agent: { first_message: 'Hello {{name}}' } } }],
    ['invalid_message', { conversation_config_override: { agent: { voice: 'other' } } }],
  ])('with %s', async (errorType, initiation) => {
    await using service = await start()
    await using client = await connect(service.emulator)
    client.send({ type: 'conversation_initiation_client_data', ...initiation })
    expect((await client.next('error')).error_event).toMatchObject({ code: 1008, error_type: errorType })
    expect((await client.closed).code).toBe(1008)
    expect(service.emulator.complaints).toEqual([errorType])
  })
})

describe('a conversation ends', () => {
  it('when pings stay unanswered', async () => {
    await using service = await start({ timing: { pongWithinMs: 5_000, pingEveryMs: 1_000 } })
    await using client = await connect(service.emulator, { answersPings: false })
    client.send({ type: 'conversation_initiation_client_data' })
    expect((await client.closed).code).toBe(1002)
    const ids = client.all('ping').map(({ ping_event }) => ping_event.event_id)
    expect(ids.slice(0, 3)).toEqual([1, 2, 3])
  })

  it('after 60 s without audio, and not before', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock, timing: { receiveTimeoutMs: 60_000 } })
    await using client = await begin(service.emulator, { events: ['audio'] })
    clock.advance(59_000)
    play(client, silence(20))
    await client.ping()
    clock.advance(59_500)
    await client.ping()
    expect(client.all('error')).toEqual([])
    clock.advance(500)
    expect((await client.next('error')).error_event).toMatchObject({ error_type: 'transport_receive_timeout' })
    expect((await client.closed).code).toBe(1002)
  })

  it('when it has lasted too long', async () => {
    await using service = await start({ faults: [{ fault: 'early expiry', afterMs: 1_000 }] })
    await using client = await begin(service.emulator)
    expect((await client.next('error')).error_event).toMatchObject({ error_type: 'max_duration_exceeded' })
    expect((await client.closed).code).toBe(1000)
  })

  it.each([
    ['llm_timeout', 'llm_timeout', 1002],
    ['unknown_websocket_crash', 'unknown_websocket_crash', 1011],
    ['telephony_agent_error', 'telephony_agent_error', 1008],
    ['something of another provider', 'llm_error', 1002],
  ])('when an answer fails with %s', async (code, errorType, closeCode) => {
    await using service = await start({ script: script({ say: 'Yes.' }), faults: [{ fault: 'failed response', code }] })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'Hello')
    expect((await client.next('error')).error_event).toMatchObject({ code: closeCode, error_type: errorType })
    expect((await client.closed).code).toBe(closeCode)
  })
})

it('speaks up after a silence when the page says so, and a user_activity delays that', async () => {
  const clock = new FakeClock()
  await using service = await start({ clock, timing: { inactivityMs: 10_000, thinkMs: 0 } })
  await using client = await begin(service.emulator, { events: ['agent_response'] })
  clock.advance(8_000)
  client.send({ type: 'user_activity' })
  await client.ping()
  clock.advance(9_000)
  await client.ping()
  expect(client.all('agent_response')).toEqual([])
  clock.advance(1_000)
  clock.advance(0)
  expect((await client.next('agent_response')).agent_response_event.agent_response).toContain('say it again')
})
