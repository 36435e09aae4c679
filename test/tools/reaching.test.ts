import { describe, expect, it } from 'vitest'
import { createConnectExtension } from '../../src/tools/connect-extension.ts'
import { createConnectOfficer } from '../../src/tools/connect-officer.ts'
import { type CallBacks, createRequestCallBack } from '../../src/tools/request-call-back.ts'
import { createSendText, type TextSender } from '../../src/tools/send-text.ts'
import { type ContactStopper, createStopContacting } from '../../src/tools/stop-contacting.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { anonymous, answering, CALLER, contextOf } from './tool-context.ts'

describe('connect_officer', () => {
  const tool = createConnectOfficer({ find: async (id) => (id === 'gone' ? { active: false } : undefined) })

  it('leaves the ringing to the session', async () => {
    const { reply, action } = await tool.run({ reason: 'a complaint' }, contextOf())
    expect(reply).toMatchObject({ ringing: true })
    expect(action).toEqual({ type: 'connect', reason: 'a complaint', officerId: undefined })
  })

  it.each(['gone', '+19005550100'])('[S8] rings nobody the office does not have: %s', async (officer_id) => {
    const { reply, action } = await tool.run({ reason: 'x', officer_id }, contextOf())
    expect(reply).toMatchObject({ ringing: false })
    expect(action).toBeUndefined()
  })

  it('rings the officer who is asked for', async () => {
    const dana = createConnectOfficer({ find: async () => ({ active: true }) })
    const { action } = await dana.run({ reason: 'x', officer_id: 'dana-lee' }, contextOf())
    expect(action).toMatchObject({ officerId: 'dana-lee' })
  })
})

describe('connect_extension', () => {
  const tool = createConnectExtension([{ id: 'servicing', name: 'Loan servicing', about: 'payments' }])

  it('sends the caller to a department of the list', async () => {
    const { action } = await tool.run({ extension_id: 'servicing' }, contextOf())
    expect(action).toEqual({ type: 'connect extension', extensionId: 'servicing' })
    expect(tool.description).toContain('servicing is Loan servicing: payments')
  })

  it('[S8] sends them nowhere else', async () => {
    const { reply, action } = await tool.run({ extension_id: '+19005550100' }, contextOf())
    expect(reply).toMatchObject({ connecting: false, known: ['servicing'] })
    expect(action).toBeUndefined()
  })
})

describe('request_call_back', () => {
  type CallBack = Awaited<ReturnType<CallBacks['request']>>

  function callBacks(...noted: CallBack[]) {
    const { ask, asked } = answering<Parameters<CallBacks['request']>, CallBack>(...noted)
    const clock = new FakeClock()
    const tool = createRequestCallBack({ callBacks: { request: ask }, clock, officeZone: 'America/New_York' })
    return { tool, asked: () => asked.map(([request]) => request), clock }
  }

  it('asks for it under the key of the wish, and tells when it is due', async () => {
    const { tool, asked, clock } = callBacks({ due: 'tomorrow at 3 PM Eastern', by: 'us' })
    const { reply } = await tool.run({ about: 'my file', when: 'tomorrow at 3 pm' }, contextOf())
    expect(reply).toMatchObject({ noted: true, say: 'You will be called: tomorrow at 3 PM Eastern.' })
    const [request] = asked()
    expect(request).toMatchObject({ idempotencyKey: 'call_1:key', callerNumber: CALLER, about: 'my file' })
    expect(request?.at).toBeGreaterThan(clock.now())
  })

  it('does not promise a call of ours where a person is to call', async () => {
    const { tool, asked } = callBacks({ due: 'as soon as possible', by: 'a person' })
    const { reply } = await tool.run({ about: 'x', number: '212 555 0100' }, anonymous())
    expect(reply).toMatchObject({ noted: true, by: 'a person', say: expect.stringContaining('Somebody of the office') })
    expect(asked()).toMatchObject([{ callerNumber: undefined, otherNumber: '212 555 0100', at: undefined }])
  })

  it.each([
    ['without any number', { about: 'x' }, anonymous()],
    ['at a time that is none', { about: 'x', when: 'some day' }, contextOf()],
  ])('notes nothing %s', async (_, args, context) => {
    const { tool, asked } = callBacks()
    expect((await tool.run(args, context)).reply).toMatchObject({ noted: false, say: expect.any(String) })
    expect(asked()).toEqual([])
  })
})

describe('send_text', () => {
  type Sent = Awaited<ReturnType<TextSender['send']>>

  function sender(...outcomes: Sent[]) {
    const { ask, asked } = answering<Parameters<TextSender['send']>, Sent>(...outcomes)
    return { tool: createSendText({ texts: { send: ask }, prepared: ['office address'] }), asked }
  }

  it('queues a prepared text to the number of the call', async () => {
    const { tool, asked } = sender('queued')
    expect((await tool.run({ what: 'office address' }, contextOf())).reply).toEqual({ will_be_sent: true })
    expect(asked).toMatchObject([[{ number: CALLER, what: 'office address', idempotencyKey: 'call_1:key' }]])
  })

  it.each(['opted out', 'not possible'] as const)('does not claim it: %s', async (outcome) => {
    const { reply } = await sender(outcome).tool.run({ what: 'office address' }, contextOf())
    expect(reply).toMatchObject({ will_be_sent: false, reason: outcome })
  })

  it('[S8] writes no texts of its own and none to anybody else', async () => {
    const { tool, asked } = sender()
    expect((await tool.run({ what: 'free money' }, contextOf())).reply).toMatchObject({ will_be_sent: false })
    expect((await tool.run({ what: 'office address' }, anonymous())).reply).toMatchObject({ will_be_sent: false })
    expect(tool.arguments.safeParse({ what: 'office address', number: '+19005550100' }).success).toBe(false)
    expect(asked).toEqual([])
  })
})

describe('stop_contacting', () => {
  it('[C5] stops calls and texts before it says the fixed sentence', async () => {
    const { ask, asked } = answering<Parameters<ContactStopper['optOut']>, void>(undefined)
    const { reply } = await createStopContacting({ optOut: ask }).run({}, contextOf())
    expect(reply).toEqual({ stopped: true, say_exactly: 'You will not get calls or texts from us any more.' })
    expect(asked).toMatchObject([[{ number: CALLER, callId: 'call_1', source: 'spoken' }]])
  })

  it('does not claim it when it is not durable, nor for a number nobody knows', async () => {
    const tool = createStopContacting({ optOut: () => Promise.reject(new Error('database')) })
    await expect(tool.run({}, contextOf())).rejects.toThrow('database')
    expect((await tool.run({}, anonymous())).reply).toMatchObject({ stopped: false })
  })
})
