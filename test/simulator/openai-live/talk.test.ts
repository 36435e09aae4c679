import { describe, expect, it } from 'vitest'
import { babble } from '../../../src/simulator/speech/babble.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { script, silence } from '../wire-client.ts'
import { begin, play, SESSION, said, say, start, untilSaid } from './live-client.ts'

const HOURS = { when: { callerSays: 'hours' }, say: 'We open at nine in the morning.' }
const STORY = 'Let me tell you everything about our office, its hours, its people and its parking lot.'

describe('a turn', () => {
  it('is told in fragments of both sides on a grid of 200 ms, and by no other event', async () => {
    await using service = await start({ script: script(HOURS) })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'What are your opening hours today?')
    await untilSaid(client, HOURS.say)

    const heard = client.all('session.input_transcript.delta')
    expect(heard.map(({ delta }) => delta).join('')).toBe('What are your opening hours today?')
    const fragments = [...heard, ...client.all('session.output_transcript.delta')]
    expect(fragments.every(({ start_ms, end_ms }) => start_ms % 200 === 0 && end_ms === start_ms + 200)).toBe(true)
    expect(heard.length).toBeGreaterThan(2)
    expect(new Set(client.types)).toEqual(
      new Set([
        'session.started',
        'session.output_audio.delta',
        'session.input_transcript.delta',
        'session.output_transcript.delta',
      ]),
    )
  })

  it('is answered with speech in the stream of silence', async () => {
    await using service = await start({ script: script(HOURS) })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'What are your hours?')
    await untilSaid(client, HOURS.say)
    // The last word is told while it is spoken.
    for (let more = 0; more < 10; more += 1) await client.next('session.output_audio.delta')
    const stream = Buffer.concat(
      client.all('session.output_audio.delta').map(({ delta }) => Buffer.from(delta, 'base64')),
    )
    expect(stream.includes(babble(HOURS.say, 'agent'))).toBe(true)
  })

  it('is told with times of the session, however late its first sound', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock })
    await using client = await begin(service.emulator)
    clock.advance(10_000)
    say(client, service.hearing, 'Hello')
    await client.ping()
    clock.advance(300)
    const { start_ms } = await client.next('session.input_transcript.delta')
    // 200 ms of silence, and a word of 325 ms.
    expect(start_ms).toBe(10_400)
  })

  it('goes on from the history a session is started with', async () => {
    await using service = await start({
      script: script({ when: { agentSaid: 'your name', callerSays: '/(?<name>\\w+)/' }, say: 'Hello {name}.' }),
    })
    const input = [
      { role: 'user', content: [{ type: 'input_text', text: 'Take a message, please.' }] },
      { role: 'assistant', content: [{ type: 'output_text', text: 'What is your name?' }] },
    ]
    await using client = await begin(service.emulator, { ...SESSION, input })
    say(client, service.hearing, 'Sarah')
    await untilSaid(client, 'Hello Sarah.')
  })
})

describe('a greeting', () => {
  it.each(['session.instructions.append', 'session.commentary.append'])('comes only after a %s', async (type) => {
    const clock = new FakeClock()
    await using service = await start({ clock, script: script({ when: { turn: 0 }, say: 'Welcome.' }) })
    await using client = await begin(service.emulator)
    clock.advance(5_000)
    await client.ping()
    expect(said(client)).toBe('')

    client.send({ type, event_id: 'mine', delegation_id: null, content: 'Greet the caller now, then listen.' })
    await client.ping()
    clock.advance(400)
    await client.ping()
    clock.advance(2_000)
    await client.ping()
    expect(said(client)).toBe('Welcome.')
    expect(client.events.find((event) => event.type === `${type}ed`)).toMatchObject({
      start_ms: 5_000,
      end_ms: 5_300,
      client_event_id: 'mine',
    })
  })

  it('does not come of facts', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock })
    await using client = await begin(service.emulator)
    client.send({ type: 'session.thinking.append', delegation_id: null, content: 'Say nothing of this now.' })
    await client.ping()
    clock.advance(5_000)
    await client.ping()
    expect(said(client)).toBe('')
  })

  it('is refused when it is asked for in more than 500 tokens, or for an unknown delegation', async () => {
    await using service = await start()
    await using client = await begin(service.emulator)
    const type = 'session.instructions.append'
    client.send({ type, delegation_id: null, content: 'Greet the caller now. '.repeat(100) })
    expect((await client.next('error')).error.param).toBe('content')
    client.send({ type, delegation_id: 'dlg_1', content: 'Greet the caller now.' })
    expect((await client.next('error')).error.param).toBe('delegation_id')
    client.send({ type, content: 'Greet the caller now.' })
    expect((await client.next('error')).error.code).toBe('missing_required_parameter')
  })
})

describe('an overlap', () => {
  async function interrupted(overlap: 'yield' | 'ignore') {
    const clock = new FakeClock()
    const service = await start({ clock, manners: { overlap }, script: script({ when: { turn: 0 }, say: STORY }) })
    const client = await begin(service.emulator)
    client.send({ type: 'session.instructions.append', delegation_id: null, content: 'Begin now.' })
    await client.ping()
    clock.advance(400)
    await client.ping()
    clock.advance(1_500)
    say(client, service.hearing, 'Wait a moment')
    await client.ping()
    const [first] = service.emulator.sessions[0]!.talk.entries.filter(({ by }) => by === 'agent')
    const wordsThen = first?.words ?? ''
    clock.advance(6_000)
    await client.ping()
    return { service, client, wordsThen, wordsLater: first?.words }
  }

  it('makes the model fall silent, and remember what it had said', async () => {
    const { service, client, wordsThen, wordsLater } = await interrupted('yield')
    await using _ = service
    await using __ = client
    expect(STORY.startsWith(wordsThen)).toBe(true)
    expect(wordsThen).not.toBe(STORY)
    expect(wordsThen).not.toBe('')
    expect(wordsLater).toBe(wordsThen)
    expect(said(client).trimEnd()).toBe(wordsThen)
  })

  it('may be ignored by it', async () => {
    const { service, client, wordsLater } = await interrupted('ignore')
    await using _ = service
    await using __ = client
    expect(wordsLater).toBe(STORY)
  })

  it('may be its own: a sound into a long sentence of the caller', async () => {
    await using service = await start({ manners: { backchannels: true } })
    await using client = await begin(service.emulator)
    play(client, babble('a very long sentence that goes on and on and on for more than two seconds', 'caller'))
    await untilSaid(client, 'Mm-hm.')
    expect(service.emulator.sessions[0]?.talk.entries).toEqual([])
  })

  it('is not heard while the input is muted', async () => {
    await using service = await start()
    await using client = await begin(service.emulator)
    client.send({ type: 'session.input_audio.mute', event_id: 'mine' })
    expect((await client.next('session.input_audio.muted')).client_event_id).toBe('mine')
    say(client, service.hearing, 'Hello there')
    client.send({ type: 'session.input_audio.unmute' })
    await client.next('session.input_audio.unmuted')
    play(client, silence(1_000))
    await client.ping()
    expect(service.emulator.sessions[0]?.talk.entries).toEqual([])
  })
})

it('has its speech cut by moderation, with an error that has no code', async () => {
  await using service = await start({
    script: script({ say: STORY }),
    faults: [{ fault: 'failed response', code: 'moderation' }],
  })
  await using client = await begin(service.emulator)
  say(client, service.hearing, 'Hello')
  expect((await client.next('error')).error.code).toBeNull()
  const [entry] = service.emulator.sessions[0]!.talk.entries.filter(({ by }) => by === 'agent')
  expect(STORY.startsWith(entry?.words ?? 'nothing')).toBe(true)
  expect(entry?.words).not.toBe(STORY)
  expect(service.emulator.complaints).toEqual([])
})

it.each(['content', 'connection_lost'])('ends by itself with %s', async (code) => {
  await using service = await start({ faults: [{ fault: 'failed response', code }] })
  await using client = await begin(service.emulator)
  say(client, service.hearing, 'Hello')
  expect((await client.next('session.closed')).reason).toBe(code)
})
