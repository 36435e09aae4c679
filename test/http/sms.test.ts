import { describe, expect, it } from 'vitest'
import { startTestServer } from './harness.ts'

const TEXT = {
  MessageSid: 'SM123',
  From: '+16175550123',
  To: '+16175550100',
  Body: 'Can we do Thursday?',
  NumMedia: '0',
}

const received = {
  carrierSid: 'SM123',
  from: '+16175550123',
  body: 'Can we do Thursday?',
  channel: 'sms',
  attachments: 0,
  carrierAnswered: undefined,
}

describe('the webhook of texts', () => {
  it('hands a text on and answers with nothing to say, each time the same', async () => {
    await using server = await startTestServer()
    const answers = await Promise.all([server.post('/twilio/sms', TEXT), server.post('/twilio/sms', TEXT)])
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toContain('text/xml')
      expect(await answer.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
    }
    expect(server.texts).toEqual([{ received }, { received }])
  })

  it('[S1] believes nobody but the carrier', async () => {
    await using server = await startTestServer()
    expect((await server.post('/twilio/sms', TEXT, { signed: false })).status).toBe(403)
    const forged = { ...TEXT, Body: 'START' }
    expect((await server.post('/twilio/sms', forged, { signed: { params: TEXT } })).status).toBe(403)
    expect((await server.post('/twilio/sms/status?text=text_1', { MessageSid: 'SM1' }, { signed: false })).status).toBe(
      403,
    )
    expect(server.texts).toEqual([])
  })

  it('says what the carrier answered itself, and tells WhatsApp and pictures apart', async () => {
    await using server = await startTestServer()
    await server.post('/twilio/sms', { ...TEXT, Body: 'STOP', OptOutType: 'STOP' })
    await server.post('/twilio/sms', {
      ...TEXT,
      MessageSid: 'MM1',
      From: 'whatsapp:+16175550123',
      Body: '',
      NumMedia: '2',
    })
    expect(server.texts).toEqual([
      { received: { ...received, body: 'STOP', carrierAnswered: 'stop' } },
      { received: { ...received, carrierSid: 'MM1', body: '', channel: 'whatsapp', attachments: 2 } },
    ])
  })

  it('hands reports on, with our id of the text and the code of a failure', async () => {
    await using server = await startTestServer()
    const report = { MessageSid: 'SM1', MessageStatus: 'failed', ErrorCode: '30034', To: '+16175550123' }
    expect((await server.post('/twilio/sms/status?text=text_1', report)).status).toBe(204)
    expect((await server.post('/twilio/sms/status', { ...report, MessageStatus: 'sent', ErrorCode: '' })).status).toBe(
      204,
    )
    expect(server.texts).toEqual([
      { statusReported: { textId: 'text_1', carrierSid: 'SM1', status: 'failed', failure: '30034' } },
      { statusReported: { textId: undefined, carrierSid: 'SM1', status: 'sent', failure: undefined } },
    ])
  })
})
