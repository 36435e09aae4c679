import { expect, it } from 'vitest'
import { z } from 'zod'
import { durationMs, encodedSilence } from '../../src/audio/encoded-audio.ts'
import { EngineError } from '../../src/engines/engine.ts'
import { usageOf } from '../../src/engines/usage.ts'
import { CallHouse, OPENING_MS, PHRASE_MS } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

const dropped = () => new EngineError('dropped', 'closed', 'gone')
const refused = () => new EngineError('refused', 'invalid_api_key', 'no')

function lose(house: CallHouse, error = dropped()): void {
  house.engine.session.emit({ type: 'engine.lost', error })
}

it('[RL1] a lost session is reopened at once', async () => {
  await using house = new CallHouse()
  await house.greeted()
  house.engine.next('accept')
  lose(house)
  await settle()
  expect(house.engine.attempts).toBe(2)
  expect(house.of('engine.lost')).toEqual([{ type: 'engine.lost', failure: 'dropped', code: 'closed', engine: 'fake' }])
  expect(house.engine.sessions[0]?.disposals).toBe(1)
})

it('[RL1] then after 250 and 750 ms, and then a person or a message takes the call', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  house.engine.next(dropped(), dropped(), dropped())
  lose(house)
  await settle()
  expect(house.engine.attempts).toBe(2)
  await house.clock.advanceAsync(240, 10)
  expect(house.engine.attempts).toBe(2)
  await house.clock.advanceAsync(10, 10)
  expect(house.engine.attempts).toBe(3)
  await house.clock.advanceAsync(740, 10)
  expect(house.engine.attempts).toBe(3)
  await house.clock.advanceAsync(10, 10)
  expect(house.engine.attempts).toBe(4)
  await house.pass(3_000)
  expect(line.told).toEqual([{ to: 'message' }])
})

it('[RL1] a refused key is not tried again', async () => {
  await using house = new CallHouse()
  house.engine.script(refused())
  await house.ring()
  await house.pass(5_000)
  expect(house.engine.attempts).toBe(1)
})

it('[RL1] a provider that asks for a longer pause than a second is given up', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  house.engine.next(new EngineError('limited', 'rate_limit', 'slow down', { retryAfterMs: 5_000 }))
  lose(house)
  await house.pass(3_000)
  expect(line.told).toEqual([{ to: 'message' }])
})

it('[RL1] an attempt that hangs is given up in time', async () => {
  await using house = new CallHouse()
  await house.greeted()
  house.engine.next('hang', 'accept')
  lose(house)
  await house.pass(1_400)
  expect(house.engine.attempts).toBe(2)
  await house.pass(500)
  expect(house.engine.attempts).toBe(3)
  expect(house.of('engine.opened').at(-1)).toMatchObject({ because: 'reconnect', attempts: 2 })
  house.engine.session.take()
})

it('[EL1] a session that always dies at once is not opened for ever', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  house.engine.next('accept', 'accept', 'accept')
  for (const pauseMs of [0, 300, 800]) {
    lose(house)
    await house.pass(pauseMs)
    await settle()
  }
  expect(house.engine.attempts).toBe(4)
  lose(house)
  await house.pass(3_000)
  expect(line.told).toEqual([{ to: 'message' }])
  for (const session of house.engine.sessions) session.take()
})

it('[EL2] what the caller says meanwhile is heard by the next session, and an answer due is asked for then', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.callerSays('Tell me')
  house.engine.next('hang')
  lose(house)
  line.callerIsThere(400)
  await settle()
  house.engine.unhang()
  await settle()
  const { session } = house.engine
  expect(session.heardAudio.reduce((sum, audio) => sum + durationMs(audio), 0)).toBe(400)
  expect(session.take()).toMatchObject([{ answer: expect.stringContaining('connection broke') }])
  house.engine.sessions[0]?.take()
})

it('[RL7] of the caller’s words no more than fifteen seconds are kept', async () => {
  await using house = new CallHouse()
  house.engine.script('hang')
  const line = await house.answer()
  for (let second = 0; second < 3; second += 1) for (let piece = 0; piece < 50; piece += 1) line.callerIsThere(200)
  house.engine.unhang()
  await settle()
  expect(house.engine.session.heardAudio).toHaveLength(75)
})

it('[EL2] a tool result that comes while the engine is away reaches the next session as a note', async () => {
  const work = Promise.withResolvers<void>()
  await using house = new CallHouse({ tools: [slowTool(work.promise)] })
  await house.greeted()
  await house.callerSays('Look it up')
  const first = house.engine.session
  first.asksFor({ requestId: 'r1', name: 'slow' })
  await house.pass(100)
  house.engine.next('hang')
  lose(house)
  await settle()
  work.resolve()
  await settle()
  house.engine.unhang()
  await settle()
  expect(house.engine.briefings.at(-1)?.history.at(-1)?.text).toContain('still working')
  expect(house.engine.session.take()).toEqual([
    { tell: { role: 'note', text: 'Result of a tool that was asked for earlier: {"found":1}' } },
    { answer: undefined },
  ])
  expect(house.of('tool.ended')).toHaveLength(1)
  first.take()
})

it('[HT2] a fresh session knows what was heard, what will be, and what tools did', async () => {
  const done = Promise.resolve()
  await using house = new CallHouse({ tools: [slowTool(done)] })
  await house.greeted()
  const first = house.engine.session
  await house.callerSays('Look it up')
  first.asksFor({ requestId: 'r1', name: 'slow' })
  await house.pass(200)
  first.says('a1', 'one two three four five six seven eight', 4_000)
  await house.pass(2_000)
  first.callerStarts()
  await house.pass(1_500)
  first.callerWords(first.callerStops(), 'Stop')
  first.says('a2', 'As you like.', 1_000)
  house.engine.next('accept')
  lose(house)
  await settle()
  expect(house.engine.briefings.at(-1)?.history).toEqual([
    { role: 'agent', text: 'Phrase opening.' },
    { role: 'caller', text: 'Look it up' },
    { role: 'note', text: 'The tool slow was called and gave: {"found":1}' },
    { role: 'agent', text: 'one two three four' },
    { role: 'caller', text: 'Stop' },
    { role: 'agent', text: 'As you like.' },
  ])
  first.take()
})

it('[HT1] words that were never made are not heard, though the engine had announced them', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const first = house.engine.session
  first.answerStarts()
  first.speaks('a1', 'one two three four five six seven eight nine ten eleven twelve thirteen', 1_000)
  house.engine.next('accept')
  lose(house)
  await house.pass(1_500)
  const spoke = house.of('agent.spoke').find(({ utteranceId }) => utteranceId === 'a1')
  expect(spoke).toMatchObject({ heardMs: 1_000, interrupted: true, heardText: 'one two three' })
  expect(house.engine.briefings.at(-1)?.history.at(-1)).toEqual({ role: 'agent', text: 'one two three' })
  first.take()
  house.engine.session.take()
})

it('[EL3] before its limit a session is replaced at a quiet moment, the new one first', async () => {
  await using house = new CallHouse({ settings: { rotateEngineAfterMs: 10_000, ...patient } })
  const line = await house.greeted()
  house.engine.next('hang')
  await house.pass(7_200)
  expect(house.engine.attempts).toBe(2)
  line.callerIsThere(200)
  expect(house.engine.sessions[0]?.disposals).toBe(0)
  house.engine.unhang()
  await settle()
  expect(house.engine.sessions[0]?.disposals).toBe(1)
  expect(house.of('engine.opened').at(-1)).toMatchObject({ because: 'rotation' })
  expect(house.engine.session.heardAudio).toHaveLength(1)
  expect(house.phrases).toEqual(['opening'])
})

it('[EL3] a session is not replaced by one that has missed what was said meanwhile', async () => {
  await using house = new CallHouse({ settings: { rotateEngineAfterMs: 10_000, ...patient } })
  await house.greeted()
  house.engine.next('hang', 'accept')
  await house.pass(7_200)
  const first = house.engine.session
  await house.callerSays('Hello')
  house.engine.unhang()
  await settle()
  expect(first.disposals).toBe(0)
  expect(house.engine.session.disposals).toBe(1)
  first.says('a1', 'Hello to you.', 500)
  await house.pass(8_000)
  expect(house.engine.attempts).toBe(2)
  await house.pass(3_000)
  expect(house.engine.attempts).toBe(3)
  expect(first.disposals).toBe(1)
  first.take()
})

it('[EL3] a rotation that fails leaves the session, and is not tried again at once', async () => {
  await using house = new CallHouse({ settings: { rotateEngineAfterMs: 10_000, ...patient } })
  await house.greeted()
  house.engine.next(dropped())
  await house.pass(12_000)
  expect(house.engine.attempts).toBe(2)
  expect(house.engine.sessions[0]?.disposals).toBe(0)
  expect(house.of('engine.complained')).toEqual([{ type: 'engine.complained', code: 'closed', engine: 'fake' }])
})

it('[EL4] a session that was replaced counts for nothing but its bill', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const first = house.engine.session
  house.engine.next('accept')
  // A session that goes on talking though it was closed.
  Object.defineProperty(first, 'disposals', { get: () => 0, set: () => undefined })
  lose(house)
  await settle()
  first.says('ghost', 'Boo.', 1_000)
  first.callerStarts()
  const usage = { model: 'm', textIn: 1, textCachedIn: 0, textOut: 0, audioIn: 0, audioCachedIn: 0, audioOut: 0 }
  first.emit({ type: 'usage.counted', usage: { ...usage, audioSeconds: 0 } })
  expect(house.of('usage.counted')).toHaveLength(1)
  expect(house.of('agent.speaking').map(({ utteranceId }) => utteranceId)).not.toContain('ghost')
  expect(house.of('caller.started-speaking')).toEqual([])
  Object.defineProperty(first, 'disposals', { value: 1 })
})

it('[EL4] what a session bills while it is closed is on the record', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  const dispose = session[Symbol.asyncDispose].bind(session)
  session[Symbol.asyncDispose] = async () => {
    session.emit({ type: 'usage.counted', usage: usageOf({ model: 'm', audioSeconds: 42 }) })
    await dispose()
  }
  await house.session.close('caller hung up')
  expect(house.of('usage.counted')).toMatchObject([{ usage: { audioSeconds: 42 } }])
})

it('[AW1] a caller who waits hears a filler after 1.5 s', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  await house.pass(1_400)
  expect(house.phrases).toEqual(['opening'])
  await house.pass(200)
  expect(house.phrases).toEqual(['opening', 'one-moment'])
  house.engine.session.take()
})

it('[AW1] also when it was noticed late that they had stopped: no silence is longer than 1.8 s', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.pass(2_500)
  const { session } = house.engine
  session.callerStarts()
  line.callerSpeaks(1_000)
  line.callerIsThere(600)
  await house.pass(300)
  session.callerWords(session.callerStops(), 'Tell me')
  await house.pass(600)
  expect(house.phrases).toEqual(['opening'])
  await house.pass(300)
  expect(house.phrases).toEqual(['opening', 'one-moment'])
  session.take()
})

it('[AW1] no filler stands in the way of an answer that has words already, but for a while', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  const answerId = session.answerStarts()
  await house.pass(1_400)
  session.emit({ type: 'answer.worded', answerId })
  await house.pass(300)
  expect(house.phrases).toEqual(['opening'])
  await house.pass(300)
  expect(house.phrases).toEqual(['opening', 'one-moment'])
  session.take()
})

it('[AW1] between two fillers there is no longer silence, unless a tool works', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  await house.pass(7_500)
  expect(house.phrases).toEqual(['opening', 'one-moment', 'still-working', 'still-working'])
  expect(house.of('dead-air')).toEqual([])
  house.engine.session.take()
})

it('[AW1] words that came before the filler still belong to the answer that is heard after it', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.answerStarts()
  session.emit({ type: 'agent.words', utteranceId: 'slow', text: 'We open at nine.', final: true })
  await house.pass(1_600)
  expect(house.phrases).toEqual(['opening', 'one-moment'])
  session.emit({ type: 'agent.audio', utteranceId: 'slow', audio: encodedSilence(600) })
  session.emit({ type: 'agent.utterance-complete', utteranceId: 'slow' })
  await house.pass(4_000)
  expect(house.of('agent.spoke').map(({ heardText }) => heardText)).toContain('We open at nine.')
  session.take()
})

it('[AW1] 0.5 s after the engine was lost in mid-sentence and its audio ran dry', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const first = house.engine.session
  first.answerStarts()
  first.speaks('a1', 'one two three', 600)
  house.engine.next('hang')
  lose(house)
  await house.pass(1_000)
  expect(house.phrases).toEqual(['opening'])
  await house.pass(300)
  expect(house.phrases).toEqual(['opening', 'lost-you'])
  house.engine.unhang()
  await settle()
  expect(house.engine.session.take()).toMatchObject([{ tell: {} }, { answer: expect.stringContaining('broke') }])
  first.take()
})

it('[AW1] a caller whom nobody can hear yet is told so, and asked when somebody can', async () => {
  await using house = new CallHouse()
  house.engine.script('hang', 'hang')
  await house.answer()
  await house.pass(OPENING_MS + 1_800)
  expect(house.phrases).toEqual(['opening', 'one-moment'])
  house.engine.unhang()
  house.engine.unhang()
  await settle()
  expect(house.engine.session.take()).toMatchObject([{ answer: expect.any(String) }])
})

it('[AW1] a tool that works long is bridged, and does not make the answer after it late', async () => {
  const work = Promise.withResolvers<void>()
  await using house = new CallHouse({ tools: [slowTool(work.promise)] })
  await house.greeted()
  await house.callerSays('Look it up')
  const { session } = house.engine
  session.asksFor({ requestId: 'r1', name: 'slow' })
  await house.pass(9_000)
  expect(house.phrases).toEqual(['opening', 'one-moment', 'still-working'])
  expect(house.of('call.handed-over')).toEqual([])
  work.resolve()
  await house.pass(1_000)
  expect(session.take()).toEqual([
    { answer: undefined },
    { toolResult: 'r1', output: { found: 1 } },
    { answer: undefined },
  ])
})

it('[AW2] an answer that does not come in 4 s is called off and asked for once more; after 8 s the call is handed over', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.answerStarts()
  session.take()
  await house.pass(3_900)
  expect(session.take()).toEqual([])
  await house.pass(300)
  expect(session.take()).toEqual([{ interrupt: [] }, { answer: undefined }])
  await house.pass(4_000 + PHRASE_MS + 2_000)
  expect(line.told).toEqual([{ to: 'message' }])
  expect(house.phrases.at(-1)).toBe('get-someone')
  session.take()
})

it('[AW2] a sentence that stalls is cut for the engine where the caller last heard it', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.answerStarts()
  session.speaks('a1', 'one two', 600)
  session.take()
  await house.pass(5_400)
  expect(session.take()).toEqual([{ interrupt: [{ utteranceId: 'a1', heardMs: 600 }] }, { answer: undefined }])
})

it('[AW2] an answer that breaks off in mid-sentence is taken up, but not again and again', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.take()
  for (const id of ['a1', 'a2']) {
    const answerId = session.answerStarts()
    session.speaks(id, 'Our office is at 40', 500)
    session.emit({ type: 'agent.utterance-complete', utteranceId: id })
    session.answerEnds(answerId, 'cut short')
    await house.pass(600)
  }
  expect(session.take()).toEqual([{ answer: expect.stringContaining('go on where the talk stopped') }])
})

it('[AW2] an engine that has much to say is not late', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.answerStarts()
  session.speaks('a1', 'A very long story', 12_000)
  await house.pass(12_000)
  expect(house.of('call.handed-over')).toEqual([])
  expect(session.take()).toEqual([{ answer: undefined }])
})

it('[AW3] every gap longer than 2 s is noted with its reason', async () => {
  const work = Promise.withResolvers<void>()
  await using house = new CallHouse({ tools: [slowTool(work.promise)] })
  await house.greeted()
  await house.callerSays('Look it up')
  const { session } = house.engine
  session.asksFor({ requestId: 'r1', name: 'slow' })
  await house.pass(6_000)
  work.resolve()
  await house.pass(100)
  session.says('a1', 'Found.', 500)
  await house.pass(200)
  expect(house.of('dead-air')).toEqual([{ type: 'dead-air', gapMs: expect.any(Number), because: 'tool' }])
  await house.callerSays('And more')
  session.answerStarts()
  await house.pass(6_000)
  house.line.callerHangsUp()
  await house.pass(100)
  // The wait for the engine itself was bridged; at a tool the caller knows what they wait for.
  expect(house.of('dead-air').map(({ because }) => because)).toEqual(['tool'])
  expect(house.of('dead-air').every(({ gapMs }) => gapMs > 2_000)).toBe(true)
  session.take()
})

it('[TL4] two answers in a row that say nothing hand the call over', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.answerEnds(session.answerStarts(), 'empty')
  expect(session.take()).toEqual([{ answer: undefined }, { answer: undefined }])
  session.answerEnds(session.answerStarts(), 'failed')
  await house.pass(2_000)
  expect(house.of('loop.broken')).toEqual([{ type: 'loop.broken', kind: 'empty answers' }])
  expect(line.told).toEqual([{ to: 'message' }])
  session.take()
})

it('[TL4] an answer the provider took back by itself is asked for again', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.answerEnds(session.answerStarts(), 'cancelled')
  expect(session.take()).toEqual([{ answer: undefined }, { answer: undefined }])
})

it('[TL4] an answer that failed in mid-sentence is taken up where it stopped', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  const answerId = session.answerStarts()
  session.speaks('a1', 'one two three', 1_000)
  session.answerEnds(answerId, 'failed')
  expect(session.take()).toEqual([{ answer: undefined }, { answer: expect.stringContaining('where the talk stopped') }])
})

it('[TL4] the same sentence three times hands the call over', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  for (const id of ['a1', 'a2', 'a3']) {
    await house.callerSays('What?')
    house.engine.session.says(id, 'How can I help you?', 500)
    await house.pass(600)
  }
  await house.pass(2_000)
  expect(house.of('loop.broken')).toEqual([{ type: 'loop.broken', kind: 'same sentence' }])
  expect(line.told).toEqual([{ to: 'message' }])
  house.engine.session.take()
})

it('[TL4] a sixth tool call in a turn is not run, and hands the call over', async () => {
  await using house = new CallHouse({ tools: [slowTool(Promise.resolve())] })
  const line = await house.greeted()
  await house.callerSays('Look it up')
  for (let call = 0; call < 6; call += 1) {
    house.engine.session.asksFor({ requestId: `r${call}`, name: 'slow' })
    await settle()
  }
  await house.pass(2_000)
  expect(
    house
      .of('tool.ended')
      .map(({ outcome }) => outcome)
      .at(-1),
  ).toBe('refused')
  expect(house.of('loop.broken')).toEqual([{ type: 'loop.broken', kind: 'tool calls' }])
  expect(line.told).toEqual([{ to: 'message' }])
  house.engine.session.take()
})

it('[TL4] what the engine says about the end of an answer that was called off counts for nothing', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  for (let turn = 0; turn < 3; turn += 1) {
    await house.callerSays('Hm')
    const answerId = session.answerStarts()
    session.callerStarts()
    session.answerEnds(answerId, 'failed')
    await house.pass(1_500)
    session.callerStops()
    session.says(`a${turn}`, `Answer ${turn}`, 200)
    await house.pass(300)
  }
  expect(house.of('loop.broken')).toEqual([])
  session.take()
})

const patient = { silence: { firstPromptMs: 1e6, secondPromptMs: 2e6, goodbyeMs: 3e6 } }

function slowTool(work: Promise<void>) {
  const run = async () => {
    await work
    return { reply: { found: 1 } }
  }
  return {
    name: 'slow',
    description: 'Takes its time.',
    arguments: z.strictObject({}),
    effect: 'reads' as const,
    timeoutMs: 60_000,
    run,
  }
}
