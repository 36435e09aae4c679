import { describe, expect, it } from 'vitest'
import type { WebhookOutbound } from '../../src/http/webhook-services.ts'
import { CALL_SID, type Form, STREAM_TOKEN, startTestServer } from './harness.ts'

const ANSWER = '/twilio/outbound/answer?call=outbound_1'
const ANSWERED: Awaited<ReturnType<WebhookOutbound['answered']>> = {
  call: {
    id: 'outbound_1',
    number: '+16175550123',
    kind: 'reminder',
    subject: 'the appointment',
    contactName: undefined,
    language: 'en-US',
  },
  isRepeat: false,
}
const FORM = { CallSid: CALL_SID, From: '+16175550100', To: '+16175550123', CallStatus: 'in-progress' }

/** Lets everybody be spoken to, and remembers what it was told. */
function outboundOf(answered: WebhookOutbound['answered'] = async () => ANSWERED) {
  const told: unknown[] = []
  const outbound: WebhookOutbound = {
    answered,
    abandoned: async (id) => void told.push({ abandoned: id }),
    answeredBy: async (id, answeredBy) => void told.push({ answeredBy, id }),
    report: async (id, report) => void told.push({ report, id }),
  }
  return { outbound, told }
}

describe('the webhooks of calls we placed', () => {
  it('connect whoever we may speak to, as the number we called', async () => {
    await using server = await startTestServer({ outbound: outboundOf().outbound })
    const response = await server.post(ANSWER, FORM)
    expect(await response.text()).toContain(STREAM_TOKEN)
    expect(server.switchboard.asked).toMatchObject([
      {
        call: { carrierCallId: CALL_SID, from: '+16175550123', to: '+16175550100' },
        placed: { outboundId: 'outbound_1', kind: 'reminder' },
      },
    ])
  })

  it.each<[string, string, WebhookOutbound['answered']]>([
    ['whom the gate refuses now', ANSWER, async () => undefined],
    ['when the gate cannot be asked', ANSWER, () => Promise.reject(new Error('database away'))],
    ['when the call is none of ours', '/twilio/outbound/answer', async () => ANSWERED],
  ])('[F26] hang up without a word: %s', async (_, path, answered) => {
    await using server = await startTestServer({ outbound: outboundOf(answered).outbound })
    const twiml = await (await server.post(path, FORM)).text()
    expect(twiml).toContain('<Response><Hangup/></Response>')
    expect(server.switchboard.asked).toEqual([])
  })

  it('[OC5] ask nobody for a message', async () => {
    await using server = await startTestServer({ outbound: outboundOf().outbound })
    server.switchboard.answer = async () => ({ do: 'take a message' })
    const twiml = await (await server.post(ANSWER, FORM)).text()
    expect(twiml).toContain('<Response><Hangup/></Response>')
  })

  it('tell that they were not spoken to when nobody is free, once', async () => {
    const { outbound, told } = outboundOf()
    await using server = await startTestServer({ outbound })
    server.switchboard.answer = async () => ({ do: 'hang up' })
    expect(await (await server.post(ANSWER, FORM)).text()).toContain('<Hangup/>')
    expect(told).toEqual([{ abandoned: 'outbound_1' }])
  })

  it('pass on what the carrier thinks of them, and where the call is', async () => {
    const { outbound, told } = outboundOf()
    await using server = await startTestServer({ outbound })
    await server.post('/twilio/outbound/amd?call=outbound_1', { CallSid: CALL_SID, AnsweredBy: 'machine_start' })
    await server.post('/twilio/outbound/status?call=outbound_1', { CallSid: CALL_SID, CallStatus: 'completed' })
    expect(told).toEqual([
      { answeredBy: 'machine_start', id: 'outbound_1' },
      { report: { carrierSid: CALL_SID, status: 'completed' }, id: 'outbound_1' },
    ])
    expect(server.switchboard.asked).toEqual([
      { pickedUpBy: CALL_SID, answeredBy: 'machine' },
      { carrierEnded: CALL_SID },
    ])
  })

  it('[S1] believe nobody but the carrier', async () => {
    await using server = await startTestServer({ outbound: outboundOf().outbound })
    expect((await server.post(ANSWER, FORM, { signed: false })).status).toBe(403)
    expect(server.switchboard.asked).toEqual([])
  })
})

describe('a call that we placed', () => {
  const OURS: Form = { CallSid: CALL_SID, Direction: 'outbound-api' }
  const LET_GO = '<Response><Hangup/></Response>'

  it('[OC5] comes back, and is asked for no message but let go', async () => {
    await using test = await startTestServer()
    test.switchboard.answer = async () => ({ do: 'take a message' })
    expect(await (await test.post('/twilio/resume', OURS)).text()).toContain(LET_GO)
  })

  it('[OC5] is let go as well when asking fails', async () => {
    await using test = await startTestServer()
    test.switchboard.answer = () => Promise.reject(new Error('gone'))
    expect(await (await test.post('/twilio/resume', OURS)).text()).toContain(LET_GO)
  })

  it('[OC5] goes to the office when asking fails and somebody is there', async () => {
    await using test = await startTestServer({ rescue: () => ({ to: 'person', number: '+16175550100' }) })
    test.switchboard.answer = () => Promise.reject(new Error('gone'))
    expect(await (await test.post('/twilio/resume', OURS)).text()).toContain('<Number>+16175550100</Number>')
  })

  it('[OC5] ends with an apology when the person who was rung did not answer', async () => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/transfer/done', { ...OURS, DialCallStatus: 'no-answer' })
    const twiml = await response.text()
    expect(twiml).toMatch(/<Response><Say>I'm sorry, nobody is free [^<]*<\/Say><Hangup\/><\/Response>/)
  })

  it('ends without another word when they have talked', async () => {
    await using test = await startTestServer()
    const response = await test.post('/twilio/transfer/done', { ...OURS, DialCallStatus: 'completed' })
    expect(await response.text()).toContain(LET_GO)
  })
})
