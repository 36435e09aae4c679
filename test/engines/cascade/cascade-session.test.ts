import { expect, it } from 'vitest'
import { encodedSilence } from '../../../src/audio/encoded-audio.ts'
import { createCascadeEngine } from '../../../src/engines/cascade/cascade-engine.ts'
import type { EngineEvent } from '../../../src/engines/engine.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { type FakeListener, failureOf } from './fakes.ts'
import { BRIEFING, createParts, openStage } from './stage.ts'

const GREETING = 'agent: Thanks for calling.'

it('names itself by its first thinker and all the services it needs', () => {
  const engine = createCascadeEngine(createParts({ thinkers: 2 }))
  expect(engine).toMatchObject({
    name: 'cascade',
    model: 'openai-model',
    providers: ['deepgram', 'openai', 'elevenlabs'],
  })
  expect(() => createCascadeEngine({ ...createParts(), thinkers: [] })).toThrow('needs a listener and a thinker')
})

it('is ready to speak as soon as it hears', async () => {
  const { speaker } = await openStage()
  expect(speaker.connections.map(({ language, prepared }) => [language, prepared])).toEqual([['en-US', 1]])
})

it('reports a turn in its order, and remembers its words before it tells of its end', async () => {
  // The call asks for the answer while it hears of the end; the thinker was once asked without the question.
  const parts = createParts()
  const heard: EngineEvent[] = []
  const session = await createCascadeEngine(parts).open(BRIEFING, {
    signal: new AbortController().signal,
    onEvent: (event) => {
      heard.push(event)
      if (event.type === 'caller.stopped-speaking') session.answer()
    },
  })
  parts.listeners[0]?.session.emit(
    { type: 'turn.started' },
    { type: 'turn.words', text: 'My rate?' },
    { type: 'turn.ended', text: 'What is my rate?', endpointingMs: 300 },
  )
  expect(heard).toMatchObject([
    { type: 'caller.started-speaking' },
    { type: 'caller.words', text: 'My rate?', final: false },
    { type: 'caller.stopped-speaking', endpointingMs: 300 },
    { type: 'answer.started' },
    { type: 'caller.words', text: 'What is my rate?', final: true },
  ])
  expect(parts.thinkers[0]?.thought.prompt.memory.at(-1)).toEqual({ role: 'caller', text: 'What is my rate?' })
})

it('speaks sentence by sentence while the rest is still being thought', async () => {
  const { asks, speaker, events } = await openStage()
  const thought = await asks()
  thought.says('Good morning. How')
  await settle()
  expect(speaker.utterance.pieces).toEqual(['Good morning. '])
  thought.says(' are you?')
  thought.ends()
  await settle()
  expect(speaker.utterance).toMatchObject({ pieces: ['Good morning. ', 'How are you? '], isFinished: true })
  expect(events.of('agent.words').map(({ text, final }) => [text, final])).toEqual([
    ['Good morning.', false],
    ['Good morning. How are you?', false],
    ['Good morning. How are you?', true],
  ])
})

it('passes audio on untouched, with its times, and says what it cost', async () => {
  const { asks, speaker, events } = await openStage()
  const thought = await asks()
  const usage = { model: 'openai-model', textIn: 9, textCachedIn: 0, textOut: 2, audioIn: 0, audioCachedIn: 0 } as const
  thought.gives({ type: 'text', text: 'Yes.' }, { type: 'usage', usage: { ...usage, audioOut: 0, audioSeconds: 0 } })
  thought.ends()
  await settle()
  const audio = encodedSilence(60)
  speaker.utterance.speaks(60, audio).times({ chars: 4, ms: 60 }).completes()
  expect(events.of('agent.audio')[0]?.audio).toBe(audio)
  expect(events.of('agent.timing')).toMatchObject([{ spoken: [{ chars: 4, ms: 60 }] }])
  expect(events.of('usage.counted').map(({ usage: { model, textOut } }) => [model, textOut])).toEqual([
    ['openai-model', 2],
    ['fake-flash', 5],
  ])
  expect(events.types.slice(-2)).toEqual(['agent.utterance-complete', 'answer.ended'])
})

it('counts the seconds a listener is paid for', async () => {
  const { listener, events } = await openStage()
  listener.session.emit({ type: 'billed', audioSeconds: 12.5 })
  expect(events.of('usage.counted')).toMatchObject([{ usage: { model: 'listener-1', audioSeconds: 12.5, textOut: 0 } }])
})

it.each([
  ['done', '', 'empty'],
  ['done', 'Yes.', 'spoke'],
  ['length', 'Yes, and', 'cut short'],
  ['length', '', 'failed'],
  ['refused', '', 'failed'],
] as const)('ends an answer that was %s after "%s" as %s', async (because, text, outcome) => {
  const { asks, speaker, events } = await openStage()
  const thought = await asks()
  thought.says(text).ends(because)
  await settle()
  speaker.utterances.at(-1)?.completes()
  expect(events.of('answer.ended')).toMatchObject([{ outcome }])
})

it('asks for a tool while it still speaks, and remembers words, request and result in their order', async () => {
  const { session, asks, speaker, events, remembered } = await openStage()
  const thought = await asks()
  thought.says('Let me look')
  thought.gives({ type: 'tool', requestId: 'call_1', name: 'book', argumentsJson: '{}' })
  await settle()
  expect(speaker.utterance.pieces).toEqual(['Let me look '])
  expect(events.of('tool.requested')).toMatchObject([{ requestId: 'call_1', name: 'book', argumentsJson: '{}' }])
  session.returnToolResult('call_1', '{"ok":true}')
  session.answer()
  thought.ends()
  await settle()
  speaker.utterance.completes()
  await settle()
  expect(events.of('answer.ended')).toMatchObject([{ outcome: 'asked for tools' }])
  expect(remembered()).toEqual([
    GREETING,
    'agent: Let me look',
    'tool request: call_1 {}',
    'tool result: call_1 {"ok":true}',
  ])
})

it('gives one answer to all that was asked for during another, with the last instructions', async () => {
  const { session, speaks, thinker } = await openStage()
  const utterance = await speaks('One moment.')
  session.answer('Be brief.')
  session.answer()
  utterance.completes()
  await settle()
  expect(thinker.thoughts.map(({ prompt }) => prompt.extraInstructions)).toEqual([undefined, 'Be brief.'])
  expect(thinker.thought.prompt.instructions).toBe(BRIEFING.instructions)
})

it('cuts its memory at the word the caller heard, also after the answer ended', async () => {
  const { session, speaks, asks, events, remembered } = await openStage()
  const utterance = await speaks('We can meet on Tuesday.')
  utterance.completes()
  const { utteranceId } = await events.first('agent.audio')
  session.interrupt([
    { utteranceId, heardMs: 320 },
    { utteranceId: 'phrase_opening', heardMs: 10 },
  ])
  // What was cut once does not come back, and may be cut further.
  session.interrupt([{ utteranceId, heardMs: 400 }])
  await asks()
  expect(remembered()).toEqual([GREETING, 'agent: We can meet'])
  session.interrupt([{ utteranceId, heardMs: 100 }])
  await asks()
  expect(remembered()).toEqual([GREETING, 'agent: We'])
  expect(events.of('answer.ended').map(({ outcome }) => outcome)).toEqual(['spoke', 'cancelled'])
})

it('stops at once when interrupted, and forgets what nobody heard', async () => {
  const { session, asks, speaker, events, remembered } = await openStage()
  const thought = await asks()
  thought.says('Good morning. And')
  await settle()
  speaker.utterance.speaks(500).times({ chars: 12, ms: 500 })
  const { utteranceId } = await events.first('agent.audio')
  session.interrupt([{ utteranceId, heardMs: 0 }])
  expect(thought.signal.aborted).toBe(true)
  expect(speaker.utterance.isStopped).toBe(true)
  expect(events.types.slice(-2)).toEqual(['agent.utterance-complete', 'answer.ended'])
  expect(events.of('answer.ended')).toMatchObject([{ outcome: 'cancelled' }])
  await asks()
  expect(remembered()).toEqual([GREETING])
  expect(events.of('usage.counted')).toMatchObject([{ usage: { model: 'fake-flash', textOut: 14 } }])
})

it('remembers what it gave to the call when an interruption names nothing', async () => {
  const { session, asks, speaker, remembered } = await openStage()
  const thought = await asks()
  thought.says('We can meet on Tuesday. ')
  await settle()
  speaker.utterance.speaks(200).times({ chars: 2, ms: 90 }, { chars: 6, ms: 190 }, { chars: 11, ms: 290 })
  session.interrupt([])
  await asks()
  expect(remembered()).toEqual([GREETING, 'agent: We can'])
})

it('keeps the tools it asked for when it is interrupted, and takes their results', async () => {
  const { session, asks, remembered } = await openStage()
  const thought = await asks()
  thought.gives({ type: 'tool', requestId: 'call_1', name: 'book', argumentsJson: '{"day":"Tuesday"}' })
  await settle()
  session.interrupt([])
  await asks()
  const pending = 'note: You asked for the tool book with {"day":"Tuesday"}; it is still working.'
  expect(remembered()).toEqual([GREETING, pending])
  session.interrupt([])
  session.returnToolResult('call_1', '{}')
  session.returnToolResult('call_0', '{"old":1}')
  await asks()
  expect(remembered()).toEqual([
    GREETING,
    'tool request: call_1 {"day":"Tuesday"}',
    'tool result: call_1 {}',
    'note: Result of a tool that was asked for earlier: {"old":1}',
  ])
})

it('may be interrupted by whoever hears that an answer began or ended', async () => {
  const parts = createParts()
  const heard: string[] = []
  const session = await createCascadeEngine(parts).open(BRIEFING, {
    signal: new AbortController().signal,
    onEvent: ({ type }) => {
      heard.push(type)
      if (type.startsWith('answer.')) session.interrupt([])
    },
  })
  session.answer()
  await settle()
  expect(heard).toEqual(['answer.started', 'answer.ended'])
  expect(parts.thinkers[0]?.thoughts).toEqual([])
})

it('answers differently from the next answer on, and keeps what a provider can cache', async () => {
  const { session, asks, speaker, thinker, listener } = await openStage()
  const first = await asks()
  session.interrupt([])
  const second = await asks()
  expect(second.prompt.instructions).toBe(first.prompt.instructions)
  expect(second.prompt.tools).toBe(first.prompt.tools)
  session.interrupt([])
  session.rebrief({ instructions: 'Close.', language: 'es-US' })
  const third = await asks()
  third.says('Adiós.')
  await settle()
  expect(thinker.thought.prompt).toMatchObject({ instructions: 'Close.', tools: BRIEFING.tools })
  expect(speaker.connections.map(({ language, isDisposed }) => [language, isDisposed])).toEqual([
    ['en-US', true],
    ['es-US', false],
  ])
  expect(listener.sessions.map(({ language, isDisposed }) => [language, isDisposed])).toEqual([
    ['en-US', true],
    ['es-US', false],
  ])
})

it('keeps a listener that knows the new language, and takes another for one it does not know', async () => {
  const { listeners, session } = await openStage(createParts({ listeners: 2 }))
  const [listener, other] = listeners as [FakeListener, FakeListener]
  listener.multilingual = true
  listener.knows = ['en-US', 'es-US']
  session.rebrief({ language: 'es-US' })
  await settle()
  expect(listener.sessions.map(({ isDisposed }) => isDisposed)).toEqual([false])
  session.rebrief({ language: 'vi-VN' })
  await settle()
  expect(listener.sessions.map(({ isDisposed }) => isDisposed)).toEqual([true])
  expect(other.session.language).toBe('vi-VN')
})

it('begins with the listener that hears most of what the caller may speak, whichever is named first', async () => {
  const hears = ['en-US', 'es-US', 'vi-VN', 'ht-HT']
  const parts = createParts({ listeners: 3 })
  const [one, some, most] = parts.listeners as [FakeListener, FakeListener, FakeListener]
  some.multilingual = most.multilingual = true
  some.knows = ['en-US', 'es-US']
  most.knows = ['en-US', 'es-US', 'vi-VN']
  most.refusals.push(failureOf('deepgram', 'dropped'))
  const { session } = await openStage(parts, { ...BRIEFING, hears })
  expect([one.attempts, some.attempts, most.attempts]).toEqual([0, 1, 1])
  // For a language that none of them knows there is nothing better than the one at work.
  one.knows = ['en-US']
  some.onOpen = () => expect.fail('opened again')
  session.rebrief({ language: 'ht-HT' })
  await settle()
  expect(some.sessions.map(({ isDisposed }) => isDisposed)).toEqual([false])
})

it('tells the thinker once of sounds without words, so that it knows why it is asked', async () => {
  const { listener, asks, session, remembered } = await openStage()
  listener.session.turn('')
  listener.session.turn('')
  await asks()
  expect(remembered()).toEqual([GREETING, 'note: The caller made a sound in which no words could be understood.'])
  session.interrupt([])
})

it('passes on what its parts complain of, but not a flood of it', async () => {
  const { listener, events } = await openStage()
  for (let count = 0; count < 100; count += 1)
    listener.session.emit({ type: 'complained', code: 'odd', detail: 'a field' })
  expect(events.of('engine.complained')).toHaveLength(21)
  expect(events.of('engine.complained').at(-1)).toMatchObject({ code: 'error_flood' })
})

it('stops thinking, speaking and listening when it is disposed of', async () => {
  const { session, asks, speaker, listener, clock } = await openStage()
  const thought = await asks()
  thought.says('Good morning. ')
  await settle()
  await session[Symbol.asyncDispose]()
  await settle()
  expect([thought.signal.aborted, speaker.utterance.isStopped, speaker.connections[0]?.isDisposed]).toEqual([
    true,
    true,
    true,
  ])
  expect([listener.session.isDisposed, clock.timers]).toEqual([true, 0])
})

it('says no more than any answer may have, whatever its thinker makes of the limit', async () => {
  const stage = await openStage()
  const thought = await stage.asks()
  for (let part = 0; part < 8; part += 1) thought.says('We are still here. '.repeat(300))
  await settle()
  const words = stage.events.of('agent.words').at(-1)
  expect(words?.final).toBe(true)
  expect(words?.text.length).toBeLessThan(36_000)
  stage.speaker.utterance.completes()
  expect(stage.events.of('answer.ended')).toMatchObject([{ outcome: 'cut short', detail: 'length' }])
})
