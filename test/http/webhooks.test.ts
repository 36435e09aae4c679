import { describe, expect, it, vi } from 'vitest'
import { FakeClock } from '../fakes/fake-clock.ts'
import { AUTH_TOKEN, CALL_SID, type Form, PUBLIC_URL, startTestServer } from './harness.ts'

const RINGING: Form = { CallSid: CALL_SID, From: '+14158675309', To: '+18005551212', CallStatus: 'ringing', ToCity: '' }

describe('who may call the webhooks', () => {
  const forgeries: [string, Parameters<Awaited<ReturnType<typeof startTestServer>>['post']>[2]][] = [
    ['without a signature', { signed: false }],
    ['with an empty signature', { signed: false, headers: { 'x-twilio-signature': '' } }],
    ['signed with another token', { signed: { token: 'other' } }],
    ['signed for other parameters', { signed: { params: { ...RINGING, From: '+19005550100' } } }],
    ['signed without a blank parameter', { signed: { params: { ...RINGING, ToCity: 'X' } } }],
    ['signed for the http address', { signed: { url: 'http://phone.example.com/twilio/voice' } }],
    ['signed for the host the request names', { signed: { url: 'https://evil.example/twilio/voice' } }],
    [
      'that says it was forwarded for the host it is signed for',
      {
        signed: { url: 'https://evil.example/twilio/voice' },
        headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      },
    ],
  ]
  it.each(forgeries)('[S1][S3] refuses a request %s, without a reason or an effect', async (_what, options) => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/voice', RINGING, options)
    expect(response.status).toBe(403)
    expect(await response.text()).toBe('')
    expect(test.switchboard.asked).toEqual([])
  })

  it.each([
    '/twilio/challenge',
    '/twilio/resume',
    '/twilio/status',
    '/twilio/stream',
    '/twilio/transfer/done',
    '/twilio/recording',
  ])('[S1] refuses an unsigned %s', async (path) => {
    await using test = await startTestServer()
    expect((await test.post(path, { CallSid: CALL_SID }, { signed: false })).status).toBe(403)
  })

  it('[S3] believes its own address, whatever the forwarding headers say', async () => {
    await using test = await startTestServer()
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
    expect((await test.post('/twilio/voice', RINGING, { headers })).status).toBe(200)
  })

  it('[S3] accepts a signature over the address with its port', async () => {
    await using test = await startTestServer()
    const signed = { url: 'https://phone.example.com:443/twilio/voice' }
    expect((await test.post('/twilio/voice', RINGING, { signed })).status).toBe(200)
  })

  it('[S4] keeps blank values and repeated names, which are part of the signature', async () => {
    await using test = await startTestServer()
    const params = { ...RINGING, ToZip: '', Digits: ['1', '2'] }
    expect((await test.post('/twilio/voice', params)).status).toBe(200)
  })

  it('[S5] accepts the old and the new token while they are rotated, and only then', async () => {
    await using rotating = await startTestServer({ signingTokens: ['new', AUTH_TOKEN] })
    expect((await rotating.post('/twilio/voice', RINGING, { signed: { token: 'new' } })).status).toBe(200)
    expect((await rotating.post('/twilio/voice', RINGING)).status).toBe(200)
    await using rotated = await startTestServer({ signingTokens: ['new'] })
    expect((await rotated.post('/twilio/voice', RINGING)).status).toBe(403)
  })

  it('believes unsigned requests when validation is off', async () => {
    await using test = await startTestServer({ validateSignatures: false })
    expect((await test.post('/twilio/voice', RINGING, { signed: false })).status).toBe(200)
  })
})

describe('a caller who was asked for a key or a word', () => {
  const call = { carrierCallId: CALL_SID, from: '+14158675309', to: '+18005551212' }

  it.each<[string, Form, object]>([
    ['pressed a key', { Digits: '1' }, { key: '1', words: undefined }],
    ['spoke', { SpeechResult: 'Maria Santos', Confidence: '0.9' }, { key: undefined, words: 'Maria Santos' }],
    ['was silent', { Digits: '', SpeechResult: ' ' }, { key: undefined, words: undefined }],
  ])('%s: the reply is heard with the time of asking it answers', async (_what, given, reply) => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/challenge?asked=2', { ...RINGING, ...given })
    expect(await response.text()).toContain('<Stream')
    expect(test.switchboard.asked).toEqual([{ challenged: call, reply: { asked: 2, ...reply } }])
  })

  it('[S1] is not heard when the time of asking was changed on the way', async () => {
    await using test = await startTestServer()
    const signed = { url: `${PUBLIC_URL}/twilio/challenge?asked=1` }
    expect((await test.post('/twilio/challenge?asked=2', RINGING, { signed })).status).toBe(403)
    expect(test.switchboard.asked).toEqual([])
  })
})

describe('a call that rings', () => {
  it('gets a stream to this instance with its token, and a way back to any instance', async () => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/voice', RINGING)
    expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8')
    const twiml = await response.text()
    expect(twiml).toContain('<Stream url="wss://one.phone.example.com/twilio/media"')
    expect(twiml).toContain('statusCallback="https://phone.example.com/twilio/stream"')
    expect(twiml).toContain('<Parameter name="token" value="one-use-token"/>')
    expect(twiml).toMatch(/<Redirect method="POST">https:\/\/phone\.example\.com\/twilio\/resume#/)
    expect(test.switchboard.asked).toEqual([
      { ring: { carrierCallId: CALL_SID, from: '+14158675309', to: '+18005551212' } },
    ])
  })

  it.each([
    [{ do: 'reject as busy' }, '<Reject reason="busy"/>'],
    [{ do: 'reject' }, '<Reject reason="rejected"/>'],
    [
      { do: 'challenge', asked: 2, text: 'Press one.', language: 'en-US' },
      'action="https://phone.example.com/twilio/challenge?asked=2"',
    ],
    [{ do: 'connect a person', number: '+16175550100' }, '<Number>+16175550100</Number>'],
    [{ do: 'take a message' }, '<Record action="https://phone.example.com/twilio/recording"'],
    [{ do: 'hang up' }, '<Hangup/>'],
  ] as const)('is told to %o', async (answer, twiml) => {
    await using test = await startTestServer()
    test.switchboard.answer = async () => answer
    expect(await (await test.post('/twilio/voice', RINGING)).text()).toContain(twiml)
  })

  it.each([
    ['CallSid', { From: 'anonymous', To: '+18005551212' }],
    ['CallSid', { ...RINGING, CallSid: 'MZ1' }],
    ['CallSid', { ...RINGING, CallSid: [CALL_SID, 'CA2'] }],
    ['To', { CallSid: CALL_SID, From: '+14158675309' }],
  ])('without a usable %s is a bad request that says so', async (name, params) => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/voice', params)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 'bad_request', message: expect.stringContaining(name) },
    })
    expect(test.switchboard.asked).toEqual([])
  })

  it('brings along what the carrier says of its signature', async () => {
    await using test = await startTestServer()
    await test.post('/twilio/voice', { ...RINGING, StirVerstat: 'TN-Validation-Passed-B' })
    expect(test.switchboard.asked).toMatchObject([{ ring: { stirVerdict: 'TN-Validation-Passed-B' } }])
  })

  it('goes to a person when deciding about it failed', async () => {
    await using test = await startTestServer({ rescue: () => ({ to: 'person', number: '+16175550100' }) })
    test.switchboard.answer = () => Promise.reject(new Error('SQLITE_BUSY'))
    const response = await test.post('/twilio/voice', RINGING)
    expect(response.status).toBe(200)
    const twiml = await response.text()
    expect(twiml).toContain('<Number>+16175550100</Number>')
    expect(twiml).not.toContain('SQLITE')
  })

  it('may leave a message when nothing was decided in time', async () => {
    const clock = new FakeClock()
    await using test = await startTestServer({ clock })
    test.switchboard.answer = () => new Promise(() => {})
    const response = test.post('/twilio/voice', RINGING)
    await vi.waitUntil(() => test.switchboard.asked.length > 0)
    clock.advance(4_000)
    expect(await (await response).text()).toContain('<Record')
    expect(clock.timers).toBe(0)
  })
})

describe('a call that comes back', () => {
  it('is asked about by its id', async () => {
    await using test = await startTestServer()
    test.switchboard.answer = async () => ({ do: 'hang up' })
    expect(await (await test.post('/twilio/resume', { CallSid: CALL_SID })).text()).toContain('<Hangup/>')
    expect(test.switchboard.asked).toEqual([{ resume: CALL_SID }])
  })

  it('is rescued when asking fails', async () => {
    await using test = await startTestServer()
    test.switchboard.answer = () => Promise.reject(new Error('gone'))
    expect(await (await test.post('/twilio/resume', { CallSid: CALL_SID })).text()).toContain('<Record')
  })
})

describe('status callbacks', () => {
  it.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'])('say that a call is over: %s', async (status) => {
    await using test = await startTestServer()
    expect((await test.post('/twilio/status', { CallSid: CALL_SID, CallStatus: status })).status).toBe(204)
    expect(test.switchboard.asked).toEqual([{ carrierEnded: CALL_SID }])
  })

  it.each(['ringing', 'in-progress', 'some-new-status'])('mean nothing while the call goes on: %s', async (status) => {
    await using test = await startTestServer()
    expect((await test.post('/twilio/status', { CallSid: CALL_SID, CallStatus: status })).status).toBe(204)
    expect(test.switchboard.asked).toEqual([])
  })

  it('count the stream errors the carrier reports', async () => {
    await using test = await startTestServer()
    const event = { CallSid: CALL_SID, StreamSid: 'MZ1', StreamEvent: 'stream-error', StreamError: '31921' }
    expect((await test.post('/twilio/stream', event)).status).toBe(204)
    expect((await test.post('/twilio/stream', { ...event, StreamEvent: 'stream-started' })).status).toBe(204)
    expect(await (await test.get('/metrics')).text()).toContain(
      'voice_stream_disconnects_total{side="carrier",reason="stream error"} 1',
    )
  })
})

describe('after a person was rung', () => {
  it.each(['completed', 'answered'])('hangs up when they talked: %s', async (status) => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/transfer/done', { CallSid: CALL_SID, DialCallStatus: status })
    expect(await response.text()).toContain('<Hangup/>')
    expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8')
  })

  it.each(['busy', 'no-answer', 'failed', 'canceled'])('takes a message when they did not: %s', async (status) => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/transfer/done', { CallSid: CALL_SID, DialCallStatus: status })
    expect(await response.text()).toContain('<Record')
  })
})

describe('a message recorded without us', () => {
  const MESSAGE = {
    CallSid: CALL_SID,
    RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1',
    RecordingDuration: '12',
  }

  it('is kept, and the call ends', async () => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/recording', MESSAGE)
    expect(await response.text()).toContain('<Hangup/>')
    expect(test.messages).toEqual([
      { carrierCallId: CALL_SID, recordingUrl: MESSAGE.RecordingUrl, durationSeconds: 12 },
    ])
  })

  it.each([
    ['http://169.254.169.254/latest', '12'],
    ['https://evil.example/api.twilio.com', '12'],
    ['https://api.twilio.com.evil.example/x', '12'],
    ['https://api.twilio.com@evil.example/x', '12'],
    ['file:///etc/passwd', '12'],
    [MESSAGE.RecordingUrl, '-1'],
    [MESSAGE.RecordingUrl, '12s'],
  ])('is refused with the address %s and the duration %s', async (RecordingUrl, RecordingDuration) => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/recording', { ...MESSAGE, RecordingUrl, RecordingDuration })
    expect(response.status).toBe(400)
    expect(test.messages).toEqual([])
  })

  it('ends the call politely even if it could not be kept', async () => {
    await using test = await startTestServer({ messageLeft: () => Promise.reject(new Error('disk full')) })
    const response = await test.post('/twilio/recording', MESSAGE)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<Hangup/>')
  })
})

it('[S7] answers a replay two hours later like any repeated webhook: by asking the switchboard again', async () => {
  await using test = await startTestServer()
  const first = await (await test.post('/twilio/voice', RINGING)).text()
  expect(await (await test.post('/twilio/voice', RINGING)).text()).toBe(first)
})

it('measures webhooks by route, without ids', async () => {
  await using test = await startTestServer()
  await test.post('/twilio/voice', RINGING)
  const metrics = await (await test.get('/metrics')).text()
  expect(metrics).toContain('voice_webhook_duration_seconds_count{route="/twilio/voice"} 1')
  expect(metrics).not.toContain(CALL_SID)
  expect(metrics).not.toContain(PUBLIC_URL)
})
