import { describe, expect, it } from 'vitest'
import { response, STREAM } from './agent-server.ts'
import { createClient } from './official-client.ts'
import { eventOf, eventsOf, OFFICE, startRig } from './rig.ts'

describe('REST, by the official client', () => {
  it('shows a call, ends it, and refuses to change it afterwards', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM)
    const client = createClient(rig.emulator.baseUrl)
    const call = rig.call()
    const connection = await rig.server.connection()
    expect(await client.calls(call.callSid).fetch()).toMatchObject({
      status: 'in-progress',
      direction: 'inbound',
      duration: null,
    })

    expect(await client.calls(call.callSid).update({ status: 'completed' })).toMatchObject({ status: 'completed' })
    await connection.received(({ event }) => event === 'stop')
    expect(eventsOf(call, 'call.ended')).toMatchObject([{ by: 'server' }])
    await expect(client.calls(call.callSid).update({ status: 'completed' })).rejects.toMatchObject({
      status: 400,
      code: 21220,
    })
  })

  it('takes a call out of its stream with new TwiML, and stops the stream', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM, '<Say>never</Say>')
    const client = createClient(rig.emulator.baseUrl)
    const call = rig.call()
    const connection = await rig.server.connection()
    await client.calls(call.callSid).update({ twiml: response('<Say>instead</Say>') })
    await connection.received(({ event }) => event === 'stop')
    await call.settled
    expect(eventsOf(call, 'told').map(({ content }) => content)).toEqual(['instead'])
    expect(eventsOf(call, 'stream.ended')).toMatchObject([{ because: 'call moved on' }])
  })

  it('takes a call to another address', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM)
    rig.server.answers['/moved'] = response('<Hangup/>')
    const call = rig.call()
    await rig.server.connection()
    await createClient(rig.emulator.baseUrl).calls(call.callSid).update({ url: 'https://agent.example.com/moved' })
    await call.settled
    expect(await rig.server.hook('/moved')).toMatchObject({ method: 'POST', params: { CallStatus: 'in-progress' } })
  })

  it('calls a number and tells of its progress', async () => {
    await using rig = await startRig({ people: { '+14155550123': { outcome: 'answers', afterMs: 500 } } })
    rig.server.answers['/outbound'] = response('<Hangup/>')
    const made = await createClient(rig.emulator.baseUrl).calls.create({
      ...{ to: '+14155550123', from: OFFICE, url: 'https://agent.example.com/outbound' },
      statusCallback: 'https://agent.example.com/status',
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    })
    expect(made).toMatchObject({ status: 'queued', direction: 'outbound-api', duration: null })
    await rig.emulator.calls.get(made.sid)?.settled
    const callbacks = rig.server.hooks.filter(({ path }) => path === '/status').map(({ params }) => params)
    expect(callbacks.map(({ CallStatus }) => CallStatus)).toEqual(['initiated', 'ringing', 'in-progress', 'completed'])
    expect(callbacks.map(({ SequenceNumber }) => SequenceNumber)).toEqual(['0', '1', '2', '3'])
  })

  it('starts a recording of a call that is on', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(STREAM)
    const call = rig.call()
    await eventOf(call, 'stream.started')
    const recording = await createClient(rig.emulator.baseUrl)
      .calls(call.callSid)
      .recordings.create({ recordingChannels: 'dual' })
    expect(recording).toMatchObject({
      status: 'in-progress',
      channels: 2,
      source: 'StartCallRecordingAPI',
      duration: null,
    })
  })

  it('knows neither strangers nor calls that are not there', async () => {
    await using rig = await startRig()
    const { baseUrl } = rig.emulator
    await expect(createClient(baseUrl, 'wrong').calls('CA1').fetch()).rejects.toMatchObject({
      status: 401,
      code: 20003,
    })
    await expect(createClient(baseUrl).calls('CA1').fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
  })
})

describe('REST, when it fails', () => {
  it('answers 429 as often as asked, without doing anything', async () => {
    await using rig = await startRig({ faults: { restStatus429: 2 } })
    rig.server.answers['/voice'] = response(STREAM)
    const call = rig.call()
    await rig.server.connection()
    const end = () => createClient(rig.emulator.baseUrl).calls(call.callSid).update({ status: 'completed' })
    await expect(end()).rejects.toMatchObject({ status: 429, code: 20429 })
    await expect(end()).rejects.toMatchObject({ status: 429, code: 20429 })
    expect(call.status).toBe('in-progress')
    expect(await end()).toMatchObject({ status: 'completed' })
  })

  it('does what was asked and loses the answer', async () => {
    await using rig = await startRig({ faults: { restLoseAnswers: 1 } })
    rig.server.answers['/voice'] = response(STREAM)
    const call = rig.call()
    await rig.server.connection()
    await expect(
      createClient(rig.emulator.baseUrl).calls(call.callSid).update({ status: 'completed' }),
    ).rejects.toThrow()
    expect(await call.settled).toBe('completed')
  })

  it('drops every connection while it is down', async () => {
    await using rig = await startRig({ faults: { restDown: true } })
    await expect(createClient(rig.emulator.baseUrl).calls('CA1').fetch()).rejects.toThrow()
    rig.emulator.faults.restDown = false
    await expect(createClient(rig.emulator.baseUrl).calls('CA1').fetch()).rejects.toMatchObject({ code: 20404 })
  })
})
