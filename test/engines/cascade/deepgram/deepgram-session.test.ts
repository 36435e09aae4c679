import { describe, expect, it } from 'vitest'
import { encodeAudio, encodedSilence } from '../../../../src/audio/encoded-audio.ts'
import type { ListenerEvent } from '../../../../src/engines/cascade/listener.ts'
import { API_KEY, results, SPEECH_STARTED, startStage } from './stage.ts'

const rejection = (opening: Promise<unknown>) =>
  opening.then(
    () => expect.fail('it opened'),
    (error) => error,
  )

describe('a refused connection', () => {
  it.each([
    [{ status: 401, body: { err_code: 'INVALID_AUTH', err_msg: `Bad ${API_KEY}` } }, 'refused', 'INVALID_AUTH'],
    [{ status: 400, body: { err_code: 'INVALID_QUERY_PARAMETER' } }, 'refused', 'INVALID_QUERY_PARAMETER'],
    [{ status: 402 }, 'refused', 'http_402'],
    [{ status: 403 }, 'refused', 'http_403'],
    [{ status: 429, headers: { 'retry-after': '2' } }, 'limited', 'http_429'],
    [{ status: 503 }, 'dropped', 'http_503'],
  ])('with %j says what to do', async (refusal, failure, code) => {
    await using stage = await startStage()
    stage.server.refuseNext(refusal)
    const error = await rejection(stage.open(stage.nova()))
    const retryAfterMs = failure === 'limited' ? 2_000 : undefined
    expect(error).toMatchObject({ failure, code, retryAfterMs, provider: 'deepgram' })
    expect(error.message).not.toContain(API_KEY)
    if (refusal.status === 400) expect(error.message).toContain('parameter')
    expect(stage.clock.timers).toBe(0)
  })

  it('is the end of an opening that nobody waits for any more', async () => {
    await using stage = await startStage()
    const opening = stage.open(stage.flux())
    const wire = await stage.server.nextConnection()
    stage.abort.abort(new Error('the caller hung up'))
    await expect(opening).rejects.toThrow('the caller hung up')
    await wire.closed
    await expect(stage.open(stage.flux())).rejects.toThrow('the caller hung up')
    expect(stage.server.attempts).toBe(1)
  })
})

describe('a lost connection', () => {
  const timeout = (code: string) => `Deepgram did not receive it in time. See https://dpgr.am/${code}`

  it.each([
    [1008, 'DATA-0000', 'refused'],
    [1008, '', 'refused'],
    [1011, timeout('net0000'), 'stalled'],
    [1011, timeout('net0001'), 'dropped'],
    [1011, '', 'dropped'],
    [1000, '', 'dropped'],
  ])('by %i %s is told once, after the bill', async (closeCode, reason, failure) => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectNova()
    session.hear(encodedSilence(1_000))
    await wire.expect('binary')
    wire.close(closeCode, reason)
    expect(await stage.events.first('lost')).toMatchObject({ error: { failure, provider: 'deepgram' } })
    session.hear(encodedSilence(20))
    session.hurry()
    await session[Symbol.asyncDispose]()
    expect(stage.events.all).toMatchObject([{ type: 'billed', audioSeconds: 1 }, { type: 'lost' }])
    expect(stage.clock.timers).toBe(0)
  })

  it('is a stall when a caller is heard in mid-turn and no word comes for 4 s', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectNova()
    wire.send(SPEECH_STARTED)
    await stage.events.first('turn.started')
    for (let frame = 0; frame < 8; frame += 1) {
      session.hear(encodeAudio(Buffer.alloc(160, frame % 2 ? 0x00 : 0x80)))
      await wire.expect('binary')
      stage.clock.advance(500)
    }
    expect(await stage.events.first('lost')).toMatchObject({ error: { failure: 'stalled' } })
  })
})

describe('a live session', () => {
  it('sends sound as bytes, frame by frame, and never an empty frame', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectNova()
    const frame = Buffer.from(Array.from({ length: 160 }, (_, at) => at))
    session.hear(encodeAudio(frame))
    session.hear(Buffer.alloc(0))
    await wire.expect('binary', { data: frame })
    await wire.expectNothing()
  })

  it('is billed by the second of audio, each minute and when it is closed', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectNova()
    session.hear(encodedSilence(3_000))
    await wire.expect('binary')
    // In steps of 2 s: a socket whose pings are not answered in time is taken for dead.
    for (let elapsedMs = 2_000; elapsedMs <= 60_000; elapsedMs += 2_000) {
      expect(stage.events.of('billed')).toEqual([])
      stage.clock.advance(2_000)
      if (elapsedMs % 4_000 === 0) await wire.expect('KeepAlive')
      await wire.settled()
    }
    session.hear(encodedSilence(500))
    stage.clock.advance(2_000)
    expect(stage.events.of('billed')).toHaveLength(1)
    await session[Symbol.asyncDispose]()
    expect(stage.events.of('billed').map(({ audioSeconds }) => audioSeconds)).toEqual([3, 0.5])
    await wire.expect('binary')
    await wire.expect('CloseStream')
    expect(await wire.closed).toBe(1000)
  })

  it('survives what it cannot read and what it does not know', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connectNova()
    wire.sendRaw('{"type":"Results"')
    wire.sendRaw('{"type":"Results","channel":"secret words"}')
    wire.send(
      { type: 'Hummed' },
      { type: 'Hummed' },
      { type: 'Metadata' },
      { type: 'Error', variant: 'ODD', description: 'quotes the caller' },
      results('speech final', 'Yes'),
    )
    await stage.events.first('turn.ended')
    expect(stage.events.of('complained')).toMatchObject([
      { code: 'malformed_event', detail: 'no JSON object with a type' },
      { code: 'malformed_event', detail: 'Results: start' },
      { code: 'ODD', detail: 'the provider reported an error' },
    ])
    const unknown = stage.logged.map((line) => JSON.parse(line).type).filter((type) => type !== undefined)
    expect(unknown).toEqual(['Hummed'])
  })

  it('says nothing more once it is closed by whoever hears it', async () => {
    await using stage = await startStage()
    const heard: string[] = []
    let closing: PromiseLike<void> | undefined
    const onEvent = ({ type }: ListenerEvent) => {
      heard.push(type)
      // In the middle of a message that says more.
      closing = session[Symbol.asyncDispose]()
    }
    const opening = stage.nova().open({ language: 'en', hears: [], signal: stage.abort.signal, onEvent })
    const wire = await stage.server.nextConnection()
    const session = await opening
    wire.send(results('speech final', 'too late'))
    await wire.expect('CloseStream')
    await closing
    expect(heard).toEqual(['turn.started'])
  })

  it('drops sound rather than fill memory when Deepgram does not read, and complains once a spell', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectNova()
    wire.stopReading()
    const second = encodedSilence(1_000)
    for (let sent = 0; sent < 2_000; sent += 1) session.hear(second)
    expect(stage.events.of('complained')).toMatchObject([{ code: 'caller_audio_dropped' }])
  })
})
