import { describe, expect, it } from 'vitest'
import { durationMs, encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { fallSilent, output, said, speak } from './openai-live-provider.ts'
import { sound, startStage } from './stage.ts'

const silence = (ms: number) => Array.from({ length: ms / 100 }, () => output(encodedSilence(100)))
const speech = (ms: number) => Array.from({ length: ms / 100 }, () => output(sound(100)))

const STOP = /^Stop speaking immediately/

describe('the endless output', () => {
  it('is speech only where it sounds, with a little of the silence before', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(...silence(5_000))
    expect(stage.events.all).toEqual([])
    await says(...speech(300), ...silence(700))
    expect(stage.events.of('agent.audio').map(({ audio }) => durationMs(audio))).toEqual([40, ...Array(6).fill(100)])
    expect(stage.events.of('answer.ended')).toEqual([])
    await says(...silence(100))
    expect(stage.events.types.slice(-2)).toEqual(['agent.utterance-complete', 'answer.ended'])
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'spoke' }])
  })

  it('is one utterance across a pause, of which only the beginning is passed on', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(...speech(300), ...silence(700), ...speech(300), ...silence(800), ...speech(100))
    const ids = stage.events.of('agent.audio').map(({ utteranceId }) => utteranceId)
    const [first] = ids
    expect(ids.filter((id) => id === first)).toHaveLength(3 + 3 + 3 + 3)
    expect(stage.events.of('answer.started')).toHaveLength(2)
  })

  it('ends an utterance by the clock should it stop with the speech', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(...speech(300))
    stage.clock.advance(1_400)
    expect(stage.events.of('answer.ended')).toEqual([])
    stage.clock.advance(200)
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'spoke' }])
  })

  it('is missed when it has flowed and stops', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(...silence(2_000))
    stage.clock.advance(4_500)
    expect(stage.events.of('engine.lost')).toMatchObject([{ error: { failure: 'stalled', code: 'events_missed' } }])
  })

  it('takes audio in a shape that cannot be cut out', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says({ ...output(sound(100)), extra: { nested: true } })
    expect(stage.events.of('agent.audio').map(({ audio }) => audio.toString())).toEqual([sound(100).toString()])
  })
})

describe('its words', () => {
  it('belong to the utterance they were said in, by their times', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(said('output', 'Good ', 1_000, 1_200), ...silence(1_000), ...speech(400))
    await says(said('output', 'day.', 1_200, 1_400), ...silence(1_000), ...speech(200))
    await says(said('output', 'Late.', 1_600, 1_800), said('output', 'Next', 2_400, 2_600))
    const [first, second] = [utteranceOf(stage.events, 0), utteranceOf(stage.events, 1)]
    expect(stage.events.of('agent.words')).toMatchObject([
      { utteranceId: first, text: 'Good', final: false },
      { utteranceId: first, text: 'Good day.', final: false },
      { utteranceId: first, text: 'Good day.', final: true },
      { utteranceId: first, text: 'Good day. Late.', final: true },
      { utteranceId: second, text: 'Next', final: false },
    ])
    // Of its own audio, which begins with 40 ms of silence.
    expect(stage.events.of('agent.timing')[1]).toMatchObject({ utteranceId: first, spoken: [{ chars: 9, ms: 440 }] })
  })

  it('are timed by the audio that was passed on', async () => {
    await using stage = await startStage()
    const { says } = await stage.connect()
    await says(...speech(200), ...silence(600), ...speech(200), said('output', 'One. Two.', 800, 1_000))
    expect(stage.events.of('agent.timing')).toMatchObject([{ spoken: [{ ms: 700 }] }])
  })
})

describe('an interruption by the caller', () => {
  it('is left to the model: what it goes on to say is reported, and no event is sent', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(...speech(300))
    speak(session)
    session.interrupt([{ utteranceId: utteranceOf(stage.events, 0), heardMs: 200 }])
    await says(...speech(300))
    expect(stage.events.of('agent.audio')).toHaveLength(6)
    await wire.expectNothing()
  })

  it('makes what follows a short pause another answer, which is not asked for again', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(...speech(300))
    speak(session)
    session.interrupt([])
    await says(...silence(300), ...speech(100))
    expect(stage.events.of('answer.started')).toHaveLength(2)
    fallSilent(session)
    session.answer()
    await says(...silence(800))
    stage.clock.advance(4_000)
    await wire.expectNothing()
  })

  it('does not take a sound of listening for the answer', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    speak(session)
    await says(...speech(200), ...silence(800))
    fallSilent(session)
    session.answer()
    stage.clock.advance(2_600)
    const { content } = await wire.expect('session.instructions.append')
    expect(content).toMatch(/Speak to the caller now/)
  })
})

describe('a stop by a rule', () => {
  it('passes over the rest until it pauses, and tells the model what was heard', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(...speech(400), said('output', 'Good day', 0, 200), said('output', ' to you', 200, 400))
    session.interrupt([{ utteranceId: utteranceOf(stage.events, 0), heardMs: 250 }])
    const { content } = await wire.expect('session.instructions.append', { delegation_id: null })
    expect(content).toMatch(STOP)
    expect(content).toContain('heard only this of what you said last: "Good day"')
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'cancelled' }])
    await says(...speech(500), said('output', ' and more', 400, 800))
    expect(stage.events.of('agent.audio')).toHaveLength(4)
    expect(stage.events.of('agent.words').at(-1)?.text).toBe('Good day to you')
    await says(...silence(300), ...speech(100))
    expect(stage.events.of('agent.audio')).toHaveLength(5)
    expect(stage.events.of('answer.started')).toHaveLength(2)
  })

  it('holds for an answer that was asked for and has not begun', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    session.answer()
    await wire.expect('session.instructions.append')
    session.interrupt([])
    expect((await wire.expect('session.instructions.append')).content).toMatch(STOP)
    await says(...speech(300))
    expect(stage.events.of('agent.audio')).toEqual([])
    expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'cancelled' }])
  })

  it('ends when the caller has had a turn, whether the model has paused or not', async () => {
    await using stage = await startStage()
    const { session, wire, says } = await stage.connect()
    await says(...speech(200))
    session.interrupt([])
    await wire.expect('session.instructions.append')
    await says(...speech(200))
    speak(session)
    fallSilent(session)
    await says(...speech(200))
    expect(stage.events.of('agent.audio')).toHaveLength(4)
  })
})

function utteranceOf(events: Awaited<ReturnType<typeof startStage>>['events'], at: number): string {
  const ids = new Set(events.of('agent.audio').map(({ utteranceId }) => utteranceId))
  return [...ids][at] ?? ''
}
