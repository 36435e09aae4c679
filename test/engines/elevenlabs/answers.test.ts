import { describe, expect, it } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { agentResponse, audio, correction, interruption } from './elevenlabs-provider.ts'
import { startStage } from './stage.ts'

describe('an answer', () => {
  it('is complete soon after its last word was spoken, and tells when each word is', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(
      agentResponse(1, 'Good day to you'),
      audio(2, encodedSilence(800), 'Good day'),
      audio(3, encodedSilence(700), ' to you'),
    )
    expect(stage.events.of('agent.words')).toMatchObject([{ text: 'Good day to you', final: true }])
    const timing = stage.events.of('agent.timing').flatMap(({ spoken }) => spoken)
    expect(timing).toEqual([
      { chars: 4, ms: 400 },
      { chars: 8, ms: 800 },
      { chars: 11, ms: 1100 },
      { chars: 15, ms: 1500 },
    ])
    stage.clock.advance(100)
    expect(stage.events.of('answer.ended')).toEqual([])
    stage.clock.advance(200)
    expect(stage.events.types.slice(-2)).toEqual(['agent.utterance-complete', 'answer.ended'])
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'spoke' }])
  })

  it('reads times that count from the start of the utterance alike', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    const second = audio(3, encodedSilence(700), ' to you')
    second.audio_event.alignment!.char_start_times_ms = [800, 900, 1000, 1100, 1200, 1300, 1400]
    await says(audio(2, encodedSilence(800), 'Good day'), second)
    expect(stage.events.of('agent.timing').at(-1)?.spoken.at(-1)).toEqual({ chars: 15, ms: 1500 })
  })

  it.each([
    [
      'its words are known and their times are not',
      [agentResponse(1, 'Hi'), audio(1, encodedSilence(80))],
      700,
      'spoke',
    ],
    ['nothing but its sound is known', [audio(1, encodedSilence(80))], 1_500, 'spoke'],
    [
      'not all its words were spoken',
      [agentResponse(1, 'Hi there'), audio(1, encodedSilence(80), 'Hi')],
      1_500,
      'cut short',
    ],
    [
      'its numbers are written out',
      [agentResponse(1, 'It is 5'), audio(1, encodedSilence(80), 'It is five')],
      1_500,
      'spoke',
    ],
    ['its voice never comes', [agentResponse(1, 'Hi there')], 3_000, 'empty'],
  ])('ends by the clock when %s', async (_what, events, afterMs, outcome) => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(...events)
    stage.clock.advance(afterMs - 100)
    expect(stage.events.of('answer.ended')).toEqual([])
    stage.clock.advance(200)
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome }])
  })

  it('keeps of words that were announced those that were spoken', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(agentResponse(1, 'Hi there'), audio(1, encodedSilence(80), 'Hi'))
    stage.clock.advance(2_000)
    expect(stage.events.of('agent.words').map(({ text }) => text)).toEqual(['Hi there', 'Hi'])
  })

  it('follows another when new words are announced, and words that come late find theirs', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(audio(1, encodedSilence(80)))
    stage.clock.advance(1_600)
    await says(
      agentResponse(1, 'One.'),
      agentResponse(2, 'Two.'),
      audio(3, encodedSilence(80)),
      agentResponse(4, 'Three.'),
    )
    const [one, two] = stage.events.of('agent.audio').map(({ utteranceId }) => utteranceId)
    expect(stage.events.of('agent.words')).toMatchObject([
      { utteranceId: one, text: 'One.' },
      { utteranceId: two, text: 'Two.' },
      { text: 'Three.' },
    ])
    expect(stage.events.of('answer.started')).toHaveLength(3)
    expect(stage.events.of('answer.ended')).toHaveLength(2)
  })

  it('keeps its words when the model corrects its memory: what was heard the carrier knows better', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(agentResponse(1, 'Good day to you'), audio(2, encodedSilence(200)), interruption(3))
    await says(correction(1, 'Good day'))
    expect(stage.events.of('agent.words')).toMatchObject([{ text: 'Good day to you', final: true }])
    expect(stage.logged).toEqual([])
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'cancelled' }])
  })

  it('is not heard any more after an interruption, up to its event id', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(
      audio(1, encodedSilence(20)),
      interruption(3),
      audio(2, encodedSilence(20)),
      audio(3, encodedSilence(20)),
    )
    expect(stage.events.of('agent.audio')).toHaveLength(1)
    await says(audio(4, encodedSilence(20)))
    expect(stage.events.of('agent.audio')).toHaveLength(2)
  })

  it('is passed over after we stopped it, until the agent has new words', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(agentResponse(1, 'Good day to you'), audio(2, encodedSilence(200), 'Good'))
    session.interrupt([])
    await wire.expect('contextual_update', {
      text: 'You were stopped. The caller heard nothing of what you said last.',
    })
    await says(audio(3, encodedSilence(200), ' day'), agentResponse(1, 'Good day to you'))
    expect(stage.events.of('agent.audio')).toHaveLength(1)
    await says(agentResponse(4, 'Good day to you'), audio(5, encodedSilence(200), 'Good'))
    expect(stage.events.of('agent.audio')).toHaveLength(2)
  })

  it('is heard again though it has no words when what we stopped has been quiet for long', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(audio(1, encodedSilence(80)))
    session.interrupt([])
    await wire.expect('contextual_update')
    stage.clock.advance(1_600)
    await says(audio(2, encodedSilence(80)))
    expect(stage.events.of('agent.audio')).toHaveLength(2)
  })

  it('is not ended by an interruption of the one before it', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(agentResponse(1, 'One.'), audio(2, encodedSilence(80), 'One.'), agentResponse(4, 'Two.'))
    await says(interruption(3), audio(5, encodedSilence(80)))
    expect(stage.events.of('agent.audio')).toHaveLength(2)
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'spoke' }])
  })

  it('takes other words as long as it has no voice', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(agentResponse(1, 'One.'), agentResponse(4, 'Two.'), interruption(3), audio(5, encodedSilence(80)))
    expect(stage.events.of('answer.started')).toHaveLength(1)
    expect(stage.events.types).not.toContain('answer.ended')
    expect(stage.events.of('agent.words').at(-1)).toMatchObject({ text: 'Two.' })
  })
})
