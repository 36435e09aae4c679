import { describe, expect, it } from 'vitest'
import { createNoise } from '../../../src/simulator/noise.ts'
import { silence } from '../wire-client.ts'
import { FLUX, ListenClient, refusal, start } from './listen-client.ts'

const EAGER = `${FLUX}&eager_eot_threshold=0.5&eot_threshold=0.7&eot_timeout_ms=2000`
const WISH = 'Quisiera refinanciar mi casa'
const HOURS = 'What are your opening hours?'

const turnsOf = (client: ListenClient) =>
  client
    .all('TurnInfo')
    .filter(({ event }) => event !== 'Update')
    .map(({ event, transcript }) => `${event}: ${transcript}`)
const ended = ({ event }: { event: string }) => event === 'EndOfTurn'

describe('connecting to v2/listen', () => {
  it('is greeted, and every message has the next number', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, FLUX)
    expect(await client.next('Connected')).toMatchObject({ sequence_id: 0 })
    client.hear(service.say(HOURS), silence(700))
    await client.next('TurnInfo', ended)
    const numbers = client.events.map((message) => ('sequence_id' in message ? message.sequence_id : -1))
    expect(numbers).toEqual(numbers.map((_, at) => at))
  })

  it.each([
    ['a model of v1', FLUX.replace('flux-general-en', 'nova-3')],
    ['a threshold out of range', `${FLUX}&eot_threshold=0.2`],
    ['a parameter of v1', `${FLUX}&interim_results=true`],
  ])('with %s is refused', async (_, path) => {
    await using service = await start()
    expect(await refusal(service.emulator, path)).toMatchObject({ status: 400 })
  })
})

describe('a turn', () => {
  it('starts with its first word, grows, and ends after half a second of silence', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, FLUX)
    client.hear(silence(400), service.say(HOURS), silence(700))
    const end = await client.next('TurnInfo', ended)
    expect(turnsOf(client)).toEqual(['StartOfTurn: What', `EndOfTurn: ${HOURS}`])
    expect(end).toMatchObject({ turn_index: 0, trigger: 'model' })
    expect(end.end_of_turn_confidence).toBeGreaterThanOrEqual(0.7)
    const updates = client.all('TurnInfo').filter(({ event, transcript }) => event === 'Update' && transcript !== '')
    expect(updates.length).toBeGreaterThan(2)
    for (const { transcript } of updates) expect(HOURS.startsWith(transcript)).toBe(true)
    const lastWordEnd = end.words.at(-1)?.end ?? 0
    expect(end.audio_window_end - lastWordEnd).toBeGreaterThanOrEqual(0.5)
    expect(end.audio_window_end - lastWordEnd).toBeLessThan(0.7)
  })

  it('is nearly over before, and resumes when the caller goes on', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, EAGER)
    const clip = service.say(HOURS)
    const half = Math.floor(clip.length / 320) * 160
    client.hear(clip.subarray(0, half), silence(300), clip.subarray(half), silence(700))
    await client.next('TurnInfo', ended)
    expect(turnsOf(client)).toEqual([
      'StartOfTurn: What',
      'EagerEndOfTurn: What are',
      'TurnResumed: What are',
      `EagerEndOfTurn: ${HOURS}`,
      `EndOfTurn: ${HOURS}`,
    ])
  })

  it('is not cut in the middle of a number', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, EAGER)
    client.hear(service.say('It is six one seven'), silence(1_400), service.say('five five five oh one two three'))
    client.hear(silence(700))
    await client.next('TurnInfo', ended)
    expect(turnsOf(client)).toEqual([
      'StartOfTurn: It',
      'EagerEndOfTurn: It is six one seven five five five oh one two three',
      'EndOfTurn: It is six one seven five five five oh one two three',
    ])
  })

  it('with half a number ends by its timeout', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, EAGER)
    client.hear(service.say('It is six one seven'), silence(2_400))
    const end = await client.next('TurnInfo', ended)
    expect(end).toMatchObject({ trigger: 'timeout', transcript: 'It is six one seven' })
    expect(end.end_of_turn_confidence).toBeLessThan(0.7)
  })

  it('is followed by the next one', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, FLUX)
    client.hear(service.say(HOURS), silence(700), service.say('Thank you'), silence(700))
    expect(await client.next('TurnInfo', ended)).toMatchObject({ turn_index: 0, transcript: HOURS })
    expect(await client.next('TurnInfo', ended)).toMatchObject({ turn_index: 1, transcript: 'Thank you' })
  })

  it('is not begun by noise, though updates go on', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, FLUX)
    client.hear(createNoise(800), silence(1_200))
    await client.next('TurnInfo', ({ audio_window_end }) => audio_window_end >= 1.8)
    expect(turnsOf(client)).toEqual([])
    expect(client.all('TurnInfo')).toHaveLength(7)
  })
})

describe('control messages', () => {
  it('Configure changes what it names, from now on', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, FLUX)
    client.send({ type: 'Configure', thresholds: { eager_eot_threshold: 0.4 }, keyterms: ['Acme'] })
    expect(await client.next('ConfigureSuccess')).toMatchObject({
      thresholds: { eot_threshold: 0.7, eager_eot_threshold: 0.4, eot_timeout_ms: 5000 },
      keyterms: ['Acme'],
    })
    client.hear(service.say('Hello there'), silence(700))
    await client.next('TurnInfo', ({ event }) => event === 'EagerEndOfTurn')
  })

  it('Configure with a value out of range fails as a whole', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, FLUX)
    client.send({ type: 'Configure', thresholds: { eager_eot_threshold: 0.4, eot_timeout_ms: 10 } })
    await client.next('ConfigureFailure')
    client.hear(service.say('Hello there'), silence(700))
    await client.next('TurnInfo', ended)
    expect(turnsOf(client).some((turn) => turn.startsWith('Eager'))).toBe(false)
  })

  it.each(['KeepAlive', 'Finalize', 'ForceEndTurn'])('%s is unknown, and ends the session', async (type) => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, FLUX)
    client.send({ type })
    expect(await client.next('Error')).toMatchObject({ code: 'UNPARSABLE_CLIENT_MESSAGE' })
    expect(await client.closed).toMatchObject({ code: 1008 })
    expect(service.emulator.complaints).toEqual(['UNPARSABLE_CLIENT_MESSAGE'])
  })

  it('CloseStream says what was heard and closes in order', async () => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, FLUX)
    client.hear(service.say(HOURS))
    client.send({ type: 'CloseStream' })
    expect(await client.closed).toMatchObject({ code: 1000 })
    expect(client.events.at(-1)).toMatchObject({ event: 'Update', transcript: HOURS })
  })
})

describe('a language', () => {
  const MULTI = FLUX.replace('flux-general-en', 'flux-general-multi')

  it.each([
    ['of many is understood and named', MULTI, 'es', true, ['es']],
    [
      'that was not hinted at is taken for one that was',
      `${MULTI}&language_hint=en&language_hint=fr`,
      'es',
      false,
      ['en'],
    ],
    ['that it does not know is taken for another', MULTI, 'vi', false, ['en']],
    ['is none but English to the English model', FLUX, 'es', false, undefined],
  ])('%s', async (_, path, language, understood, languages) => {
    await using service = await start()
    await using client = await ListenClient.connect(service.emulator, path)
    client.hear(service.say(WISH, language), silence(700))
    const end = await client.next('TurnInfo', ended)
    expect(end.transcript === WISH).toBe(understood)
    expect(end.transcript.split(' ')).toHaveLength(WISH.split(' ').length)
    expect(end.languages).toEqual(languages)
  })

  it('it does not know is no hint', async () => {
    await using service = await start()
    expect(await refusal(service.emulator, `${MULTI}&language_hint=vi`)).toMatchObject({ status: 400 })
  })
})
