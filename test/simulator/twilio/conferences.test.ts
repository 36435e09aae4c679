import { describe, expect, it } from 'vitest'
import { createNoise } from '../../../src/simulator/noise.ts'
import type { Person } from '../../../src/simulator/twilio/carrier.ts'
import type { TwilioEmulatorOptions } from '../../../src/simulator/twilio/twilio-emulator.ts'
import { type AgentServer, PUBLIC_URL, response } from './agent-server.ts'
import { createClient } from './official-client.ts'
import { eventOf, eventsOf, OFFICE, type Rig, startRig, TIMER_SLACK_MS } from './rig.ts'

const OFFICER = '+16175550111'
const OTHER_OFFICER = '+16175550112'
const EVENTS = 'start end join leave mute hold modify announcement'

/** A caller goes into the room `transfer`; what comes then is the test's. */
async function startTransfer({
  people = {},
  attributes = '',
  faults = {},
}: {
  people?: Record<string, Person>
  attributes?: string
  faults?: TwilioEmulatorOptions['faults']
} = {}) {
  const rig = await startRig({ people, faults })
  const callback = `statusCallback="/conference" statusCallbackEvent="${EVENTS}"`
  rig.server.answers['/voice'] = response(
    `<Dial action="/left"><Conference ${callback} participantLabel="caller" beep="false" ${attributes}>transfer</Conference></Dial>`,
  )
  rig.server.answers['/left'] = response('<Hangup/>')
  rig.server.answers['/conference'] = ''
  const call = rig.call()
  await eventOf(call, 'conference.joined')
  const room = rig.emulator.conferences[0]
  if (!room) throw new Error('The caller is in no conference: see the TwiML above')
  const client = createClient(rig.emulator.baseUrl)
  return {
    ...{ rig, call, room, client },
    invite: (more: object = {}) =>
      client.conferences('transfer').participants.create({ from: OFFICE, to: OFFICER, label: 'officer', ...more }),
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  }
}

const talks = (talkMs: number): Person => ({ outcome: 'answers', afterMs: 500, talkMs })

function told(server: AgentServer) {
  return server.hooks.filter(({ path }) => path === '/conference').map(({ params }) => params)
}

function eventsTold(server: AgentServer) {
  return told(server).map(({ StatusCallbackEvent }) => StatusCallbackEvent)
}

const ended = ({ server }: Rig) => server.until(() => eventsTold(server).includes('conference-end'))

describe('a conference', () => {
  it('brings two legs together, and knows for how long', async () => {
    await using transfer = await startTransfer({
      people: { [OFFICER]: talks(4000) },
      attributes: 'endConferenceOnExit="true"',
    })
    const { rig, call, room, client } = transfer
    expect(await client.conferences(room.sid).fetch()).toMatchObject({ status: 'init', friendlyName: 'transfer' })
    const made = await transfer.invite({ endConferenceOnExit: true })
    expect(made).toMatchObject({
      status: 'queued',
      label: 'officer',
      conferenceSid: room.sid,
      endConferenceOnExit: true,
    })
    await call.settled
    await ended(rig)

    const [caller, officer] = room.participants
    expect(officer).toMatchObject({ callSid: made.callSid, label: 'officer' })
    expect(room.bridgedMs).toBeGreaterThanOrEqual(4000 - TIMER_SLACK_MS)
    expect(room.togetherMs(call.callSid, made.callSid)).toBe(room.bridgedMs)
    expect(room.accompaniedMs(call.callSid)).toBe(room.bridgedMs)
    expect((officer?.joinedMs ?? 0) - (caller?.joinedMs ?? 0)).toBeGreaterThanOrEqual(500 - TIMER_SLACK_MS)
    const { params } = await rig.server.hook('/left')
    expect(params).toMatchObject({ DialCallStatus: 'answered' })
    expect(params).not.toHaveProperty('DialCallSid')
    expect(params).not.toHaveProperty('DialCallDuration')
    expect(await client.conferences(room.sid).fetch()).toMatchObject({
      ...{ status: 'completed', reasonConferenceEnded: 'participant-with-end-conference-on-exit-left' },
      callSidEndingConference: made.callSid,
    })
    expect(rig.emulator.calls.get(made.callSid)?.status).toBe('completed')
  })

  it('tells of it, numbered, at the address of who came first', async () => {
    await using transfer = await startTransfer({ people: { [OFFICER]: talks(1000) } })
    const { rig, call, room } = transfer
    await transfer.invite({
      ...{ endConferenceOnExit: true, conferenceStatusCallback: `${PUBLIC_URL}/elsewhere` },
      conferenceStatusCallbackEvent: ['start', 'end'],
    })
    await call.settled
    await ended(rig)
    const hooks = told(rig.server)
    expect(hooks.map(({ StatusCallbackEvent, SequenceNumber }) => `${SequenceNumber} ${StatusCallbackEvent}`)).toEqual([
      '1 participant-join',
      '2 participant-join',
      '3 conference-start',
      '4 participant-leave',
      '5 participant-leave',
      '6 conference-end',
    ])
    const [joined, , , left, calledAway, over] = hooks
    expect(joined).toMatchObject({
      ...{ ConferenceSid: room.sid, FriendlyName: 'transfer', CallSid: call.callSid, ParticipantLabel: 'caller' },
      ...{
        Muted: 'false',
        Hold: 'false',
        Coaching: 'false',
        EndConferenceOnExit: 'false',
        StartConferenceOnEnter: 'true',
      },
    })
    expect(left).toMatchObject({ ReasonParticipantLeft: 'participant_hung_up', ParticipantCallStatus: 'completed' })
    expect(calledAway).toMatchObject({
      ...{
        CallSid: call.callSid,
        ReasonParticipantLeft: 'moderator_ended_conference',
        ParticipantCallStatus: 'in-progress',
      },
    })
    expect(over).toMatchObject({
      ...{
        ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
        ParticipantLabelEndingConference: 'officer',
      },
    })
    expect(rig.server.hooks.map(({ path }) => path)).not.toContain('/elsewhere')
  })

  it('[F19] tells in another order, or not at all, as the faults have it', async () => {
    await using shuffled = await startTransfer({
      ...{ people: { [OFFICER]: talks(500) }, faults: { shuffleCallbacks: true } },
    })
    await shuffled.invite({ endConferenceOnExit: true })
    await shuffled.call.settled
    await shuffled.rig.server.until(() => told(shuffled.rig.server).length === 6)
    const numbers = told(shuffled.rig.server).map(({ SequenceNumber }) => SequenceNumber)
    expect(numbers).not.toEqual(numbers.toSorted())

    await using dropped = await startTransfer({ people: { [OFFICER]: talks(500) }, faults: { dropCallbacks: 1 } })
    await dropped.invite({ endConferenceOnExit: true })
    await dropped.call.settled
    expect(told(dropped.rig.server)).toEqual([])
  })

  it('ends for all when the caller who ends it hangs up', async () => {
    await using transfer = await startTransfer({
      ...{ people: { [OFFICER]: { outcome: 'answers', afterMs: 100 } }, attributes: 'endConferenceOnExit="true"' },
    })
    const { callSid } = await transfer.invite()
    const officer = transfer.rig.emulator.calls.get(callSid)
    await transfer.rig.server.until(() => eventsTold(transfer.rig.server).includes('conference-start'))
    transfer.call.hangUp()
    expect(await officer?.settled).toBe('completed')
    await ended(transfer.rig)
    expect(transfer.room.present).toEqual([])
    expect(transfer.rig.server.hooks.map(({ path }) => path)).not.toContain('/left')
  })

  it('lets the caller wait on when an officer who is asked for does not come', async () => {
    await using transfer = await startTransfer({ people: { [OFFICER]: { outcome: 'no answer' } } })
    const { rig, room, client } = transfer
    const { callSid } = await transfer.invite({ timeout: 5, statusCallback: `${PUBLIC_URL}/leg` })
    const of = (label: string) => client.conferences(room.sid).participants(label)
    await eventOf(rig.emulator.calls.get(callSid)!, 'call.ringing')
    expect(await of('officer').fetch()).toMatchObject({ status: 'ringing' })
    await expect(transfer.invite()).rejects.toMatchObject({ code: 16025 })
    expect((await rig.server.hook('/leg')).params).toMatchObject({ CallStatus: 'no-answer' })
    const leave = await rig.server.until(() =>
      told(rig.server).find((hook) => hook.StatusCallbackEvent === 'participant-leave'),
    )
    expect(leave).toMatchObject({
      ...{ CallSid: callSid, ParticipantCallStatus: 'no-answer', ReasonParticipantLeft: 'participant_add_failed' },
    })
    await expect(of('officer').fetch()).rejects.toMatchObject({ status: 404 })
    expect(await client.conferences(room.sid).participants.list()).toMatchObject([
      { label: 'caller', status: 'connected' },
    ])
    expect(room.bridgedMs).toBe(0)
  })

  it('carries voices to those who may hear them', async () => {
    await using transfer = await startTransfer({ people: { [OFFICER]: { outcome: 'answers', afterMs: 100 } } })
    const { rig, call, room, client } = transfer
    await transfer.invite()
    await rig.server.until(() => eventsTold(rig.server).includes('conference-start'))
    const [caller, officer] = room.participants
    const words = createNoise(200)
    await call.voice.say(words).ended
    expect(officer?.heard.toBuffer().includes(words)).toBe(true)
    expect(caller?.heard.endSample).toBe(0)

    const heard = officer?.heard.endSample
    await client.conferences(room.sid).participants('caller').update({ muted: true })
    await call.voice.say(words).ended
    expect(officer?.heard.endSample).toBe(heard)
    expect(await client.conferences(room.sid).participants.list({ muted: true })).toMatchObject([{ label: 'caller' }])
  })

  it('does not count the time on hold, and plays the hold music then', async () => {
    await using transfer = await startTransfer({ people: { [OFFICER]: { outcome: 'answers', afterMs: 100 } } })
    const { rig, call, room, client } = transfer
    rig.server.answers['/hold'] = response('<Say>One moment</Say>')
    await transfer.invite()
    await rig.server.until(() => room.status === 'in-progress' && eventsTold(rig.server).includes('conference-start'))
    const caller = client.conferences(room.sid).participants('caller')
    expect(await caller.update({ hold: true, holdUrl: `${PUBLIC_URL}/hold`, holdMethod: 'POST' })).toMatchObject({
      hold: true,
    })
    await eventOf(call, 'told')
    const bridgedMs = room.bridgedMs
    await caller.update({ announceUrl: `${PUBLIC_URL}/hold` })
    await rig.server.until(() => eventsTold(rig.server).includes('announcement-end'))
    expect(room.bridgedMs).toBe(bridgedMs)
    expect(await caller.update({ hold: false })).toMatchObject({ hold: false })
    await rig.server.until(() => eventsTold(rig.server).includes('participant-unhold'))
    expect(room.bridgedMs).toBeGreaterThan(bridgedMs)
  })

  it('plays what those who wait are to hear until it starts', async () => {
    const attributes = 'startConferenceOnEnter="false" waitUrl="/wait"'
    await using rig = await startRig({ people: { [OFFICER]: talks(3000) } })
    rig.server.answers['/wait'] = response('<Say>Please hold</Say>', '<Redirect/>')
    rig.server.answers['/voice'] = response(`<Dial><Conference ${attributes}>transfer</Conference></Dial>`)
    const call = rig.call()
    await rig.server.until(() => eventsOf(call, 'told').length > 2)
    const { callSid } = await createClient(rig.emulator.baseUrl)
      .conferences('transfer')
      .participants.create({ from: OFFICE, to: OFFICER })
    const officer = rig.emulator.calls.get(callSid)!
    await eventOf(officer, 'conference.joined')
    const waited = eventsOf(call, 'told').length
    await officer.settled
    expect(rig.emulator.conferences[0]?.accompaniedMs(call.callSid)).toBeGreaterThan(2000)
    expect(eventsOf(call, 'told')).toHaveLength(waited)
  })

  it('lets go of who is removed, and of who is given other instructions', async () => {
    await using transfer = await startTransfer({
      people: {
        [OFFICER]: { outcome: 'answers', afterMs: 100 },
        [OTHER_OFFICER]: { outcome: 'answers', afterMs: 100 },
      },
    })
    const { rig, call, room, client } = transfer
    const made = await transfer.invite()
    await rig.server.until(() => eventsTold(rig.server).includes('conference-start'))
    await client.conferences(room.sid).participants('officer').remove()
    expect(await rig.emulator.calls.get(made.callSid)?.settled).toBe('completed')
    await client.calls(call.callSid).update({ twiml: response('<Say>Back again</Say>') })
    await call.settled
    await ended(rig)
    expect(eventsOf(call, 'told')).toMatchObject([{ content: 'Back again' }])
    const reasons = told(rig.server).flatMap(({ ReasonParticipantLeft = [] }) => ReasonParticipantLeft)
    expect(reasons).toEqual(['participant_updated_via_api', 'participant_updated_via_api'])
    expect(room.end?.reason).toBe('last-participant-left')
  })

  it('is ended by REST, under its sid only', async () => {
    await using transfer = await startTransfer()
    const { call, room, client } = transfer
    await expect(client.conferences('transfer').update({ status: 'completed' })).rejects.toMatchObject({ status: 404 })
    expect(await client.conferences(room.sid).update({ status: 'completed' })).toMatchObject({
      ...{ status: 'completed', reasonConferenceEnded: 'conference-ended-via-api' },
    })
    await call.settled
    expect((await transfer.rig.server.hook('/left')).params).toMatchObject({ DialCallStatus: 'answered' })
    expect(await client.conferences.list({ friendlyName: 'transfer', status: 'in-progress' })).toEqual([])
    await expect(client.conferences(room.sid).participants.create({ from: OFFICE, to: OFFICER })).rejects.toMatchObject(
      {
        status: 404,
      },
    )
  })

  it('does not let in more than it may hold', async () => {
    await using transfer = await startTransfer({ attributes: 'maxParticipants="1"' })
    const { callSid } = await transfer.invite({ maxParticipants: 1 })
    const officer = transfer.rig.emulator.calls.get(callSid)!
    await officer.settled
    expect(eventsOf(officer, 'warning')).toMatchObject([{ code: 16020 }])
    expect(transfer.room.participants).toHaveLength(1)
  })
})
