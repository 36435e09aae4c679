import { expect, it } from 'vitest'
import { DANA } from '../fakes/fake-officers.ts'
import { INSTANCE_URL, NEVER_ASKED, startTestServer } from './harness.ts'

const LEG = 'leg_1'
const at = (path: string) => `/twilio/transfer/${path}?leg=${LEG}`

it('[TR1] tells an officer who picks up who calls, and joins the caller only after key 1', async () => {
  await using test = await startTestServer({ validateSignatures: false })
  const heard: unknown[] = []
  using _leg = test.officerLegs.add(LEG, (event) => {
    heard.push(event)
    if (event.type === 'picked up') return { do: 'brief', words: `${DANA.name}, Maria & Co. is on the line.` }
    return { do: 'join', conference: 'hearthline-transfer_1' }
  })
  const brief = await (await test.post(at('brief'), { CallSid: 'CA1' }, { signed: false })).text()
  expect(brief).toContain('Maria &amp; Co. is on the line. Press 1 to take the call, or 2 to decline.')
  expect(brief).toContain(`/twilio/transfer/key?leg=${LEG}`)
  const joined = await (await test.post(at('key'), { CallSid: 'CA1', Digits: '1' }, { signed: false })).text()
  expect(joined).toMatch(/<Conference [^>]*endConferenceOnExit="true"[^>]*>hearthline-transfer_1<\/Conference>/)
  expect(heard).toEqual([{ type: 'picked up' }, { type: 'pressed', key: '1' }])
})

it.each([
  ['busy', 'busy'],
  ['no-answer', 'no answer'],
  ['canceled', 'failed'],
  ['completed', 'completed'],
])('[TR2] a leg that is %s has ended so', async (status, how) => {
  await using test = await startTestServer({ validateSignatures: false })
  const heard: unknown[] = []
  using _leg = test.officerLegs.add(LEG, (event) => void heard.push(event))
  const reply = await test.post(at('leg'), { CallSid: 'CA1', CallStatus: status }, { signed: false })
  expect(reply.status).toBe(204)
  expect(heard).toEqual([{ type: 'ended', how }])
})

it('[TR6] knows that they are together when the conference starts, and that they parted when it ends', async () => {
  await using test = await startTestServer({ validateSignatures: false })
  const heard: unknown[] = []
  using _leg = test.officerLegs.add(LEG, (event) => void heard.push(event))
  const tell = (form: Record<string, string>) => test.post(at('news'), form, { signed: false })
  await tell({ StatusCallbackEvent: 'participant-join', ParticipantLabel: 'officer' })
  // Perhaps into a room the officer has just left.
  await tell({ StatusCallbackEvent: 'participant-join', ParticipantLabel: 'caller' })
  expect(heard).toEqual([])
  await tell({ StatusCallbackEvent: 'conference-start' })
  await tell({ StatusCallbackEvent: 'conference-end' })
  expect(heard).toEqual([{ type: 'caller joined' }])
  expect(test.transferNews).toEqual([LEG])
})

it('[TR7] lets go of a leg nobody knows, and refuses what is signed for another address', async () => {
  await using test = await startTestServer()
  expect((await test.post(at('brief'), { CallSid: 'CA1' })).status).toBe(403)
  const reply = await test.post(at('brief'), { CallSid: 'CA1' }, { signed: { url: INSTANCE_URL + at('brief') } })
  expect(await reply.text()).toContain('does not need you any more')
})

it('[TR11] takes an officer for gone whose caller is alone a second time, and brings back whoever is astray', async () => {
  const redirected: string[] = []
  await using test = await startTestServer({
    validateSignatures: false,
    carrier: { ...NEVER_ASKED, redirect: async (callSid, twiml) => void redirected.push(`${callSid} ${twiml}`) },
  })
  const heard: unknown[] = []
  using _leg = test.officerLegs.add(LEG, (event) => void heard.push(event))
  const ask = async (asked: number) =>
    (await test.post(`${at('alone')}&asked=${asked}`, { CallSid: 'CA1' }, { signed: false })).text()
  expect(await ask(0)).toContain(`/twilio/transfer/alone?leg=${LEG}&amp;asked=1`)
  expect(heard).toEqual([])
  await ask(1)
  expect(heard).toEqual([{ type: 'caller alone' }])
  expect(redirected).toEqual([])
  test.switchboard.isAstray = true
  // The same webhook twice at once.
  await Promise.all([ask(5), ask(5)])
  expect(redirected).toEqual([expect.stringMatching(/^CA1 .*<Redirect method="POST">.*\/twilio\/resume/)])
  expect(test.switchboard.asked.at(-1)).toEqual({ leftAlone: 'CA1', isLong: true })
})

it('answers what names no leg as a mistake of whoever asks, not of ours', async () => {
  await using test = await startTestServer({ validateSignatures: false })
  const reply = await test.post('/twilio/transfer/brief?leg=CA1', { CallSid: 'CA1' }, { signed: false })
  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({
    error: { code: 'bad_request', message: expect.stringContaining('the id of a leg') },
  })
})
