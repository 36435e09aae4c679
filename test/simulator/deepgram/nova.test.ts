import { describe, expect, it } from 'vitest'
import { createNoise } from '../../../src/simulator/noise.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { silence } from '../wire-client.ts'
import { ListenClient, NOVA, refusal, start } from './listen-client.ts'

const LIVE = `${NOVA}&interim_results=true&endpointing=300&utterance_end_ms=1000&vad_events=true&smart_format=true`
const HOURS = 'What are your opening hours?'

const transcriptOf = ({ channel }: { channel: { alternatives: { transcript: string }[] } }) =>
  channel.alternatives[0]?.transcript

describe('connecting to v1/listen', () => {
  it.each([
    ['an unknown model', NOVA.replace('nova-3', 'whisper-9')],
    ['another encoding', NOVA.replace('mulaw', 'mp3')],
    ['another sample rate', NOVA.replace('8000', '44100')],
    ['no model', NOVA.replace('model=nova-3&', '')],
    ['a boolean that is none', `${NOVA}&vad_events=yes`],
    ['a misspelt name', `${NOVA}&endpoint=300`],
  ])('with %s is refused in JSON', async (_, path) => {
    await using service = await start()
    const refused = await refusal(service.emulator, path)
    const request_id = refused.headers['dg-request-id']
    expect(request_id).toEqual(expect.any(String))
    expect(refused).toMatchObject({ status: 400, body: { err_code: 'INVALID_QUERY_PARAMETER', request_id } })
    expect(service.emulator.complaints).toHaveLength(1)
  })

  it('needs the right key', async () => {
    await using service = await start({ apiKey: 'dg-right' })
    expect(await refusal(service.emulator, NOVA, {})).toMatchObject({ status: 401 })
    const refused = await refusal(service.emulator, NOVA, { authorization: 'Token dg-wrong' })
    expect(refused).toMatchObject({ status: 401, body: { err_code: 'INVALID_AUTH' } })
  })

  it('takes repeated key terms and everything else a telephone asks for', async () => {
    await using service = await start()
    await using _ = await ListenClient.connect(service.emulator, `${LIVE}&keyterm=Acme&keyterm=Bob&language=multi`)
    expect(service.emulator.connections).toMatchObject([{ status: 101, model: 'nova-3' }])
  })
})

describe('a sentence', () => {
  it('starts, grows, becomes final, and its utterance ends', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    client.hear(silence(400), service.say(HOURS), silence(1_500))
    const end = await client.next('UtteranceEnd')

    const upToEnd = client.events.slice(0, client.events.indexOf(end))
    const results = upToEnd.filter((message) => message.type === 'Results')
    const spoken = results.filter((result) => transcriptOf(result) !== '')
    const final = spoken.at(-1)!
    expect(upToEnd.findIndex(({ type }) => type === 'SpeechStarted')).toBeLessThan(upToEnd.indexOf(spoken[0]!))
    expect(spoken.length).toBeGreaterThan(2)
    for (const result of spoken) expect(HOURS.startsWith(transcriptOf(result) ?? '?')).toBe(true)
    expect(spoken.slice(0, -1).every(({ is_final }) => !is_final)).toBe(true)
    expect(final).toMatchObject({ is_final: true, speech_final: true, from_finalize: false })
    expect(transcriptOf(final)).toBe(HOURS)
    expect(end.last_word_end).toBe(final.channel.alternatives[0]?.words.at(-1)?.end)
  })

  it('is given with its words, each inside the stretch it belongs to', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, NOVA.concat('&endpointing=300'))
    client.hear(silence(400), service.say(HOURS), silence(600))
    const final = await client.next('Results', ({ is_final }) => is_final)
    const { words, transcript } = final.channel.alternatives[0]!
    expect(words.map(({ word }) => word)).toEqual(['what', 'are', 'your', 'opening', 'hours'])
    expect(transcript).toBe('what are your opening hours')
    for (const [at, { start, end }] of words.entries()) {
      expect(start).toBeGreaterThanOrEqual(at === 0 ? final.start : words[at - 1]!.end)
      expect(end).toBeLessThanOrEqual(final.start + final.duration)
    }
  })

  it('has no interim results, events or ends unless they were asked for', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, `${NOVA}&endpointing=300`)
    client.hear(service.say(HOURS), silence(6_000))
    await client.next('Results', ({ channel }) => channel.alternatives[0]?.transcript === '')
    expect(client.events.every((message) => message.type === 'Results' && message.is_final)).toBe(true)
  })

  it('that goes on after a pause comes in two finals', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    const clip = service.say(HOURS)
    const half = Math.floor(clip.length / 320) * 160
    client.hear(clip.subarray(0, half), silence(500), clip.subarray(half), silence(500))
    const first = await client.next('Results', ({ speech_final }) => speech_final)
    const second = await client.next('Results', ({ speech_final }) => speech_final)
    expect([transcriptOf(first), transcriptOf(second)]).toEqual(['What are', 'your opening hours?'])
  })

  it('is frozen piece by piece when it does not pause', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    const words = Array.from({ length: 24 }, (_, at) => `wordnumber${at}`).join('x')
    client.hear(service.say(words.replaceAll('x', ' ')), silence(500))
    await client.next('Results', ({ speech_final, channel }) => speech_final && channel.alternatives[0]?.transcript)
    const finals = client.all('Results').filter(({ is_final }) => is_final)
    expect(finals.filter(({ speech_final }) => !speech_final).length).toBeGreaterThan(1)
    expect(finals.map(transcriptOf).join(' ')).toBe(words.replaceAll('x', ' '))
  })
})

describe('quiet and noise', () => {
  it('give interim results about once a second and empty finals', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    client.hear(silence(5_200))
    const final = await client.next('Results', ({ is_final }) => is_final)
    expect(final).toMatchObject({ speech_final: true, channel: { alternatives: [{ transcript: '', words: [] }] } })
    expect(client.all('Results').filter(({ is_final }) => !is_final)).toHaveLength(4)
  })

  it('a cough starts speech, has no words, and ends no utterance', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    client.hear(silence(400), createNoise(500), silence(3_000))
    await client.next('SpeechStarted')
    const final = await client.next('Results', ({ speech_final }) => speech_final)
    expect(transcriptOf(final)).toBe('')
    await client.ping()
    expect(client.all('UtteranceEnd')).toEqual([])
  })
})

describe('control messages', () => {
  it('Finalize gives the words so far at once, and only the rest later', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    const clip = service.say(HOURS)
    const half = Math.floor(clip.length / 320) * 160
    client.hear(clip.subarray(0, half))
    client.send({ type: 'Finalize' })
    const flushed = await client.next('Results', ({ from_finalize }) => from_finalize)
    expect(flushed).toMatchObject({ is_final: true })
    client.hear(clip.subarray(half), silence(500))
    const rest = await client.next('Results', ({ speech_final }) => speech_final)
    expect([transcriptOf(flushed), transcriptOf(rest)]).toEqual(['What are', 'your opening hours?'])
  })

  it('CloseStream gives the last words, the metadata and a close in order', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    client.hear(service.say(HOURS))
    client.send({ type: 'CloseStream' })
    expect(await client.closed).toEqual({ code: 1000, reason: '' })
    const [results, metadata] = client.events.slice(-2)
    expect(results).toMatchObject({ type: 'Results', is_final: true })
    expect(metadata).toMatchObject({ type: 'Metadata', channels: 1, sha256: 'incomplete' })
    expect(results?.type === 'Results' && transcriptOf(results)).toBe(HOURS)
  })

  it.each([
    ['text that is no JSON', 'hello'],
    ['an unknown type', '{"type":"Mute"}'],
    ['an empty frame of audio', Buffer.alloc(0)],
  ])('%s ends the session with 1008', async (_, message) => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, LIVE)
    client.sendRaw(message)
    expect(await client.closed).toEqual({ code: 1008, reason: 'DATA-0000' })
    expect(service.emulator.complaints).toHaveLength(1)
  })
})

describe('ten seconds without audio or a message', () => {
  it('end the session with its metadata and NET-0001', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock })
    await using client = await ListenClient.connect(service.emulator, LIVE)
    await client.ping()
    await clock.advanceAsync(11_000)
    const { code, reason } = await client.closed
    expect(code).toBe(1011)
    expect(reason).toContain('net0001')
    expect(client.events).toMatchObject([{ type: 'Metadata', duration: 0 }])
  })

  it('are not reached while there are KeepAlives', async () => {
    const clock = new FakeClock()
    await using service = await start({ clock })
    await using client = await ListenClient.connect(service.emulator, LIVE)
    for (let at = 0; at < 5; at++) {
      client.send({ type: 'KeepAlive' })
      await client.ping()
      clock.advance(9_000)
    }
    client.send({ type: 'CloseStream' })
    await client.ping()
    clock.advance(1_000)
    expect(await client.closed).toMatchObject({ code: 1000 })
  })
})

describe('a language', () => {
  const WISH = 'Tôi muốn vay tiền'

  it.each([
    ['that it listens for is understood', `${LIVE}&language=vi`, true, undefined],
    ['is found out among many', `${LIVE}&language=multi`, true, ['vi']],
    ['is found out whatever was hinted at', `${LIVE}&language=multi&language_hint=es`, true, ['vi']],
    ['that it does not listen for is heard as the one it does', `${LIVE}&language=en-US`, false, undefined],
  ])('%s', async (_, path, understood, languages) => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, path)
    client.hear(silence(200), service.say(WISH, 'vi'), silence(1_500))
    const result = await client.next('Results', ({ speech_final }) => speech_final === true)
    expect(transcriptOf(result) === WISH).toBe(understood)
    expect(result.channel.alternatives[0]?.languages).toEqual(languages)
  })

  it('there is no model for is refused', async () => {
    await using service = await start()
    expect(await refusal(service.emulator, `${LIVE}&language=ht`)).toMatchObject({ status: 400 })
  })
})
