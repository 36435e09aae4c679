import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { script, silence } from '../wire-client.ts'
import { RealtimeClient, refusal, start, TELEPHONE_SESSION } from './realtime-client.ts'

describe('connecting', () => {
  it('needs the right key', async () => {
    await using service = await start({ apiKey: 'sk-right' })
    expect(await refusal(service.emulator, { authorization: 'Bearer sk-wrong' })).toMatchObject({ status: 401 })
    expect(await refusal(service.emulator, {})).toMatchObject({ status: 401 })
    await using _ = await RealtimeClient.connect(service.emulator, { authorization: 'Bearer sk-right' })
    expect(service.emulator.connections.map(({ status }) => status)).toEqual([401, 401, 101])
  })

  it('with the header of the beta is closed with 4000', async () => {
    await using service = await start()
    const headers = { authorization: 'Bearer sk', 'openai-beta': 'realtime=v1' }
    await using client = new RealtimeClient(service.emulator, headers)
    expect((await client.next('error')).error.code).toBe('beta_api_shape_disabled')
    expect(await client.closed).toMatchObject({ code: 4000 })
  })

  it('tells the model and the safety identifier it came with', async () => {
    await using service = await start()
    const headers = { authorization: 'Bearer sk', 'openai-safety-identifier': 'hash-of-caller' }
    await using _ = await RealtimeClient.connect(service.emulator, headers)
    expect(service.emulator.connections[0]).toMatchObject({
      model: 'gpt-realtime-2.1',
      safetyIdentifier: 'hash-of-caller',
    })
  })
})

describe('a session', () => {
  it('begins with the defaults of the service', async () => {
    await using service = await start()
    await using client = await RealtimeClient.connect(service.emulator)
    expect(client.all('session.created')[0]?.session).toMatchObject({
      object: 'realtime.session',
      audio: {
        input: { format: { type: 'audio/pcm', rate: 24000 }, transcription: null },
        output: { format: { type: 'audio/pcm', rate: 24000 } },
      },
    })
  })

  it('changes only what an update names', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } })
    const { session } = await client.next('session.updated')
    expect(session).toMatchObject({ instructions: 'Be brief.', audio: TELEPHONE_SESSION.audio })
    client.send({ type: 'session.update', session: { type: 'realtime', audio: { input: { transcription: null } } } })
    const updated = await client.next('session.updated')
    expect(updated.session).toMatchObject({ instructions: 'Be brief.', audio: { input: { transcription: null } } })
    expect(updated.session.audio?.input?.turn_detection).toMatchObject({ silence_duration_ms: 500 })
  })

  it.each([
    ['a field of the beta', { type: 'realtime', voice: 'alloy' }, 'unknown_parameter', 'session.voice'],
    [
      'a misspelt one deep inside',
      { type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad', silence_ms: 1 } } } },
      'unknown_parameter',
      'session.audio.input.turn_detection.silence_ms',
    ],
    ['a missing type', { instructions: 'x' }, 'missing_required_parameter', 'session.type'],
    [
      'an idle timeout under 5 s',
      { type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 4999 } } } },
      'invalid_value',
      'session.audio.input.turn_detection.idle_timeout_ms',
    ],
  ])('refuses %s and stays as it was', async (_, session, code, param) => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    const before = service.emulator.sessions[0]!.config
    client.send({ type: 'session.update', event_id: 'cfg', session })
    expect((await client.next('error')).error).toMatchObject({
      type: 'invalid_request_error',
      code,
      param,
      event_id: 'cfg',
    })
    expect(service.emulator.sessions[0]!.config).toBe(before)
  })

  it('keeps its voice once it has spoken', async () => {
    await using service = await start({ script: script({ say: 'Hello.' }) })
    await using client = await RealtimeClient.dial(service.emulator)
    client.send({ type: 'response.create' })
    await client.next('response.done')
    client.send({ type: 'session.update', session: { type: 'realtime', audio: { output: { voice: 'marin' } } } })
    expect((await client.next('error')).error.code).toBe('cannot_update_voice')
  })

  it('survives what is no JSON and what is no event', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    client.sendRaw('{"type":')
    expect((await client.next('error')).error.code).toBe('invalid_json')
    client.send({ type: 'response.dance', event_id: 'd' })
    expect((await client.next('error')).error).toMatchObject({ event_id: 'd', param: 'type' })
    client.send({ type: 'input_audio_buffer.clear' })
    await client.next('input_audio_buffer.cleared')
  })

  it('ends after 60 minutes with an error and 1001', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock })
    await using client = await RealtimeClient.dial(service.emulator)
    expect(client.all('session.created')[0]?.session.expires_at).toBe(clock.now() / 1000 + 3600)
    clock.advance(60 * 60_000 - 1)
    client.send({ type: 'input_audio_buffer.clear' })
    await client.next('input_audio_buffer.cleared')
    clock.advance(1)
    expect((await client.next('error')).error.code).toBe('session_expired')
    expect(await client.closed).toEqual({ code: 1001, reason: 'Your session hit the maximum duration of 60 minutes.' })
    expect(clock.timers).toBe(0)
  })

  it('leaves nothing running when its client goes', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock, script: script({ say: 'Hello there.' }) })
    const client = await RealtimeClient.dial(service.emulator)
    client.send({ type: 'response.create' })
    await client.next('response.created')
    await client[Symbol.asyncDispose]()
    await expect.poll(() => clock.timers).toBe(0)
  })

  it('answers a caller who stays silent for the idle timeout after the speech would have been heard', async () => {
    const clock = new FakeClock()
    await using service = await start({
      clock,
      script: script({ when: { silence: true }, say: 'Are you there?' }, { say: 'Hello.', thinkMs: 0 }),
    })
    const turn_detection = { type: 'server_vad', idle_timeout_ms: 6000 }
    const session = {
      ...TELEPHONE_SESSION,
      audio: { ...TELEPHONE_SESSION.audio, input: { ...TELEPHONE_SESSION.audio.input, turn_detection } },
    }
    await using client = await RealtimeClient.dial(service.emulator, session)
    client.send({ type: 'response.create' })
    await client.next('response.created')
    clock.advance(0)
    for (let delta = 0; delta < 2; delta++) {
      await client.next('response.output_audio.delta')
      clock.advance(75)
    }
    client.hear(silence(300))
    await client.next('response.done')
    // "Hello." plays for 390 ms.
    clock.advance(6389)
    expect(client.all('input_audio_buffer.timeout_triggered')).toEqual([])
    clock.advance(1)
    const { item_id } = await client.next('input_audio_buffer.timeout_triggered')
    expect(await client.next('input_audio_buffer.committed')).toMatchObject({ item_id })
    await client.next('response.created')
  })
})

describe('items', () => {
  const say = (text: string, id: string) => ({
    type: 'conversation.item.create',
    item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  })

  it('are put where the client wants them, and deleted', async () => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    client.send(say('second', 'item_b'))
    client.send({ ...say('first', 'item_a'), previous_item_id: 'root' })
    client.send({ ...say('between', 'item_c'), previous_item_id: 'item_a' })
    client.send({ type: 'conversation.item.delete', item_id: 'item_a' })
    await client.next('conversation.item.deleted')
    expect(client.all('conversation.item.added').map(({ previous_item_id }) => previous_item_id)).toEqual([
      null,
      null,
      'item_a',
    ])
    expect(service.emulator.sessions[0]?.conversation.entries.map(({ words }) => words)).toEqual(['between', 'second'])
  })

  it.each([
    ['a taken id', say('again', 'item_a')],
    ['an unknown predecessor', { ...say('x', 'item_x'), previous_item_id: 'item_unknown' }],
    [
      'audio of the agent',
      {
        type: 'conversation.item.create',
        item: { type: 'message', role: 'assistant', content: [{ type: 'output_audio', audio: 'AAAA' }] },
      },
    ],
  ])('are refused with %s', async (_, event) => {
    await using service = await start()
    await using client = await RealtimeClient.dial(service.emulator)
    client.send(say('once', 'item_a'))
    client.send(event)
    await client.next('error')
    expect(service.emulator.sessions[0]?.conversation.entries).toHaveLength(1)
  })
})

describe('speech over HTTP', () => {
  const request = { model: 'gpt-4o-mini-tts', input: 'Hello.', voice: 'marin', response_format: 'pcm' }

  it('gives 24 kHz PCM to those who have a key', async () => {
    await using service = await start({ apiKey: 'sk' })
    const post = (headers: Record<string, string>, body: object) =>
      fetch(`${service.emulator.baseUrl}/audio/speech`, { method: 'POST', headers, body: JSON.stringify(body) })
    const answer = await post({ authorization: 'Bearer sk' }, request)
    // 6 characters of 65 ms at 48 bytes a ms.
    expect((await answer.arrayBuffer()).byteLength).toBe(6 * 65 * 48)
    expect((await post({}, request)).status).toBe(401)
    expect((await post({ authorization: 'Bearer sk' }, { ...request, response_format: 'opus' })).status).toBe(400)
  })
})
