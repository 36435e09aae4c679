import { validateRequest } from 'twilio'
import { describe, expect, it } from 'vitest'
import { type MediaConnection, PUBLIC_URL, response, STREAM } from './agent-server.ts'
import { ACCOUNT_SID, AUTH_TOKEN, CALLER, eventOf, eventsOf, OFFICE, sound, startRig, TIMER_SLACK_MS } from './rig.ts'

const AFTER = '<Redirect method="POST">https://agent.example.com/resume</Redirect>'

function speak(connection: MediaConnection, lengthMs: number): void {
  const { streamSid } = connection
  connection.send({ event: 'media', streamSid, media: { payload: sound(lengthMs).toString('base64') } })
}

describe('an incoming call', () => {
  it('posts a signed form with every param the carrier sends, empty ones included', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response('<Hangup/>')
    const call = rig.call({ params: { StirVerstat: undefined, ForwardedFrom: '+14155550111' } })
    expect(await call.settled).toBe('completed')

    const [hook] = rig.server.hooks
    expect(hook?.params).toMatchObject({
      ...{ AccountSid: ACCOUNT_SID, CallSid: call.callSid, From: CALLER, Caller: CALLER, To: OFFICE, Called: OFFICE },
      ...{
        Direction: 'inbound',
        CallStatus: 'ringing',
        ApiVersion: '2010-04-01',
        ToCity: '',
        ForwardedFrom: '+14155550111',
      },
    })
    expect(hook?.params).not.toHaveProperty('StirVerstat')
    expect(hook?.headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f-]{36}$/)
    const signature = String(hook?.headers['x-twilio-signature'])
    expect(validateRequest(AUTH_TOKEN, signature, `${PUBLIC_URL}/voice`, hook?.params ?? {})).toBe(true)
    expect(validateRequest(AUTH_TOKEN, signature, `${PUBLIC_URL}/voice`, { ...hook?.params, From: OFFICE })).toBe(false)
  })

  it('is not answered when the first verb rejects it', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response('<Reject reason="busy"/>')
    const call = rig.call()
    expect(await call.settled).toBe('busy')
    expect(eventsOf(call, 'call.answered')).toEqual([])
  })

  it('does what the TwiML says, in order, and warns of what it does not know', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(
      '<Say shout="yes">Hello</Say>',
      '<Pause length="1"/>',
      '<Dance/>',
      '<Redirect>/next</Redirect>',
      '<Say>never</Say>',
    )
    rig.server.answers['/next'] = response('<Play>/tone.wav</Play>')
    const call = rig.call()
    await call.settled
    expect(eventsOf(call, 'told').map(({ content }) => content)).toEqual(['Hello', `${PUBLIC_URL}/tone.wav`])
    expect(eventsOf(call, 'warning')).toMatchObject([
      { code: 12200, message: 'unknown attribute shout of <Say>' },
      { code: 12200, message: 'unknown element <Dance>' },
    ])
    const [hello, tone] = eventsOf(call, 'told')
    expect((tone?.atMs ?? 0) - (hello?.atMs ?? 0)).toBeGreaterThanOrEqual(1300 - 2 * TIMER_SLACK_MS)
  })
})

describe('a media stream', () => {
  it('is opened by a signed upgrade and begins with connected, start and media', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(
      '<Connect><Stream url="wss://agent.example.com/media"><Parameter name="token" value="a&amp;b"/></Stream></Connect>',
    )
    const call = rig.call()
    const connection = await rig.server.connection()
    await connection.received((message) => message.media?.chunk === '3')

    const signature = String(connection.headers['x-twilio-signature'])
    expect(validateRequest(AUTH_TOKEN, signature, 'wss://agent.example.com/media', {})).toBe(true)
    expect(validateRequest(AUTH_TOKEN, signature, 'https://agent.example.com/media', {})).toBe(false)
    const [connected, start, ...media] = connection.messages
    expect(connected).toEqual({ event: 'connected', protocol: 'Call', version: '1.0.0' })
    const streamSid = call.streams[0]?.streamSid
    expect(start).toEqual({
      event: 'start',
      sequenceNumber: '1',
      start: {
        ...{ accountSid: ACCOUNT_SID, callSid: call.callSid, streamSid, tracks: ['inbound'] },
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters: { token: 'a&b' },
      },
      streamSid,
    })
    const payload = Buffer.alloc(160, 0xff).toString('base64')
    expect(media.slice(0, 2)).toEqual([
      {
        event: 'media',
        sequenceNumber: '2',
        media: { track: 'inbound', chunk: '1', timestamp: '155', payload },
        streamSid,
      },
      {
        event: 'media',
        sequenceNumber: '3',
        media: { track: 'inbound', chunk: '2', timestamp: '175', payload },
        streamSid,
      },
    ])
  })

  it('carries the caller’s voice and keys, and keeps both sides to the sample', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM)
    const call = rig.call()
    const connection = await rig.server.connection()
    const said = sound(250)
    const utterance = call.voice.say(said)
    const heard = sound(400, 50)
    const { streamSid } = connection
    connection.send({ event: 'media', streamSid, media: { payload: heard.toString('base64') } })
    connection.send({ event: 'mark', streamSid, mark: { name: 'end' } })
    await utterance.ended
    call.press('5')
    await connection.received(({ mark }) => mark?.name === 'end')
    await connection.received(({ dtmf }) => dtmf?.digit === '5' && dtmf.track === 'inbound_track')

    const [stream] = call.streams
    const { startMs = 0, endMs = 0 } = utterance
    expect(endMs - startMs).toBe(250)
    expect(stream?.sent.toBuffer(endMs).subarray(startMs * 8)).toEqual(said)
    const received = connection.messages.filter(({ media }) => media && Number(media.timestamp) >= startMs)
    const bytes = Buffer.concat(received.map(({ media }) => Buffer.from(media?.payload ?? '', 'base64')))
    expect(bytes.subarray(0, said.length)).toEqual(said)

    const [span] = stream?.heard.spans() ?? []
    expect((span?.endMs ?? 0) - (span?.startMs ?? 0)).toBe(400)
    expect(stream?.heard.toBuffer().subarray((span?.startMs ?? 0) * 8)).toEqual(heard)
    expect(eventsOf(call, 'mark.reached')).toMatchObject([{ name: 'end', because: 'played', positionMs: span?.endMs }])
  })

  it('runs the TwiML after Connect when the server closes the socket', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM, AFTER)
    rig.server.answers['/resume'] = response('<Hangup/>')
    const call = rig.call()
    const connection = await rig.server.connection()
    connection.socket.close(1000)
    expect(await call.settled).toBe('completed')
    expect(rig.server.hooks.map(({ path }) => path)).toEqual(['/voice', '/resume'])
    expect(eventsOf(call, 'stream.ended')).toMatchObject([{ because: 'server closed it' }])
    expect(eventsOf(call, 'warning')).toEqual([])
  })

  it('[F6] runs the TwiML after Connect when the connection is cut', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM, AFTER)
    rig.server.answers['/resume'] = response(STREAM)
    const call = rig.call()
    const first = await rig.server.connection()
    speak(first, 200)
    await eventOf(call, 'agent.fell-silent')
    first.destroy()
    const second = await rig.server.connection(1)
    speak(second, 300)
    await rig.server.until(() => eventsOf(call, 'agent.fell-silent').length === 2)
    const [before, after] = call.heardSpans()
    expect((before?.endMs ?? 0) - (before?.startMs ?? 0)).toBeCloseTo(200)
    expect(after?.startMs).toBeGreaterThan(before?.endMs ?? 0)
    expect(second.streamSid).not.toBe(first.streamSid)
    expect(eventsOf(call, 'stream.ended')).toMatchObject([{ because: 'server broke off' }])
    expect(eventsOf(call, 'warning')).toMatchObject([{ code: 31921 }])
  })

  it('runs the next TwiML when the server does not take the upgrade', async () => {
    await using rig = await startRig({
      reach: (url) => (url.startsWith('wss') ? 'ws://127.0.0.1:1/' : rig.server.reach(url)),
    })
    rig.server.answers['/voice'] = response(
      '<Connect><Stream url="wss://agent.example.com/media" statusCallback="https://agent.example.com/stream"/></Connect>',
      AFTER,
    )
    rig.server.answers['/resume'] = response()
    const call = rig.call()
    await call.settled
    expect(eventsOf(call, 'warning')).toMatchObject([{ code: 31902 }])
    const callback = await rig.server.hook('/stream')
    expect(callback.params).toMatchObject({ StreamEvent: 'stream-error', CallSid: call.callSid })
    expect(callback.params.StreamError).toContain('31902')
    expect(rig.server.hooks.map(({ path }) => path)).toContain('/resume')
  })

  it('says stop and closes when the caller hangs up', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM, AFTER)
    const call = rig.call({ statusCallbackUrl: `${PUBLIC_URL}/status` })
    const connection = await rig.server.connection()
    call.hangUp()
    await call.settled
    const { callSid } = call
    await connection.received(({ event }) => event === 'stop')
    expect(connection.messages.at(-1)).toMatchObject({ event: 'stop', stop: { accountSid: ACCOUNT_SID, callSid } })
    await rig.server.until(() => connection.socket.readyState === connection.socket.CLOSED)
    const status = await rig.server.hook('/status')
    expect(status.params).toMatchObject({
      CallStatus: 'completed',
      SequenceNumber: '0',
      CallbackSource: 'call-progress-events',
    })
    expect(Number(status.params.CallDuration)).toBeGreaterThan(0)
    expect(rig.server.hooks.map(({ path }) => path)).not.toContain('/resume')
  })

  it('tells of its life by signed callbacks', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(
      '<Connect><Stream name="call-1" url="wss://agent.example.com/media" statusCallback="https://agent.example.com/stream"/></Connect>',
    )
    rig.server.answers['/stream'] = ''
    const call = rig.call()
    const connection = await rig.server.connection()
    connection.socket.close(1000)
    await call.settled
    const callbacks = rig.server.hooks.filter(({ path }) => path === '/stream')
    expect(callbacks.map(({ params }) => params.StreamEvent)).toEqual(['stream-started', 'stream-stopped'])
    for (const { headers, params } of callbacks) {
      expect(params).toMatchObject({ StreamName: 'call-1', StreamSid: connection.streamSid, AccountSid: ACCOUNT_SID })
      expect(params.Timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z$/)
      expect(validateRequest(AUTH_TOKEN, String(headers['x-twilio-signature']), `${PUBLIC_URL}/stream`, params)).toBe(
        true,
      )
    }
  })

  it('ignores messages the carrier would ignore, and warns once of each kind', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM)
    const call = rig.call()
    const connection = await rig.server.connection()
    const { streamSid } = connection
    const media = { payload: sound(20).toString('base64') }
    connection.send({ event: 'media', streamSid, media: { ...media, track: 'outbound' } })
    connection.send({ event: 'media', media })
    connection.send({ event: 'clear', streamSid: 'MZother' })
    connection.socket.send(Buffer.from('{}'), { binary: true })
    connection.send({ event: 'mark', streamSid, mark: { name: 'last' } })
    await connection.received(({ mark }) => mark?.name === 'last')
    expect(eventsOf(call, 'warning').map(({ code }) => code)).toEqual([31951, 31950])
    expect(call.streams[0]?.heard.spans()).toEqual([])
  })
})

describe('an address that fails', () => {
  it('is replaced by the fallback, which is told why', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = (_, reply) => reply.writeHead(500).end()
    rig.server.answers['/fallback'] = response('<Hangup/>')
    const call = rig.call({ fallbackUrl: `${PUBLIC_URL}/fallback` })
    await call.settled
    expect(rig.server.hooks.map(({ path }) => path)).toEqual(['/voice', '/fallback'])
    expect(rig.server.hooks[1]?.params).toMatchObject({ ErrorCode: '11200', ErrorUrl: `${PUBLIC_URL}/voice` })
  })

  it('is tried again as its connection override says, under one idempotency token', async () => {
    await using rig = await startRig()
    let tries = 0
    rig.server.answers['/voice'] = (_, reply) => {
      tries += 1
      reply.writeHead(tries < 3 ? 503 : 200).end(response('<Hangup/>'))
    }
    const call = rig.call({ voiceUrl: `${PUBLIC_URL}/voice#rc=2&rp=5xx` })
    await call.settled
    expect(eventsOf(call, 'webhook.tried').map(({ status }) => status)).toEqual([503, 503, 200])
    const { hooks } = rig.server
    expect(new Set(hooks.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1)
    expect(
      validateRequest(
        AUTH_TOKEN,
        String(hooks[0]?.headers['x-twilio-signature']),
        `${PUBLIC_URL}/voice`,
        hooks[0]?.params ?? {},
      ),
    ).toBe(true)
  })

  it('is given up when the answer takes longer than the override allows', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = () => {}
    const call = rig.call({ voiceUrl: `${PUBLIC_URL}/voice#rt=1000` })
    await call.settled
    expect(eventsOf(call, 'warning')).toMatchObject([{ code: 11200 }])
    expect(eventsOf(call, 'told')).toMatchObject([{ content: expect.stringContaining('application error') }])
  })

  it('loses its params when it redirects', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = (_, reply) => reply.writeHead(302, { location: '/elsewhere' }).end()
    rig.server.answers['/elsewhere'] = response('<Hangup/>')
    await rig.call().settled
    expect(rig.server.hooks[1]).toMatchObject({ path: '/elsewhere', method: 'GET', params: {} })
  })
})

it('leaves nothing running when it is closed in the middle of a call', async () => {
  const rig = await startRig()
  rig.server.answers['/voice'] = response(STREAM)
  const call = rig.call()
  await eventOf(call, 'stream.started')
  await rig[Symbol.asyncDispose]()
  expect(await call.settled).toBe('completed')
})
