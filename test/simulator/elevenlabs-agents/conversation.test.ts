import { describe, expect, it } from 'vitest'
import { babble } from '../../../src/simulator/speech/babble.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { script, silence } from '../wire-client.ts'
import { begin, connect, play, say, start } from './agents-client.ts'

const OFFICE_HOURS = { when: { callerSays: 'hours' }, say: 'We open at nine and close at six.' }

/** A run of equal types counts once. */
function ladder(types: readonly string[]): string[] {
  return types.filter((type, at) => type !== 'ping' && type !== types.slice(0, at).findLast((one) => one !== 'ping'))
}

describe('a turn', () => {
  it('is heard, transcribed and answered in the order of the contract', async () => {
    await using service = await start({ script: script(OFFICE_HOURS) })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'What are your hours?')
    const { agent_response_event } = await client.next('agent_response')
    await client.next('audio')

    expect(ladder(client.types)).toEqual([
      'conversation_initiation_metadata',
      'user_transcript',
      'agent_response',
      'audio',
    ])
    expect(client.all('user_transcript')[0]?.user_transcription_event.user_transcript).toBe('What are your hours?')
    expect(agent_response_event.agent_response).toBe(OFFICE_HOURS.say)
  })

  it('is spoken in chunks that join to the audio and the text, with rising event ids', async () => {
    await using service = await start({ script: script() })
    const greeting = 'Good morning, this is the mortgage desk.'
    await using client = await begin(service.emulator, { firstMessage: greeting })
    const expected = babble(greeting, 'agent')
    const audio = []
    for (let bytes = 0; bytes < expected.length; ) {
      const { audio_event } = await client.next('audio')
      audio.push(audio_event)
      bytes += Buffer.byteLength(audio_event.audio_base_64, 'base64')
    }

    expect(Buffer.concat(audio.map((event) => Buffer.from(event.audio_base_64, 'base64')))).toEqual(expected)
    expect(audio.flatMap(({ alignment }) => alignment?.chars).join('')).toBe(greeting)
    expect(audio.every(({ alignment }) => alignment?.char_start_times_ms.every((ms) => ms >= 0 && ms < 300))).toBe(true)
    const ids = audio.map(({ event_id }) => event_id)
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
  })

  it('without words has no transcript, and is asked about', async () => {
    await using service = await start()
    await using client = await begin(service.emulator)
    play(client, Buffer.concat([silence(200), babble('ahem', 'caller'), silence(800)]))
    const { agent_response_event } = await client.next('agent_response')
    expect(agent_response_event.agent_response).toContain('Could you say it again?')
    expect(client.all('user_transcript')).toEqual([])
  })

  it('may be typed, and a contextual update is only taken note of', async () => {
    await using service = await start({
      script: script({ when: { callerSays: 'hello', instructionsInclude: 'VIP' }, say: 'Welcome back.' }),
    })
    await using client = await begin(service.emulator)
    client.send({ type: 'contextual_update', text: 'The caller is a regular.', context_id: 'who' })
    client.send({ type: 'contextual_update', text: 'The caller is a VIP.', context_id: 'who' })
    client.send({ type: 'user_message', text: 'Hello' })
    const { agent_response_event } = await client.next('agent_response')
    expect(agent_response_event.agent_response).toBe('Welcome back.')
    expect(service.emulator.conversations[0]?.talk.entries.filter(({ by }) => by === 'note')).toHaveLength(1)
  })
})

describe('the events that are sent', () => {
  it('are those the client asked for, tentative words and voice scores among them', async () => {
    await using service = await start({ script: script(OFFICE_HOURS) })
    const events = ['tentative_user_transcript', 'vad_score', 'agent_response']
    await using client = await begin(service.emulator, { events })
    say(client, service.hearing, 'What are your hours?')
    await client.next('agent_response')
    expect(new Set(client.types)).toEqual(new Set(['conversation_initiation_metadata', ...events]))
    const guesses = client.all('tentative_user_transcript').map((event) => event.tentative_user_transcription_event)
    expect('What are your hours?'.startsWith(guesses[0]?.user_transcript ?? 'nothing')).toBe(true)
  })

  it('are those of the page otherwise', async () => {
    await using service = await start({ page: { clientEvents: ['agent_response'] } })
    await using client = await connect(service.emulator)
    client.send({ type: 'conversation_initiation_client_data' })
    await client.next('agent_response')
    await client.ping()
    expect(client.types).toEqual(['conversation_initiation_metadata', 'agent_response'])
  })
})

describe('the talk so far', () => {
  const prompt = [
    'You are a receptionist.',
    '# The talk so far',
    'Caller: I want to leave a message.',
    'You: What is your name,',
    'please?',
    'Note: the line dropped',
  ].join('\n')

  it('is read from the prompt, so that an answer after a reconnect fits', async () => {
    await using service = await start({
      script: script({
        when: { agentSaid: 'your name, please?', callerSays: '/(?<name>\\w+)/' },
        say: 'Hello {name}.',
      }),
    })
    await using client = await begin(service.emulator, { prompt })
    say(client, service.hearing, 'Sarah')
    const { agent_response_event } = await client.next('agent_response')
    expect(agent_response_event.agent_response).toBe('Hello Sarah.')
  })

  it('is no part of the instructions, and a typed direction is only for one answer', async () => {
    const rules = script(
      { when: { instructionsInclude: 'line dropped.' }, say: 'Wrong.' },
      { when: { instructionsInclude: 'go on', callerSays: 'leave a message' }, say: 'Gone on.' },
      { when: { instructionsInclude: 'go on' }, say: 'Still going on.' },
      { say: 'Right.' },
    )
    await using service = await start({ script: rules })
    await using client = await begin(service.emulator, { prompt })
    client.send({ type: 'user_message', text: '[go on]' })
    expect((await client.next('agent_response')).agent_response_event.agent_response).toBe('Gone on.')
    client.send({ type: 'user_message', text: 'Hello?' })
    expect((await client.next('agent_response')).agent_response_event.agent_response).toBe('Right.')
  })
})

describe('an interruption', () => {
  const story = 'Let me tell you everything about our office, its hours, its people and its parking lot.'

  it('names an event id above the audio it stops, and corrects the text to what was played', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock, script: script({ when: { agentSaid: 'parking lot' }, say: 'Heard.' }) })
    await using client = await begin(service.emulator, { firstMessage: story })
    clock.advance(400)
    await client.next('audio')
    // 1 s of 65 ms a character.
    clock.advance(1_000)
    say(client, service.hearing, 'Wait a moment')
    const { interruption_event } = await client.next('interruption')
    const { agent_response_correction_event: correction } = await client.next('agent_response_correction')
    expect(correction).toMatchObject({
      original_agent_response: story,
      corrected_agent_response: 'Let me tell you',
    })
    const played = client.all('audio').map(({ audio_event }) => audio_event.event_id)
    expect(played.length).toBeGreaterThan(4)
    expect(Math.max(...played)).toBeLessThan(interruption_event.event_id)

    // The model knows that the parking lot was never mentioned.
    await client.ping()
    clock.advance(150)
    clock.advance(400)
    expect((await client.next('agent_response')).agent_response_event.agent_response).not.toBe('Heard.')
  })

  it('does not happen when the agent has been heard to its end', async () => {
    await using service = await start({ script: script({ say: 'Yes?' }) })
    await using client = await begin(service.emulator)
    say(client, service.hearing, 'Hello')
    await client.next('audio')
    // Only its playing time, counted by the pings of the same clock, makes the difference.
    await client.next('ping')
    await client.next('ping')
    say(client, service.hearing, 'Hello again')
    await client.next('agent_response')
    expect(client.all('interruption')).toEqual([])
  })

  it('may be followed by audio that was on its way, which its event id tells apart', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock, faults: [{ fault: 'late deltas', count: 2 }] })
    await using client = await begin(service.emulator, { firstMessage: story })
    clock.advance(400)
    await client.next('audio')
    say(client, service.hearing, 'Wait')
    const { interruption_event } = await client.next('interruption')
    const late = [await client.next('audio'), await client.next('audio')]
    expect(late.every(({ audio_event }) => audio_event.event_id < interruption_event.event_id)).toBe(true)
  })
})

it('speaks the language a conversation began with, and hears every one', async () => {
  await using service = await start({ script: script() })
  await using first = await begin(service.emulator)
  await using second = await begin(service.emulator, { language: 'vi' })
  expect(service.emulator.connections.map(({ language }) => language)).toEqual(['en', 'vi'])
  for (const client of [first, second]) {
    say(client, service.hearing, 'Quisiera refinanciar mi casa', 'es')
    const { user_transcription_event } = await client.next('user_transcript')
    expect(user_transcription_event.user_transcript).toBe('Quisiera refinanciar mi casa')
  }
})
