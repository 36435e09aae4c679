import { describe, expect, it } from 'vitest'
import { createNoise } from '../../../src/simulator/noise.ts'
import { PUBLIC_URL, response } from './agent-server.ts'
import { eventOf, eventsOf, startRig } from './rig.ts'

const OFFICER = '+14155550161'
const OTHER_OFFICER = '+14155550162'

describe('<Dial>', () => {
  const dial = (attributes = '', inside = OFFICER) => response(`<Dial action="/dialled" ${attributes}>${inside}</Dial>`)

  it.each([
    ['busy', { outcome: 'busy' }, 'busy'],
    ['not there', { outcome: 'no answer' }, 'no-answer'],
    ['slower than the timeout', { outcome: 'answers', afterMs: 6000 }, 'no-answer'],
    ['out of reach', { outcome: 'fails' }, 'failed'],
  ] as const)('tells its action when the person is %s', async (_, person, status) => {
    await using rig = await startRig({ people: { [OFFICER]: person } })
    rig.server.answers['/voice'] = dial('timeout="5"')
    rig.server.answers['/dialled'] = response('<Hangup/>')
    const call = rig.call()
    await call.settled
    const { params } = await rig.server.hook('/dialled')
    expect(params).toMatchObject({ DialCallStatus: status, DialBridged: 'false', DialCallDuration: '0' })
    expect(eventsOf(call, 'dialled')).toMatchObject([{ number: OFFICER, status, bridged: false }])
  })

  it('connects a person until they hang up', async () => {
    await using rig = await startRig({ people: { [OFFICER]: { outcome: 'answers', afterMs: 500, talkMs: 3000 } } })
    rig.server.answers['/voice'] = dial()
    rig.server.answers['/dialled'] = response('<Hangup/>')
    const call = rig.call()
    await call.settled
    const { params } = await rig.server.hook('/dialled')
    expect(params).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'true' })
    expect(Number(params.DialCallDuration)).toBeGreaterThanOrEqual(3)
    expect(rig.emulator.calls.get(params.DialCallSid ?? '')).toMatchObject({
      direction: 'outbound-dial',
      status: 'completed',
    })
  })

  const whispered = `<Number url="/whisper">${OFFICER}</Number>`
  const pressOne = response('<Gather numDigits="1" timeout="3" action="/accept"><Say>Press 1</Say></Gather><Hangup/>')

  it.each([
    ['presses 1', { presses: '1' }, 'completed', 'true'],
    ['is a voicemail', {}, 'no-answer', 'false'],
  ] as const)('lets a whisper decide whether to connect: who answers %s', async (_, presses, status, bridged) => {
    await using rig = await startRig({
      people: { [OFFICER]: { outcome: 'answers', afterMs: 100, talkMs: 500, ...presses } },
    })
    rig.server.answers['/voice'] = dial('', whispered)
    rig.server.answers['/whisper'] = pressOne
    rig.server.answers['/accept'] = response()
    rig.server.answers['/dialled'] = response('<Hangup/>')
    const call = rig.call()
    await call.settled
    const { params } = await rig.server.hook('/dialled')
    expect(params).toMatchObject({ DialCallStatus: status, DialBridged: bridged })
    const whisper = await rig.server.hook('/whisper')
    expect(whisper.params).toMatchObject({
      CallSid: params.DialCallSid,
      ParentCallSid: call.callSid,
      Direction: 'outbound-dial',
    })
  })

  it('connects the first of several and cancels the others', async () => {
    const people = {
      [OFFICER]: { outcome: 'answers', afterMs: 5000 },
      [OTHER_OFFICER]: { outcome: 'answers', afterMs: 500, talkMs: 500 },
    } as const
    await using rig = await startRig({ people })
    rig.server.answers['/voice'] = dial('', `<Number>${OFFICER}</Number><Number>${OTHER_OFFICER}</Number>`)
    rig.server.answers['/dialled'] = response('<Hangup/>')
    const call = rig.call()
    await call.settled
    expect(eventsOf(call, 'dialled')).toMatchObject([
      { number: OFFICER, status: 'canceled', bridged: false },
      { number: OTHER_OFFICER, status: 'completed', bridged: true },
    ])
  })

  it('lets go of the other leg when the caller hangs up', async () => {
    await using rig = await startRig({ people: { [OFFICER]: { outcome: 'answers', afterMs: 600_000 } } })
    rig.server.answers['/voice'] = response(`<Dial timeout="600">${OFFICER}</Dial>`)
    const call = rig.call()
    await eventOf(call, 'call.answered')
    call.hangUp()
    await call.settled
    expect([...rig.emulator.calls.values()].map(({ status }) => status)).toEqual(['completed', 'canceled'])
  })
})

describe('<Gather>', () => {
  const gather =
    '<Gather numDigits="2" timeout="2" action="/digits"><Say>Enter two digits, please, at your leisure</Say></Gather>'

  it('ends its prompt at the first key and takes the keys to its action', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(gather)
    rig.server.answers['/digits'] = response('<Hangup/>')
    const call = rig.call()
    await eventOf(call, 'told')
    call.press('42')
    await call.settled
    expect((await rig.server.hook('/digits')).params).toMatchObject({ Digits: '42' })
  })

  it('goes on with the next verb when no key came', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(gather, '<Say>Too late</Say>')
    const call = rig.call()
    await call.settled
    expect(eventsOf(call, 'told').at(-1)).toMatchObject({ content: 'Too late' })
    expect(rig.server.hooks.map(({ path }) => path)).toEqual(['/voice'])
  })
})

describe('<Gather> that listens', () => {
  const gather = (attributes = '') =>
    response(
      `<Gather input="dtmf speech" numDigits="1" timeout="2" action="/heard" ${attributes}><Say>Who?</Say></Gather>`,
      '<Say>Too late</Say>',
    )

  it('takes what the caller says to its action, once it has finished speaking', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = gather()
    rig.server.answers['/heard'] = response('<Hangup/>')
    const call = rig.call({ replies: { says: 'Maria Santos' } })
    await call.settled
    expect((await rig.server.hook('/heard')).params).toMatchObject({ SpeechResult: 'Maria Santos' })
    expect(eventsOf(call, 'gathered')).toMatchObject([{ digits: '', words: 'Maria Santos' }])
  })

  it('takes the key a caller presses instead', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = gather()
    rig.server.answers['/heard'] = response('<Hangup/>')
    await rig.call({ replies: { presses: '1' } }).settled
    const { params } = await rig.server.hook('/heard')
    expect(params).toMatchObject({ Digits: '1' })
    expect(params).not.toHaveProperty('SpeechResult')
  })

  it('tells its action of silence only where it is asked to', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = gather('actionOnEmptyResult="true"')
    rig.server.answers['/heard'] = response('<Hangup/>')
    await rig.call().settled
    expect((await rig.server.hook('/heard')).params).toMatchObject({ Digits: '' })
  })
})

describe('<Record>', () => {
  const record = '<Record action="/message" timeout="2" recordingStatusCallback="/recording"/>'

  it('keeps what was said until the silence after it, and tells action and callback', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(record, '<Say>Nothing said</Say>')
    rig.server.answers['/message'] = response('<Hangup/>')
    rig.server.answers['/recording'] = ''
    const call = rig.call()
    await eventOf(call, 'call.answered')
    const message = createNoise(1000)
    call.voice.say(message)
    await call.settled
    const [recorded] = eventsOf(call, 'recorded')
    expect(recorded?.audio.includes(message)).toBe(true)
    const { params } = await rig.server.hook('/message')
    expect(params).toMatchObject({
      RecordingSid: recorded?.recordingSid,
      RecordingDuration: '3',
      CallSid: call.callSid,
    })
    expect((await rig.server.hook('/recording')).params).toMatchObject({ RecordingStatus: 'completed' })
    expect(params.RecordingUrl).toContain(String(recorded?.recordingSid))
  })

  it('keeps the message of a caller who hangs up', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(record)
    rig.server.answers['/message'] = ''
    rig.server.answers['/recording'] = ''
    const call = rig.call({ statusCallbackUrl: `${PUBLIC_URL}/status` })
    await eventOf(call, 'call.answered')
    await call.voice.say(createNoise(600)).ended
    call.hangUp()
    await call.settled
    expect(rig.server.hooks.map(({ path }) => path)).toEqual(['/voice', '/recording', '/message', '/status'])
    expect((await rig.server.hook('/message')).params).toMatchObject({ Digits: 'hangup', CallStatus: 'completed' })
  })

  it('goes on with the next verb when nothing was said', async () => {
    await using rig = await startRig()
    rig.server.answers['/voice'] = response(record, '<Say>Nothing said</Say>')
    const call = rig.call()
    await call.settled
    expect(eventsOf(call, 'recorded')).toEqual([])
    expect(eventsOf(call, 'told')).toMatchObject([{ content: 'Nothing said' }])
  })
})
