import { describe, expect, it } from 'vitest'
import { encodeAudio, encodedSilence } from '../../../../src/audio/encoded-audio.ts'
import { encodeMulaw } from '../../../../src/audio/mulaw.ts'
import type { ListenerEvent } from '../../../../src/engines/cascade/listener.ts'
import { NOVA, results, SPEECH_STARTED, startStage, utteranceEnd } from './stage.ts'

const started = { type: 'turn.started' }
const words = (text: string) => ({ type: 'turn.words', text })
const ended = (text: string, endpointingMs = NOVA.endpointingMs) => ({ type: 'turn.ended', text, endpointingMs })

/** What the messages are heard as, by a new listener. */
async function hearing(...messages: { type: string }[]): Promise<ListenerEvent[]> {
  await using stage = await startStage()
  const { wire } = await stage.connectNova()
  wire.send(...messages)
  await wire.settled()
  return stage.events.all
}

describe('opening a Nova listener', () => {
  it('asks for the telephone’s sound, interim words and the ends of turns, and for each key term', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connectNova()
    const { pathname, searchParams } = new URL(wire.url, 'ws://x')
    expect(pathname).toBe('/v1/listen')
    expect(wire.headers.authorization).toBe('Token dg-test-key-nobody-may-see')
    expect(Object.fromEntries(searchParams)).toMatchObject({
      model: 'nova-3',
      encoding: 'mulaw',
      sample_rate: '8000',
      channels: '1',
      language: 'en-US',
      interim_results: 'true',
      vad_events: 'true',
      smart_format: 'true',
      endpointing: '300',
      utterance_end_ms: '1000',
    })
    expect(searchParams.getAll('keyterm')).toEqual(['escrow', 'Ann Lee'])
  })

  it.each([
    ['es-MX', {}, 'es'],
    ['es-419', {}, 'es-419'],
    ['fr', {}, 'fr'],
    ['en-US', { multilingual: true }, 'multi'],
    // There is no model for Haitian Creole alone.
    ['ht-HT', {}, 'multi'],
  ])('hears %s with %j as %s', async (language, change, expected) => {
    await using stage = await startStage()
    const opening = stage.open(stage.nova({ ...NOVA, ...change }), language)
    const { url } = await stage.server.nextConnection()
    await opening
    expect(new URL(url, 'ws://x').searchParams.get('language')).toBe(expected)
  })

  it('is told what to expect where it hears many languages, as far as it knows them', async () => {
    await using stage = await startStage()
    const opening = stage.open(stage.nova({ ...NOVA, multilingual: true }), 'en-US', ['en-US', 'vi-VN', 'ht-HT'])
    const { url } = await stage.server.nextConnection()
    await opening
    expect(new URL(url, 'ws://x').searchParams.getAll('language_hint')).toEqual(['en', 'vi'])
  })

  it('names key terms as an older model knows them', async () => {
    await using stage = await startStage()
    const opening = stage.open(stage.nova(NOVA, 'nova-2-phonecall'))
    const { searchParams } = new URL((await stage.server.nextConnection()).url, 'ws://x')
    await opening
    expect([searchParams.getAll('keyterm'), searchParams.getAll('keywords')]).toEqual([[], NOVA.keyterms])
  })
})

describe('a turn by Nova', () => {
  it('is told as it grows: interim words replace each other, final ones stay', async () => {
    const heard = await hearing(
      SPEECH_STARTED,
      results('interim', ''),
      results('interim', 'Book'),
      results('interim', 'Book'),
      results('interim', 'Look me'),
      results('final', 'Book me in,'),
      results('interim', 'pleas', 2),
      results('speech final', 'please.', 2),
      utteranceEnd(-1),
    )
    expect(heard).toEqual([
      started,
      words('Book'),
      words('Look me'),
      words('Book me in,'),
      words('Book me in, pleas'),
      words('Book me in, please.'),
      ended('Book me in, please.'),
    ])
  })

  it('begins with its first words when the start was not told', async () => {
    expect(await hearing(results('interim', 'Yes'))).toEqual([started, words('Yes')])
  })

  it('ends without words after a cough', async () => {
    expect(await hearing(SPEECH_STARTED, results('speech final', ''))).toEqual([started, ended('')])
  })

  it('is not begun by the empty finals of silence', async () => {
    expect(await hearing(results('interim', ''), results('speech final', ''), utteranceEnd(-1))).toEqual([])
  })

  it('ends when no more words come, with those that were not final yet', async () => {
    const heard = await hearing(results('final', 'Call me'), results('interim', 'back', 1), utteranceEnd(1.5))
    expect(heard.at(-1)).toEqual(ended('Call me back', NOVA.utteranceEndMs))
  })

  it('is not ended by a late word about the turn before it', async () => {
    const heard = await hearing(results('speech final', 'Yes.'), SPEECH_STARTED, utteranceEnd(0.5))
    expect(heard).toEqual([started, words('Yes.'), ended('Yes.'), started])
  })

  it('does not hear words again that turn up final after its end', async () => {
    const heard = await hearing(
      results('interim', 'call me'),
      utteranceEnd(1),
      results('final', 'Call me.'),
      results('interim', 'Call me. Today'),
    )
    expect(heard).toEqual([started, words('call me'), ended('call me', 1000), started, words('Today')])
  })

  it('ends at once when hurried, whatever was final', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectNova()
    wire.send(results('interim', 'My number is five'))
    await stage.events.first('turn.words')
    session.hurry()
    await wire.expect('Finalize')
    wire.send(results('finalized', 'My number is 5'))
    await wire.settled()
    expect(stage.events.all.slice(-2)).toEqual([words('My number is 5'), ended('My number is 5', 0)])
  })

  it('is not over because its words stand still while the caller makes a sound', async () => {
    await using stage = await startStage()
    const { session, wire } = await stage.connectNova()
    wire.send(results('interim', 'Hmm'))
    await stage.events.first('turn.words')
    for (let second = 0; second < 4; second += 1) {
      session.hear(tone(1_000))
      await wire.expect('binary')
      stage.clock.advance(1_000)
      // The provider, too, still works.
      wire.send(results('interim', 'Hmm'))
      await wire.settled()
    }
    expect(stage.events.types).not.toContain('turn.ended')
  })

  it('is over 3 s after its last word, in silence, when its end was forgotten', async () => {
    await using stage = await startStage()
    const { wire } = await stage.connectNova()
    wire.send(results('final', 'Good bye'))
    await stage.events.first('turn.words')
    stage.clock.advance(2_500)
    expect(stage.events.types).not.toContain('turn.ended')
    stage.clock.advance(500)
    expect(stage.events.all.at(-1)).toEqual(ended('Good bye', 3_000))
  })
})

it('keeps a silent session alive with a message every 4 s, and only then', async () => {
  await using stage = await startStage()
  const { session, wire } = await stage.connectNova()
  stage.clock.advance(3_500)
  session.hear(encodedSilence(20))
  await wire.expect('binary')
  stage.clock.advance(3_500)
  await wire.expectNothing()
  stage.clock.advance(500)
  await wire.expect('KeepAlive')
  stage.clock.advance(4_000)
  await wire.expect('KeepAlive')
})

function tone(ms: number) {
  return encodeAudio(encodeMulaw(Int16Array.from({ length: ms * 8 }, (_, at) => 12_000 * Math.sin(at / 5))))
}
