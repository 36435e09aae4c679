import { describe, expect, it } from 'vitest'
import { elevenLabsRenderer } from '../../../scripts/speech-renderers.ts'
import { decodeMulaw } from '../../../src/audio/mulaw.ts'
import { TextBuffer } from '../../../src/simulator/elevenlabs-voice/text-buffer.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { spoken, start, until, VoiceClient } from './voice-client.ts'

const BEGIN = { text: ' ', voice_settings: { stability: 0.5, similarity_boost: 0.8 } }
const WORDS = 'We open at 9. Is there anything else? '

describe('a stream of text', () => {
  it('is spoken sentence by sentence, ends with a final frame, and closes', async () => {
    await using voice = await start()
    const client = await VoiceClient.dial(voice)
    client.send(BEGIN, { text: WORDS }, { text: '' })
    expect(await client.closed).toBe(1000)
    expect(client.audio).toEqual(Buffer.concat([spoken('We open at 9.'), spoken('Is there anything else?')]))
    expect(client.frames.at(-1)).toEqual({ audio: null, isFinal: true })
    expect(voice.utterances).toMatchObject([{ voiceId: 'anna', text: WORDS, finished: true }])
    expect(voice.complaints).toEqual([])
  })

  it('says which characters are spoken when, with times that start anew in each frame', async () => {
    await using voice = await start()
    const client = await VoiceClient.dial(voice)
    client.send(BEGIN, { text: WORDS }, { text: '' })
    await client.closed
    const { text, startsMs } = client.timing()
    expect(text).toBe(WORDS)
    expect(startsMs).toEqual(startsMs.toSorted((a, b) => a - b))
    expect(startsMs.at(-1)).toBeGreaterThan(client.audio.length / 8 - 200)
    for (const { alignment } of client.frames) expect(alignment?.charStartTimesMs[0] ?? 0).toBeLessThanOrEqual(200)
    expect(client.timing('normalizedAlignment').text).toContain('at nine')
  })

  it('waits for the end of a phrase, or to be flushed', async () => {
    await using voice = await start()
    const client = await VoiceClient.dial(voice)
    client.send(BEGIN, { text: 'Good mor' }, { text: 'ning. I am ' })
    await until(() => client.audio.length >= spoken('Good morning.').length)
    client.send({ text: 'Anna ', flush: true })
    await until(() => client.timing().text === 'Good morning. I am Anna ')
  })

  it('takes the key from the first message too', async () => {
    await using voice = await start({ apiKey: 'xi-test' })
    const client = await VoiceClient.dial(voice, { key: null })
    client.send({ ...BEGIN, 'xi-api-key': 'xi-test' }, { text: 'Hi. ' }, { text: '' })
    expect(await client.closed).toBe(1000)
    const stranger = await VoiceClient.dial(voice, { key: null })
    stranger.send(BEGIN)
    expect(await stranger.closed).toBe(1008)
    expect(stranger.frames).toMatchObject([{ error: 'invalid_api_key', code: 1008 }])
    await expect(VoiceClient.dial(voice, { key: 'xi-other' })).rejects.toThrow('401')
  })

  it('is closed when no text comes for 20 seconds; a blank keeps it open', async () => {
    const clock = new FakeClock()
    await using voice = await start({ clock })
    const client = await VoiceClient.dial(voice)
    const hears = async (text: string) => {
      const before = voice.utterances[0]?.text ?? ''
      client.send({ text })
      await until(() => voice.utterances[0]?.text === before + text)
    }
    client.send(BEGIN)
    await hears('One ')
    clock.advance(15_000)
    await hears(' ')
    clock.advance(15_000)
    await hears(' ')
    clock.advance(20_000)
    expect(await client.closed).toBe(1008)
    expect(client.frames.at(-1)).toMatchObject({ error: 'input_timeout_exceeded', code: 1008 })
    expect(voice.complaints).toEqual([])
  })

  it.each([
    ['a first message with words', [{ text: 'Hello. ' }]],
    ['a field nobody knows', [BEGIN, { text: 'Hello. ', volume: 3 }]],
    ['settings that change', [BEGIN, { text: 'Hello. ', voice_settings: { stability: 0.9 } }]],
    ['a schedule out of bounds', [{ ...BEGIN, generation_config: { chunk_length_schedule: [10] } }]],
  ])('ends over %s', async (_, messages) => {
    await using voice = await start()
    const client = await VoiceClient.dial(voice)
    client.send(...messages)
    expect(await client.closed).toBe(1008)
    expect(client.frames).toMatchObject([{ error: 'invalid_message', code: 1008 }])
    expect(voice.complaints).toHaveLength(1)
  })

  it('is no place for the models of the dialogue socket', async () => {
    await using voice = await start()
    await expect(VoiceClient.dial(voice, { query: 'model_id=eleven_v4_turbo' })).rejects.toThrow('400')
  })
})

describe('several contexts on one socket', () => {
  const dial = (voice: Parameters<typeof VoiceClient.dial>[0]) =>
    VoiceClient.dial(voice, { path: 'multi-stream-input' })

  it('are spoken each for itself', async () => {
    await using voice = await start()
    const client = await dial(voice)
    client.send({ ...BEGIN, context_id: 'a' }, { text: 'First. ', context_id: 'a' })
    client.send({ text: 'Second. ', context_id: 'b', flush: true }, { context_id: 'b', close_context: true })
    await until(() => client.frames.some(({ isFinal, contextId }) => isFinal === true && contextId === 'b'))
    client.send({ close_socket: true })
    expect(await client.closed).toBe(1000)
    const said = (name: string) => client.frames.filter(({ contextId }) => contextId === name)
    const text = (name: string) =>
      said(name)
        .flatMap(({ alignment }) => alignment?.chars ?? [])
        .join('')
    expect([text('a'), text('b')]).toEqual(['First. ', 'Second. '])
    expect(said('a').at(-1)).toEqual({ isFinal: true, contextId: 'a' })
  })

  it('are five at most', async () => {
    await using voice = await start()
    const client = await dial(voice)
    for (const context_id of ['a', 'b', 'c', 'd', 'e', 'f']) client.send({ ...BEGIN, context_id })
    expect(await client.closed).toBe(1008)
    expect(voice.utterances).toHaveLength(5)
    expect(voice.complaints).toHaveLength(1)
  })

  it('fall silent when they are closed in mid-sentence, and the socket goes on', async () => {
    await using voice = await start()
    const client = await dial(voice)
    client.send({ ...BEGIN, context_id: 'a' }, { text: `A very ${'long '.repeat(100)}story. `, context_id: 'a' })
    await until(() => client.audio.length > 0)
    client.send({ context_id: 'a', close_context: true })
    await until(() => client.frames.at(-1)?.isFinal === true)
    const heard = client.audio.length
    client.send({ ...BEGIN, context_id: 'b' }, { text: 'Yes? ', context_id: 'b', flush: true })
    await until(() => client.frames.some(({ contextId }) => contextId === 'b'))
    expect(client.frames.filter(({ contextId }) => contextId === 'a').at(-1)?.isFinal).toBe(true)
    expect(heard).toBeLessThan(spoken('long '.repeat(100)).length / 2)
    expect(voice.utterances).toMatchObject([{ contextId: 'a' }, { contextId: 'b' }])
  })
})

describe('a voice on a bad day', () => {
  it('turns a client away', async () => {
    await using voice = await start({ faults: [{ fault: 'refuse connection', connection: 1, status: 429 }] })
    await expect(VoiceClient.dial(voice)).rejects.toThrow('429')
    voice.strike('limit')
    await expect(VoiceClient.dial(voice)).rejects.toThrow('429')
    voice.strike('recover')
    await VoiceClient.dial(voice)
    expect(voice.connections.map(({ status }) => status)).toEqual([429, 429, 101])
  })

  it('breaks off in mid-sentence', async () => {
    await using voice = await start({ faults: [{ fault: 'drop', afterAudioMs: 400 }] })
    const client = await VoiceClient.dial(voice)
    client.send(BEGIN, { text: WORDS }, { text: '' })
    expect(await client.closed).toBe(1006)
    expect(client.audio.length).toBeLessThan(1_000 * 8)
    expect(voice.utterances[0]?.finished).toBe(false)
  })

  it('sends what cannot be read before its audio', async () => {
    await using voice = await start({ faults: [{ fault: 'malformed', before: 'audio' }] })
    const client = await VoiceClient.dial(voice)
    client.send(BEGIN, { text: WORDS }, { text: '' })
    await client.closed
    expect(client.unreadable.length).toBeGreaterThan(0)
  })

  it('fails instead of speaking, and ends early', async () => {
    await using failing = await start({ faults: [{ fault: 'failed response', code: 'quota_exceeded' }] })
    const client = await VoiceClient.dial(failing)
    client.send(BEGIN, { text: WORDS })
    expect(await client.closed).toBe(1008)
    expect(client.frames).toMatchObject([{ error: 'quota_exceeded' }])
    const clock = new FakeClock()
    await using short = await start({ clock, faults: [{ fault: 'early expiry', afterMs: 500 }] })
    const { closed } = await VoiceClient.dial(short)
    clock.advance(500)
    expect(await closed).toBe(1008)
  })
})

describe('speech over HTTP', () => {
  it('gives a phrase as the renderer of phrases asks for it', async () => {
    await using voice = await start({ apiKey: 'xi-test' })
    const render = elevenLabsRenderer({ voice: 'anna', apiKey: 'xi-test', baseUrl: voice.baseUrl })
    const { samples } = await render('One moment, please.', 'en')
    expect(samples).toEqual(decodeMulaw(spoken('One moment, please.')))
    const stranger = elevenLabsRenderer({ voice: 'anna', apiKey: 'xi-other', baseUrl: voice.baseUrl })
    await expect(stranger('Hello.', 'en')).rejects.toThrow('401')
  })
})

describe('a text buffer by schedule', () => {
  it('waits for more characters each time', () => {
    const buffer = new TextBuffer([10, 20])
    expect(buffer.add('Good day. ')).toEqual(['Good day. '])
    expect(buffer.add('Good day. ')).toEqual([])
    expect(buffer.add('I am Anna. ')).toEqual(['Good day. ', 'I am Anna. '])
  })

  it('can be asked to go ahead, if there is enough', () => {
    const buffer = new TextBuffer([500])
    expect(buffer.add('Hello. ', { tryTrigger: true })).toEqual([])
    expect(buffer.add(`${'word '.repeat(10)}`, { tryTrigger: true })).toHaveLength(2)
    expect(buffer.add('Bye. ', { flush: true })).toEqual(['Bye. '])
    expect(buffer.add(' ', { flush: true })).toEqual([])
  })
})
