import { describe, expect, it } from 'vitest'
import { createTwilioMessages } from '../../../src/telephony/twilio-messages.ts'
import { PUBLIC_URL } from './agent-server.ts'
import { ACCOUNT_SID, AUTH_TOKEN, CALLER, OFFICE, type Rig, startRig } from './rig.ts'

const text = { to: CALLER, from: OFFICE, body: 'Hello', channel: 'sms' } as const
const statusCallbackUrl = `${PUBLIC_URL}/sms-status?text=text_1`

function messagesOf({ emulator: { baseUrl }, clock }: Rig) {
  return createTwilioMessages({ accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, baseUrl, clock })
}

/** Waits for so many deliveries of webhooks about texts. */
async function statuses({ emulator: { messages } }: Rig, count: number): Promise<(string | undefined)[][]> {
  await expect.poll(() => messages.webhooks.length, { timeout: 5000 }).toBe(count)
  return messages.webhooks.map(({ params }) => [params.MessageStatus, params.ErrorCode])
}

describe('texts by REST', () => {
  it('are sent, found, and reported until they are delivered', async () => {
    await using rig = await startRig()
    rig.server.answers['/sms-status'] = ''
    const messages = messagesOf(rig)
    const since = rig.clock.now()
    const sent = await messages.send({ ...text, statusCallbackUrl })
    expect(sent).toEqual({ sid: expect.stringMatching(/^SM/), status: 'queued' })
    expect(await messages.findSent({ ...text, since, except: [] })).toMatchObject({ sid: sent.sid })
    expect(await messages.findSent({ ...text, since, except: [sent.sid] })).toBeUndefined()
    expect(await messages.findSent({ ...text, body: 'Other', since, except: [] })).toBeUndefined()
    expect(await messages.findSent({ ...text, since: since + 3_600_000, except: [] })).toBeUndefined()
    expect(await statuses(rig, 3)).toEqual([
      ['queued', undefined],
      ['sent', undefined],
      ['delivered', undefined],
    ])
    expect(rig.emulator.messages.webhooks.every(({ url }) => url === statusCallbackUrl)).toBe(true)
  })

  it('that did not arrive are reported with the reason', async () => {
    await using rig = await startRig()
    rig.server.answers['/sms-status'] = ''
    rig.emulator.messages.phones.set(CALLER, 'unregistered')
    await messagesOf(rig).send({ ...text, statusCallbackUrl })
    expect((await statuses(rig, 3)).at(-1)).toEqual(['failed', '30034'])
  })

  it('whose answer was lost are found instead of sent again', async () => {
    await using rig = await startRig({ faults: { restLoseAnswers: 1 } })
    const messages = messagesOf(rig)
    const since = rig.clock.now()
    await expect(messages.send({ ...text, statusCallbackUrl })).rejects.toMatchObject({
      code: 'carrier.unreachable',
      retryable: true,
    })
    expect(await messages.findSent({ ...text, since, except: [] })).toEqual({
      sid: rig.emulator.messages.texts[0]?.sid,
      status: expect.any(String),
    })
    expect(rig.emulator.messages.texts).toHaveLength(1)
  })

  it('refused for their rate are tried again: they were not taken', async () => {
    await using rig = await startRig({ faults: { restStatus429: 2 } })
    await messagesOf(rig).send({ ...text, statusCallbackUrl })
    expect(rig.emulator.messages.texts).toHaveLength(1)
  })

  it.each([
    ['opted out', CALLER, 'text.opted-out', '21610', /opted out/],
    ['not mobile', CALLER, 'text.refused', '21614', /no mobile telephone/],
    ['delivered', '+1', 'text.refused', '21211', /no such number/],
  ] as const)('to a telephone that is %s (%s) are refused as %s', async (outcome, to, code, carrierCode, says) => {
    await using rig = await startRig()
    rig.emulator.messages.phones.set(CALLER, outcome)
    const refused = messagesOf(rig).send({ ...text, to, statusCallbackUrl })
    await expect(refused).rejects.toMatchObject({
      code,
      carrierCode,
      retryable: false,
      message: expect.stringMatching(says),
    })
    expect(rig.emulator.messages.texts).toEqual([])
  })

  it('by WhatsApp go to a WhatsApp address from one', async () => {
    await using rig = await startRig()
    await messagesOf(rig).send({ ...text, channel: 'whatsapp', statusCallbackUrl })
    expect(rig.emulator.messages.texts).toMatchObject([{ to: `whatsapp:${CALLER}`, from: `whatsapp:${OFFICE}` }])
  })
})

describe('texts that people send', () => {
  it('come as a signed form, and a stop word closes the way back until START', async () => {
    await using rig = await startRig()
    rig.server.answers['/sms'] = '<Response/>'
    const receive = (body: string) =>
      rig.emulator.messages.receive({ from: CALLER, to: OFFICE, body, smsUrl: `${PUBLIC_URL}/sms` })
    expect(await receive('Stop')).toMatchObject({ ok: true, body: '<Response/>' })
    const send = () => messagesOf(rig).send({ ...text, statusCallbackUrl })
    await expect(send()).rejects.toMatchObject({ code: 'text.opted-out' })
    await receive('START')
    await send()
    expect(rig.emulator.messages.webhooks[0]?.params).toMatchObject({
      From: CALLER,
      To: OFFICE,
      Body: 'Stop',
      NumMedia: '0',
    })
  })
})
