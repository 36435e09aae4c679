import { describe, expect, it } from 'vitest'
import { BeepDetector } from '../../../src/audio/beep-detector.ts'
import type { Person } from '../../../src/simulator/twilio/carrier.ts'
import { PUBLIC_URL, response, STREAM } from './agent-server.ts'
import { createClient } from './official-client.ts'
import { eventOf, eventsOf, OFFICE, startRig } from './rig.ts'

const CONTACT = '+14155550123'

/** The server calls one person; `/outbound` says what with. */
async function startOutbound(person: Person, outbound: string, more: object = {}) {
  const rig = await startRig({ people: { [CONTACT]: person } })
  rig.server.answers['/outbound'] = outbound
  rig.server.answers['/keys'] = response('<Hangup/>')
  for (const path of ['/status', '/amd']) rig.server.answers[path] = ''
  const client = createClient(rig.emulator.baseUrl)
  const made = await client.calls.create({
    ...{ to: CONTACT, from: OFFICE, url: `${PUBLIC_URL}/outbound`, statusCallback: `${PUBLIC_URL}/status` },
    ...more,
  })
  const call = rig.emulator.calls.get(made.sid)
  if (!call) throw new Error('The emulator knows nothing of a call it has just placed')
  return { rig, call, client, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() }
}

const ASK = response('<Gather numDigits="1" timeout="3" action="/keys"><Say>A caller waits. Press 1.</Say></Gather>')

describe('an outbound call', () => {
  it.each([
    ['is busy', { outcome: 'busy' }, 'busy'],
    ['cannot be reached', { outcome: 'fails' }, 'failed'],
    ['does not answer', { outcome: 'no answer' }, 'no-answer'],
    ['answers too late', { outcome: 'answers', afterMs: 9000 }, 'no-answer'],
  ] as const)('tells its status callback when the person %s', async (_, person, status) => {
    await using outbound = await startOutbound(person, response(), { timeout: 5 })
    expect(await outbound.call.settled).toBe(status)
    expect((await outbound.rig.server.hook('/status')).params).toMatchObject({ CallStatus: status, CallDuration: '0' })
    expect(outbound.rig.server.hooks.map(({ path }) => path)).toEqual(['/status'])
  })

  it.each([
    ['accepts', { outcome: 'answers', presses: '1' }, '1'],
    ['declines', { outcome: 'declines' }, '2'],
    ['stays silent', { outcome: 'answers' }, ''],
    ['is a mailbox', { outcome: 'voicemail', presses: '1' }, ''],
  ] as const)('asks for a key of a person who %s', async (_, person, digits) => {
    await using outbound = await startOutbound({ ...person, afterMs: 100 }, ASK)
    await outbound.call.settled
    expect(eventsOf(outbound.call, 'gathered')).toMatchObject([{ digits }])
    expect(eventsOf(outbound.call, 'told')).toMatchObject([{ content: 'A caller waits. Press 1.' }])
  })

  it('gets a key when the person is ready to press it', async () => {
    await using outbound = await startOutbound(
      { outcome: 'answers', afterMs: 100, presses: '1', pressesAfterMs: 2500 },
      ASK,
    )
    await outbound.call.settled
    const [told] = eventsOf(outbound.call, 'told')
    const [gathered] = eventsOf(outbound.call, 'gathered')
    expect((gathered?.atMs ?? 0) - (told?.atMs ?? 0)).toBeGreaterThanOrEqual(2400)
  })

  it('ends when the person hangs up in the middle', async () => {
    await using outbound = await startOutbound(
      ...([{ outcome: 'answers', afterMs: 100, hangsUpAfterMs: 1000 }, response('<Pause length="60"/>')] as const),
    )
    expect(await outbound.call.settled).toBe('completed')
    expect(eventsOf(outbound.call, 'call.ended')).toMatchObject([{ by: 'caller' }])
    expect(outbound.call.durationSeconds).toBeLessThan(60)
  })

  it.each(['canceled', 'completed'] as const)('is called off by Status=%s while it rings', async (status) => {
    await using outbound = await startOutbound({ outcome: 'answers', afterMs: 50_000 }, response())
    await eventOf(outbound.call, 'call.ringing')
    const { call, client } = outbound
    await expect(client.calls(call.callSid).update({ twiml: response() })).rejects.toMatchObject({ code: 21220 })
    expect(await client.calls(call.callSid).update({ status })).toMatchObject({ status: 'canceled' })
    expect(await call.settled).toBe('canceled')
    expect((await outbound.rig.server.hook('/status')).params).toMatchObject({ CallStatus: 'canceled' })
  })

  it('cannot be called off once it is answered, only ended', async () => {
    await using outbound = await startOutbound({ outcome: 'answers', afterMs: 100 }, response('<Pause length="60"/>'))
    await eventOf(outbound.call, 'call.answered')
    const of = outbound.client.calls(outbound.call.callSid)
    await expect(of.update({ status: 'canceled' })).rejects.toMatchObject({ code: 21220 })
    expect(await of.update({ status: 'completed' })).toMatchObject({ status: 'completed' })
  })

  it('asks its fallback when the address fails', async () => {
    await using outbound = await startOutbound(
      ...([
        { outcome: 'answers', afterMs: 100 },
        response(),
        { url: `${PUBLIC_URL}/gone`, fallbackUrl: `${PUBLIC_URL}/keys` },
      ] as const),
    )
    await outbound.call.settled
    expect((await outbound.rig.server.hook('/keys')).params).toMatchObject({ ErrorCode: '11200' })
  })

  it('is found again by whom it was placed to, when and in which state', async () => {
    await using outbound = await startOutbound({ outcome: 'busy', afterMs: 100 }, response())
    const { call, client, rig } = outbound
    await call.settled
    const placed = new Date(call.placedAt)
    const sids = async (filter: object) => (await client.calls.list({ to: CONTACT, ...filter })).map(({ sid }) => sid)
    expect(await sids({ from: OFFICE, startTimeAfter: placed, status: 'busy' })).toEqual([call.callSid])
    expect(await sids({ startTimeAfter: new Date(call.placedAt + 2000) })).toEqual([])
    expect(await sids({ startTimeBefore: new Date(call.placedAt - 2000) })).toEqual([])
    expect(await sids({ startTime: placed })).toEqual([call.callSid])
    expect(await sids({ status: 'completed' })).toEqual([])
    expect(await sids({ from: CONTACT })).toEqual([])
    rig.server.answers['/voice'] = response(`<Dial>${CONTACT}</Dial>`)
    const caller = rig.call()
    await caller.settled
    expect(await client.calls.list({ parentCallSid: caller.callSid })).toMatchObject([{ to: CONTACT }])
  })
})

describe('answering machine detection', () => {
  const mailbox: Person = { outcome: 'voicemail', afterMs: 100, greetingMs: 3000 }

  it.each([
    ['a person', { outcome: 'answers', afterMs: 100 }, 'human'],
    ['a mailbox', mailbox, 'machine_start'],
    ['a fax', { outcome: 'answers', afterMs: 100, detectedAs: 'fax' }, 'fax'],
    ['nobody can tell', { outcome: 'answers', afterMs: 100, detectedAs: 'unknown' }, 'unknown'],
  ] as const)('says with the voice request who answered: %s', async (_, person, answeredBy) => {
    await using outbound = await startOutbound(person, response('<Hangup/>'), { machineDetection: 'Enable' })
    await outbound.call.settled
    expect((await outbound.rig.server.hook('/outbound')).params).toMatchObject({ AnsweredBy: answeredBy })
    expect(await outbound.client.calls(outbound.call.callSid).fetch()).toMatchObject({ answeredBy })
  })

  it('waits for the beep where it is to detect the end of the greeting', async () => {
    await using outbound = await startOutbound(mailbox, response('<Hangup/>'), { machineDetection: 'DetectMessageEnd' })
    const { call } = outbound
    await call.settled
    expect((await outbound.rig.server.hook('/outbound')).params).toMatchObject({ AnsweredBy: 'machine_end_beep' })
    const kinds = call.events.map(({ type }) => type)
    expect(kinds.indexOf('mailbox.beeped')).toBeLessThan(kinds.indexOf('webhook.tried', kinds.indexOf('call.answered')))
  })

  it('gives up at its timeout', async () => {
    const more = { machineDetection: 'DetectMessageEnd', machineDetectionTimeout: 3 }
    await using outbound = await startOutbound({ ...mailbox, greetingMs: 20_000 }, response('<Hangup/>'), more)
    await outbound.call.settled
    expect((await outbound.rig.server.hook('/outbound')).params).toMatchObject({ AnsweredBy: 'unknown' })
  })

  it('goes on beside the media stream, which carries greeting and beep', async () => {
    await using outbound = await startOutbound(mailbox, response(STREAM), {
      ...{ machineDetection: 'DetectMessageEnd', asyncAmd: 'true', asyncAmdStatusCallback: `${PUBLIC_URL}/amd` },
    })
    const { call, rig } = outbound
    const { params } = await rig.server.hook('/amd')
    expect(Object.keys(params).toSorted()).toEqual(['AccountSid', 'AnsweredBy', 'CallSid', 'MachineDetectionDuration'])
    expect(params).toMatchObject({ CallSid: call.callSid, AnsweredBy: 'machine_end_beep' })
    expect((await rig.server.hook('/outbound')).params).not.toHaveProperty('AnsweredBy')
    const { messages } = await rig.server.connection()
    const detector = new BeepDetector()
    const beeps = messages.filter(({ media }) => detector.hear(Buffer.from(media?.payload ?? '', 'base64')))
    expect(beeps).toHaveLength(1)
    expect(Number(beeps[0]?.media?.timestamp)).toBeGreaterThan(3000)
  })

  it('finds nothing when they hang up before', async () => {
    await using outbound = await startOutbound({ ...mailbox, hangsUpAfterMs: 500 }, response(), {
      machineDetection: 'Enable',
    })
    expect(await outbound.call.settled).toBe('completed')
    expect(outbound.rig.server.hooks.map(({ path }) => path)).toEqual(['/status'])
  })
})
