import { describe, expect, it } from 'vitest'
import { encodedSilence } from '../../../../src/audio/encoded-audio.ts'
import type { ListenerEvent } from '../../../../src/engines/cascade/listener.ts'
import { CONNECTED, FLUX, startStage, turnInfo } from './stage.ts'

const started = { type: 'turn.started' }
const words = (text: string) => ({ type: 'turn.words', text })
const nearly = (text: string) => ({ type: 'turn.nearly-ended', text })
const resumed = { type: 'turn.resumed' }
const ended = (text: string, endpointingMs = 240) => ({ type: 'turn.ended', text, endpointingMs })

/** What the messages are heard as, by a new listener. */
async function hearing(...messages: { type: string }[]): Promise<ListenerEvent[]> {
  await using stage = await startStage()
  const { wire } = await stage.connectFlux()
  wire.send(...messages)
  await wire.settled()
  return stage.events.all
}

describe('opening a Flux listener', () => {
  it('asks for turns by its thresholds, and can hear once Deepgram says so', async () => {
    await using stage = await startStage()
    const opening = stage.open(stage.flux())
    const wire = await stage.server.nextConnection()
    const { pathname, searchParams } = new URL(wire.url, 'ws://x')
    expect(pathname).toBe('/v2/listen')
    expect(Object.fromEntries(searchParams)).toEqual({
      model: 'flux-general-en',
      encoding: 'mulaw',
      sample_rate: '8000',
      eot_threshold: '0.7',
      eager_eot_threshold: '0.5',
      eot_timeout_ms: '5000',
      keyterm: 'escrow',
    })
    const early = await Promise.race([opening, wire.settled()])
    expect(early).toBeUndefined()
    // The first turn may be in the same packet.
    wire.send(CONNECTED, turnInfo('StartOfTurn', ''))
    await opening
    expect(await stage.events.first('turn.started')).toEqual(started)
  })

  it('hints the language to the model that takes hints, and asks for no early end that is not wanted', async () => {
    await using stage = await startStage()
    const opening = stage.open(stage.flux({ ...FLUX, eagerEotThreshold: undefined }, 'flux-general-multi'), 'es-MX')
    const wire = await stage.server.nextConnection()
    wire.send(CONNECTED)
    await opening
    const { searchParams } = new URL(wire.url, 'ws://x')
    expect(searchParams.get('language_hint')).toBe('es')
    expect(searchParams.has('eager_eot_threshold')).toBe(false)
  })

  it('hints every language the caller may speak that the model knows, and tells which one it heard', async () => {
    await using stage = await startStage()
    const flux = stage.flux(FLUX, 'flux-general-multi')
    expect(['es-US', 'vi-VN'].map((language) => flux.understands(language))).toEqual([true, false])
    const opening = stage.open(flux, 'en-US', ['en-US', 'es-US', 'vi-VN'])
    const wire = await stage.server.nextConnection()
    wire.send(CONNECTED)
    await opening
    expect(new URL(wire.url, 'ws://x').searchParams.getAll('language_hint')).toEqual(['en', 'es'])
    wire.send(turnInfo('StartOfTurn', ''), { ...turnInfo('EndOfTurn', 'Buenas tardes.'), languages: ['es'] })
    expect(await stage.events.first('turn.ended')).toMatchObject({ text: 'Buenas tardes.', language: 'es' })
  })

  it('gives up on a socket that opens and says nothing', async () => {
    await using stage = await startStage()
    const opening = stage.open(stage.flux())
    const wire = await stage.server.nextConnection()
    await wire.settled()
    stage.clock.advance(4_000)
    await expect(opening).rejects.toMatchObject({ failure: 'stalled', provider: 'deepgram' })
  })
})

describe('a turn by Flux', () => {
  it('is told as it comes, with its near ends taken back', async () => {
    const heard = await hearing(
      turnInfo('Update', ''),
      // Not yet sure that these are words.
      turnInfo('Update', 'mm'),
      turnInfo('StartOfTurn', 'I'),
      turnInfo('Update', 'I need'),
      turnInfo('Update', 'I need'),
      turnInfo('EagerEndOfTurn', 'I need help'),
      turnInfo('TurnResumed', 'I need help'),
      turnInfo('Update', 'I need help with'),
      turnInfo('EagerEndOfTurn', 'I need help with escrow.'),
      turnInfo('EndOfTurn', 'I need help with escrow.'),
      turnInfo('Update', '', 1),
    )
    expect(heard).toEqual([
      started,
      words('I'),
      words('I need'),
      // Nothing new, but somebody listens.
      words('I need'),
      words('I need help'),
      nearly('I need help'),
      resumed,
      words('I need help with'),
      words('I need help with escrow.'),
      nearly('I need help with escrow.'),
      ended('I need help with escrow.'),
    ])
  })

  it('takes back a near end whose words were not the last', async () => {
    const heard = await hearing(turnInfo('EagerEndOfTurn', 'Cancel'), turnInfo('EndOfTurn', 'Cancel nothing'))
    expect(heard.slice(-4)).toEqual([nearly('Cancel'), resumed, words('Cancel nothing'), ended('Cancel nothing')])
  })

  it('begins and ends when only its end is told', async () => {
    expect(await hearing(turnInfo('EndOfTurn', 'Yes'))).toEqual([started, words('Yes'), ended('Yes')])
  })

  it('ends without words, and does not say how long a silence it cannot know', async () => {
    expect(await hearing(turnInfo('StartOfTurn', ''), turnInfo('EndOfTurn', ''))).toEqual([started, ended('', 0)])
  })

  it('is not begun again by what comes after its end, nor by events nobody knows', async () => {
    const heard = await hearing(
      turnInfo('EndOfTurn', 'Yes'),
      turnInfo('EndOfTurn', 'Yes'),
      turnInfo('StartOfTurn', 'Yes'),
      turnInfo('TurnHummed', 'la', 1),
      turnInfo('StartOfTurn', 'No', 1),
    )
    expect(heard.slice(3)).toEqual([started, words('No')])
  })
})

it('keeps a silent session awake with 100 ms of silence after 5 s, as it knows no KeepAlive', async () => {
  await using stage = await startStage()
  const { session, wire } = await stage.connectFlux()
  session.hear(encodedSilence(20))
  await wire.expect('binary', { data: Buffer.alloc(160, 0xff) })
  stage.clock.advance(4_500)
  await wire.expectNothing()
  stage.clock.advance(500)
  await wire.expect('binary', { data: Buffer.alloc(800, 0xff) })
  session.hurry()
  await wire.expectNothing()
})
