import { expect, it } from 'vitest'
import { BYTES_PER_MS, encodeAudio, encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { encodeMulaw } from '../../../src/audio/mulaw.ts'
import { createCascadeEngine } from '../../../src/engines/cascade/cascade-engine.ts'
import type { EngineFailure } from '../../../src/engines/engine.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { failureOf } from './fakes.ts'
import { BRIEFING, createParts, openStage, type Stage } from './stage.ts'

const voice = encodeAudio(
  encodeMulaw(Int16Array.from({ length: 20 * BYTES_PER_MS }, (_, at) => 8_000 * Math.sin((at * Math.PI) / 10))),
)
const silence = encodedSilence(20)

function hear({ session }: Stage, audio: Buffer, ms: number): void {
  for (let atMs = 0; atMs < ms; atMs += 20) session.hear(audio)
}

const lose = ({ listener }: Stage, failure: EngineFailure = 'dropped') =>
  listener.session.emit({ type: 'lost', error: failureOf('deepgram', failure) })

it('opens the next listener when the first does not open', async () => {
  const parts = createParts({ listeners: 2 })
  parts.listeners[0]?.refusals.push(failureOf('deepgram', 'refused'))
  const { listeners, events } = await openStage(parts)
  expect(listeners.map(({ sessions }) => sessions.length)).toEqual([0, 1])
  expect(events.of('engine.complained')).toMatchObject([{ code: 'refused_by_deepgram' }])
})

it('does not open without a listener, and leaves nothing behind', async () => {
  const parts = createParts({ listeners: 2 })
  for (const listener of parts.listeners) listener.refusals.push(failureOf('deepgram', 'limited', listener.model))
  const opening = createCascadeEngine(parts).open(BRIEFING, { signal: new AbortController().signal, onEvent: () => {} })
  await expect(opening).rejects.toMatchObject({ failure: 'limited', code: 'listener-2', provider: 'deepgram' })
  expect(parts.speaker.connections[0]?.isDisposed).toBe(true)
  expect(parts.clock.timers).toBe(0)
})

it('does not wait long for a listener that might open yet', async () => {
  const parts = createParts({ listeners: 2 })
  const [slow] = parts.listeners
  slow!.open = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
  const opening = openStage(parts)
  await parts.clock.advanceAsync(1_000)
  const { events } = await opening
  expect(events.of('engine.complained')).toMatchObject([{ code: 'listener_open_timeout' }])
})

it('lets another listener hear the unfinished turn again when one is lost', async () => {
  const stage = await openStage(createParts({ listeners: 2 }))
  hear(stage, silence, 4_000)
  hear(stage, voice, 1_000)
  stage.listener.session.emit({ type: 'turn.started' }, { type: 'turn.words', text: 'I want' })
  stage.clock.advance(5_000)
  lose(stage)
  hear(stage, voice, 200)
  await settle()
  hear(stage, voice, 100)
  const next = stage.listeners[1]!.session
  // The end of the silence, the whole of the turn, what came while nobody listened, and what came after.
  expect(next.heard.filter((piece) => piece.equals(voice))).toHaveLength((1_000 + 200 + 100) / 20)
  expect(next.heard.length).toBeLessThan((4_000 + 1_300) / 20)
  expect(stage.listener.session.isDisposed).toBe(true)
  next.turn('I want to refinance.')
  expect(stage.events.of('caller.started-speaking')).toHaveLength(1)
  expect(stage.events.of('caller.words').at(-1)).toMatchObject({ text: 'I want to refinance.', final: true })
  expect(stage.events.of('engine.lost')).toEqual([])
})

it('does not let it hear a finished turn again, and no more than 15 s', async () => {
  const stage = await openStage()
  hear(stage, voice, 1_000)
  stage.listener.session.turn('Hello.')
  hear(stage, silence, 100)
  stage.clock.advance(5_000)
  lose(stage)
  await settle()
  expect(stage.listener.session.heard.filter((piece) => piece.equals(voice)).length).toBeLessThanOrEqual(300 / 20)

  for (let second = 0; second < 20; second += 1) {
    stage.listener.session.emit({ type: 'turn.words', text: 'and'.repeat(second + 1) })
    hear(stage, voice, 1_000)
  }
  stage.clock.advance(5_000)
  lose(stage)
  await settle()
  expect(stage.listener.session.heard).toHaveLength(15_000 / 20)
})

it('replaces a listener that makes nothing of audible speech', async () => {
  const stage = await openStage(createParts({ listeners: 2 }))
  stage.clock.advance(5_000)
  hear(stage, silence, 1_000)
  hear(stage, voice, 3_000)
  await settle()
  expect(stage.events.of('engine.complained')).toMatchObject([{ code: 'listener_deaf' }])
  expect(stage.listeners[1]?.session.heard.filter((piece) => piece.equals(voice))).toHaveLength(3_000 / 20)
  // Nobody hears words in it: it is music, and no reason to give anybody up.
  hear(stage, voice, 10_000)
  await settle()
  expect(stage.listeners.map(({ sessions }) => sessions.length)).toEqual([1, 1])
})

it('hurries a listener that does not end a turn after a long silence', async () => {
  const stage = await openStage()
  hear(stage, voice, 500)
  stage.listener.session.emit({ type: 'turn.started' }, { type: 'turn.words', text: 'Hello' })
  hear(stage, silence, 2_000)
  expect(stage.listener.session.hurried).toBe(1)
})

it('gives up after three listeners in a row that did not last', async () => {
  const stage = await openStage(createParts({ listeners: 2 }))
  stage.clock.advance(60_000)
  lose(stage)
  for (let replaced = 0; replaced < 3; replaced += 1) {
    expect(stage.events.of('engine.lost')).toEqual([])
    await stage.clock.advanceAsync(1_000)
    for (const { sessions } of stage.listeners)
      sessions.at(-1)?.emit({ type: 'lost', error: failureOf('deepgram', 'dropped', 'again') })
  }
  expect(stage.events.of('engine.lost')).toMatchObject([{ error: { code: 'again' } }])
  await stage.clock.advanceAsync(60_000)
  expect(stage.listeners.flatMap(({ sessions }) => sessions)).toHaveLength(4)
  expect(stage.clock.timers).toBe(0)
})

it('never asks a listener again that refused us', async () => {
  const stage = await openStage()
  lose(stage, 'refused')
  expect(stage.events.of('engine.lost')).toMatchObject([{ error: { failure: 'refused', provider: 'deepgram' } }])
  await stage.clock.advanceAsync(10_000)
  expect(stage.listener.attempts).toBe(1)
})

it.each(['refused', 'limited', 'dropped'] as const)(
  'asks the next thinker when one %s before a word',
  async (failure) => {
    const stage = await openStage(createParts({ thinkers: 2 }))
    stage.thinkers[0]?.failures.push(failureOf('openai', failure))
    const thought = await stage.asks()
    expect(thought).toBe(stage.thinkers[1]?.thought)
    expect(thought.prompt).toEqual(stage.thinkers[0]?.thought.prompt)
    expect(stage.events.types).toEqual(['answer.started', 'engine.complained'])
    // The caller does not wait for the one that failed a second time.
    stage.session.interrupt([])
    await stage.asks()
    expect(stage.thinkers.map(({ thoughts }) => thoughts.length)).toEqual([1, 2])
  },
)

it('asks the next thinker when one has no word in time', async () => {
  const stage = await openStage(createParts({ thinkers: 2 }))
  const slow = await stage.asks()
  await stage.clock.advanceAsync(2_900)
  expect(stage.thinkers[1]?.thoughts).toEqual([])
  await stage.clock.advanceAsync(100)
  expect(slow.signal.aborted).toBe(true)
  expect(stage.thinkers[1]?.thoughts).toHaveLength(1)
  expect(stage.events.of('engine.complained')).toMatchObject([{ code: 'thinker_silent' }])
})

it('fails an answer that broke off after its first words, which are spoken to their end', async () => {
  const stage = await openStage(createParts({ thinkers: 2 }))
  const thought = await stage.asks()
  thought.says('It is six percent. And the')
  await settle()
  thought.fail(failureOf('openai', 'dropped'))
  await settle()
  expect(stage.speaker.utterance).toMatchObject({ pieces: ['It is six percent. '], isFinished: true })
  expect(stage.events.of('answer.ended')).toEqual([])
  stage.speaker.utterance.completes()
  expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'failed', detail: 'dropped_by_openai' }])
  // It is not complete: the call is to ask for the rest.
  expect(stage.events.of('agent.utterance-complete')).toEqual([])
  expect(stage.thinkers[1]?.thoughts).toEqual([])
})

it.each([
  [['refused', 'limited'], 'engine.lost', { error: { failure: 'refused', provider: 'openai' } }],
  [['refused', 'dropped'], 'answer.ended', { outcome: 'failed', detail: 'dropped_by_anthropic' }],
] as const)('ends with %j of all thinkers by %s', async (failures, type, event) => {
  const stage = await openStage(createParts({ thinkers: 2 }))
  failures.forEach((failure, at) => {
    const { provider, failures: next } = stage.thinkers[at]!
    next.push(failureOf(provider, failure))
  })
  await stage.asks()
  await settle()
  expect(stage.events.of(type)).toMatchObject([event])
})

it('goes on over a new connection with the word it broke off at, and times go on', async () => {
  const stage = await openStage()
  const thought = await stage.asks()
  thought.says('Good morning. How are you? ')
  await settle()
  const first = stage.speaker.utterance
  first.speaks(1_000).times({ chars: 13, ms: 800 }, { chars: 21, ms: 950 })
  first.fails(failureOf('elevenlabs', 'dropped'))
  const second = stage.speaker.utterance
  expect(second.pieces).toEqual(['you? '])
  thought.says('I am well.').ends()
  await settle()
  second.speaks(400).times({ chars: 4, ms: 100 }, { chars: 14, ms: 400 }).completes()
  expect(second.pieces).toEqual(['you? ', 'I am well. '])
  expect(stage.events.of('agent.timing').flatMap(({ spoken }) => spoken)).toEqual([
    { chars: 13, ms: 800 },
    { chars: 21, ms: 950 },
    { chars: 26, ms: 1_100 },
    { chars: 36, ms: 1_400 },
  ])
  expect(new Set(stage.events.of('agent.audio').map(({ utteranceId }) => utteranceId)).size).toBe(1)
  expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'spoke' }])
  expect(stage.speaker.connections.map(({ isDisposed }) => isDisposed)).toEqual([true, false])
})

it('does not say again what was spoken to its last character', async () => {
  const stage = await openStage()
  const thought = await stage.asks()
  thought.says('Good morning. How are you? ')
  await settle()
  stage.speaker.utterance.speaks(900).times({ chars: 13, ms: 800 })
  stage.speaker.utterance.fails(failureOf('elevenlabs', 'dropped'))
  expect(stage.speaker.utterance.pieces).toEqual(['How are you? '])
})

it('goes by the length of its sound where no times are told', async () => {
  const stage = await openStage()
  const thought = await stage.asks()
  thought.says('Good morning. How are you? ')
  await settle()
  stage.speaker.utterance.speaks(1_000).fails(failureOf('elevenlabs', 'dropped'))
  expect(stage.speaker.utterance.pieces).toEqual(['How are you? '])
})

it('is finished when the voice fails after its last word', async () => {
  const stage = await openStage()
  const utterance = await stage.speaks('Good morning.')
  utterance.fails(failureOf('elevenlabs', 'dropped'))
  expect(stage.events.types.slice(-2)).toEqual(['agent.utterance-complete', 'answer.ended'])
  expect(stage.speaker.utterances).toEqual([utterance])
})

it('outlives several connections while each brings it further', async () => {
  const stage = await openStage()
  ;(await stage.asks()).says('Good morning. ').ends()
  await settle()
  for (const text of ['Good morning. ', 'morning. ']) {
    expect(stage.speaker.utterance.text).toBe(text)
    const chars = text.indexOf(' ')
    stage.speaker.utterance.speaks(400).times({ chars, ms: 400 }).fails(failureOf('elevenlabs', 'dropped'))
  }
  expect(stage.events.types.at(-1)).toBe('answer.ended')
  expect(stage.events.of('engine.lost')).toEqual([])
})

it('is lost when the voice fails twice without a word in between, or refuses', async () => {
  for (const failures of [['dropped', 'limited'], ['refused']] as const) {
    const stage = await openStage()
    ;(await stage.asks()).says('Good morning. ')
    await settle()
    for (const failure of failures) stage.speaker.utterance.fails(failureOf('elevenlabs', failure))
    expect(stage.events.of('engine.lost')).toMatchObject([{ error: { failure: failures.at(-1) } }])
    expect(stage.events.types.at(-1)).toBe('engine.lost')
    expect(stage.listener.session.isDisposed).toBe(true)
  }
})
