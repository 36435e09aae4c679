import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { refusedWith, silence } from '../wire-client.ts'
import { begin, connect, play, SESSION, SESSION_WITH_TOOLS, start, urlOf } from './live-client.ts'

describe('a session starts', () => {
  it('with a key, and with no query in its address', async () => {
    await using service = await start({ apiKey: 'sk-right' })
    const url = urlOf(service.emulator)
    expect(await refusedWith(url)).toMatchObject({ status: 401 })
    expect(await refusedWith(url, { authorization: 'Bearer sk-wrong' })).toMatchObject({ status: 401 })
    const named = await refusedWith(`${url}?model=gpt-live-1`, { authorization: 'Bearer sk-right' })
    expect(named).toMatchObject({ status: 400 })
  })

  it('by session.start, whose defaults it fills in', async () => {
    await using service = await start()
    await using client = await connect(service.emulator)
    client.send({ type: 'session.start', event_id: 'start_1', session: { model: 'gpt-live-1' } })
    expect(await client.next('session.started')).toMatchObject({
      client_event_id: 'start_1',
      session: {
        status: 'active',
        audio: { format: { type: 'audio/pcm', rate: 24_000 }, output: { voice: 'marin' } },
        delegation: { type: 'client' },
      },
    })
  })

  it.each([
    ['unknown_parameter', 'session.voice', { ...SESSION, voice: 'marin' }],
    ['unknown_parameter', 'session.audio.input', { ...SESSION, audio: { ...SESSION.audio, input: {} } }],
    [
      'invalid_value',
      'session.input',
      { ...SESSION, input: [{ role: 'user', content: [{ text: 'a'.repeat(40_000) }] }] },
    ],
  ])('not at all with %s in %s', async (code, param, session) => {
    await using service = await start()
    await using client = await connect(service.emulator)
    client.send({ type: 'session.start', event_id: 'start_1', session })
    expect((await client.next('error')).error).toMatchObject({ code, param, client_event_id: 'start_1' })
    client.send({ type: 'session.input_audio.append', audio: silence(20).toString('base64') })
    expect((await client.next('error')).error).toMatchObject({ code: 'session_not_started' })
    expect(client.all('session.started')).toEqual([])
    expect(service.emulator.complaints).toEqual([code, 'session_not_started'])
  })
})

describe('output audio', () => {
  it('goes on at the pace of real time, silence included, with neither id nor times', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock, chunkMs: 20 })
    await using client = await begin(service.emulator)
    clock.advance(1_000)
    await client.ping()
    const deltas = client.all('session.output_audio.delta')
    expect(deltas).toHaveLength(50)
    expect(deltas.every((event) => Buffer.from(event.delta, 'base64').equals(silence(20)))).toBe(true)
    expect(Object.keys(deltas[0] ?? {}).toSorted()).toEqual(['delta', 'type'])
  })

  it('may be driven by input: then it stops with it, and acknowledgements pend', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock, manners: { drivenByInput: true } })
    await using client = await begin(service.emulator)
    client.send({ type: 'session.thinking.append', delegation_id: null, content: 'A fact.' })
    await client.ping()
    clock.advance(5_000)
    await client.ping()
    expect(client.all('session.output_audio.delta')).toEqual([])
    expect(client.all('session.thinking.appended')).toEqual([])
    play(client, silence(400))
    await client.ping()
    clock.advance(100)
    await client.ping()
    expect(client.all('session.output_audio.delta')).toHaveLength(4)
    expect(client.all('session.thinking.appended')).toMatchObject([{ start_ms: 0, end_ms: 300 }])
  })
})

describe('an update', () => {
  it('changes the settings of a delegation, never its type', async () => {
    await using service = await start()
    await using client = await begin(service.emulator, SESSION_WITH_TOOLS)
    const update = (delegation: object) => client.send({ type: 'session.update', session: { delegation } })
    update({ type: 'responses', responses: { instructions: 'Be brief.' } })
    expect((await client.next('session.updated')).session.delegation).toMatchObject({
      type: 'responses',
      responses: { model: 'gpt-5.4-mini', instructions: 'Be brief.' },
    })
    update({ type: 'client' })
    expect((await client.next('error')).error.code).toBe('immutable_field_update')
  })

  it('changes nothing else', async () => {
    await using service = await start()
    await using client = await begin(service.emulator)
    client.send({ type: 'session.update', session: { instructions: 'Be brief.' } })
    expect((await client.next('error')).error).toMatchObject({
      code: 'unknown_parameter',
      param: 'session.instructions',
    })
  })
})

describe('a session ends', () => {
  it('when it is asked to, after a while, with errors for what was pending', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock })
    await using client = await begin(service.emulator)
    clock.advance(30_000)
    client.send({ type: 'session.thinking.append', event_id: 'mine', delegation_id: null, content: 'A fact.' })
    client.send({ type: 'session.close', event_id: 'close_1' })
    expect((await client.next('error')).error.client_event_id).toBe('mine')
    play(client, silence(100))
    clock.advance(499)
    await client.ping()
    expect(client.all('session.closed')).toEqual([])
    clock.advance(1)
    expect(await client.next('session.closed')).toMatchObject({
      reason: 'close_requested',
      client_event_id: 'close_1',
      usage: { seconds: 30.5 },
    })
    expect((await client.closed).code).toBe(1000)
    expect(service.emulator.complaints).toEqual(['session_closing'])
  })

  it('when its time is up, and counts its seconds each minute until then', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock, faults: [{ fault: 'early expiry', afterMs: 150_000 }] })
    await using client = await begin(service.emulator)
    clock.advance(150_000)
    expect(await client.next('session.closed')).toMatchObject({ reason: 'expired', usage: { seconds: 150 } })
    expect(client.all('session.usage.updated').map(({ usage }) => usage.seconds)).toEqual([60, 120])
  })
})
