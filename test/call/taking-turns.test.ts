import { expect, it } from 'vitest'
import { z } from 'zod'
import { EngineError } from '../../src/engines/engine.ts'
import { CallHouse, OPENING_MS, PHRASE_MS } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

it('[TT1] a caller who speaks over us silences us, and the engine forgets what was not heard', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.callerSays('Tell me about loans')
  const { session } = house.engine
  session.says('a1', 'A loan is money that you borrow from a bank for a house', 4_000)
  await house.pass(1_000)
  session.take()
  session.callerStarts()
  expect(line.unheardMs()).toBe(0)
  expect(session.take()).toEqual([{ interrupt: [{ utteranceId: 'a1', heardMs: 1_000 }] }])
  await house.pass(1_500)
  session.callerStops()
  expect(session.take()).toEqual([{ answer: undefined }])
  expect(house.heardOf('a1')).toBe('A loan is')
})

it('[TT1] an answer that is on its way is stopped too', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('One')
  house.engine.session.take()
  house.engine.session.callerStarts()
  expect(house.engine.session.take()).toEqual([{ interrupt: [] }])
  await house.pass(1_500)
  house.engine.session.callerStops()
  expect(house.engine.session.take()).toEqual([{ answer: undefined }])
})

it('[TT1] an answer called off before it began is not taken for the one asked for afterwards', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  await house.callerSays('One')
  session.callerStarts()
  await house.pass(1_500)
  session.callerStops()
  const stale = session.answerStarts()
  session.answerEnds(stale, 'cancelled')
  session.take()
  // The second request is still open: the caller must not wait in silence for it.
  await house.pass(1_700)
  expect(house.phrases.at(-1)).toBe('one-moment')
  session.says('a2', 'Here it is.', 500)
  await house.pass(600)
  expect(session.take()).toEqual([])
})

it('[TT2] what is protected goes on, and what waits behind it is dropped', async () => {
  await using house = new CallHouse()
  const line = await house.answer()
  await house.callerSays('Hello', 1_500)
  const { session } = house.engine
  session.says('a1', 'Hello to you.', 1_000)
  session.callerStarts()
  await house.pass(OPENING_MS)
  expect(line.heard.has('a1')).toBe(false)
  expect([...line.heard.values()]).toEqual([OPENING_MS])
  session.callerStops()
  session.take()
})

it('[TT3] a caller who had not cut us is answered as soon as they stop', async () => {
  await using house = new CallHouse()
  await house.greeted()
  house.engine.session.callerStarts()
  await house.pass(300)
  house.engine.session.callerStops()
  expect(house.engine.session.take()).toEqual([{ answer: undefined }])
})

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

it('[TT4] keeps listening while a tool runs, and keeps its result for the answer that follows', async () => {
  const work = Promise.withResolvers<void>()
  await using house = new CallHouse({ tools: [slowTool(work.promise)] })
  await house.greeted()
  const { session } = house.engine
  await house.callerSays('Look it up')
  session.asksFor({ requestId: 'r1', name: 'slow' })
  await house.pass(300)
  session.take()
  session.callerStarts()
  await house.pass(300)
  work.resolve()
  await settle()
  expect(session.take()).toEqual([{ toolResult: 'r1', output: { found: 1 } }])
  await house.pass(1_000)
  session.callerStops()
  expect(session.take()).toEqual([{ answer: undefined }])
})

it('[TT4] a result that comes while a turn is in doubt costs neither the sentence nor the answer', async () => {
  const work = Promise.withResolvers<void>()
  await using house = new CallHouse({ tools: [slowTool(work.promise)] })
  const line = await house.greeted()
  const { session } = house.engine
  await house.callerSays('Look it up')
  const answerId = session.answerStarts()
  session.speaks('a1', 'Let me look that up for you', 2_000)
  session.emit({ type: 'agent.utterance-complete', utteranceId: 'a1' })
  session.emit({ type: 'tool.requested', requestId: 'r1', name: 'slow', argumentsJson: '{}' })
  session.answerEnds(answerId, 'asked for tools')
  await house.pass(500)
  session.callerStarts()
  await house.pass(200)
  const turnId = session.callerStops()
  work.resolve()
  await settle()
  session.take()
  session.callerWords(turnId, '')
  expect(line.unheardMs()).toBe(1_500)
  expect(session.take()).toMatchObject([{ tell: { role: 'agent' } }, { answer: expect.any(String) }])
})

it('[TT5] a short word that cuts us is answered once it is understood', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.says('a1', 'It is a long story that I tell', 4_000)
  await house.pass(1_000)
  session.callerStarts()
  await house.pass(400)
  const turnId = session.callerStops()
  session.take()
  session.callerWords(turnId, 'Stop')
  expect(session.take()).toEqual([{ answer: undefined }])
})

it('[TT6] a cough lets the sentence go on where it was cut', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.says('a1', 'one two three four five six seven eight', 4_000)
  await house.pass(2_000)
  session.callerStarts()
  await house.pass(300)
  session.take()
  session.callerWords(session.callerStops(), '')
  expect(line.unheardMs()).toBe(2_000)
  expect(session.take()).toEqual([{ tell: { role: 'agent', text: 'five six seven eight' } }])
  await house.pass(2_100)
  expect(house.of('barge-in.false-alarm')).toHaveLength(1)
  await house.session.close('caller hung up')
  expect(house.store.records[0]?.interruptions).toBe(0)
})

it('[TT6] a cough in the middle of an answer that was still being made has it go on', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.answerStarts()
  session.speaks('a1', 'one two three four five six seven eight', 2_000)
  await house.pass(1_000)
  session.callerStarts()
  await house.pass(300)
  const turnId = session.callerStops()
  session.take()
  session.callerWords(turnId, '')
  expect(session.take()).toMatchObject([{ tell: {} }, { answer: expect.stringContaining('cut off by a noise') }])
})

it('[TT6] a cough while an answer was awaited has it asked for again', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.callerStarts()
  await house.pass(300)
  session.callerStops()
  session.take()
  await house.pass(1_100)
  expect(session.take()).toEqual([{ answer: undefined }])
})

it('[TT6] a cough over a filler does not cost the answer it bridges', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.answerStarts()
  await house.pass(1_700)
  expect(house.phrases.at(-1)).toBe('one-moment')
  session.callerStarts()
  await house.pass(300)
  const turnId = session.callerStops()
  session.take()
  session.callerWords(turnId, '')
  expect(session.take()).toMatchObject([{ tell: { text: expect.any(String) } }, { answer: undefined }])
  expect(house.of('call.handed-over')).toEqual([])
})

it('[TT6] the deadline of a doubt is kept though no event comes', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.says('a1', 'one two three four', 4_000)
  await house.pass(1_000)
  session.callerStarts()
  await house.pass(300)
  session.callerStops()
  await house.pass(1_200)
  expect(line.unheardMs()).toBeGreaterThan(2_500)
  session.take()
})

it('[TT7] speech that begins again before it is decided keeps the floor and the rest of what was cut', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.says('a1', 'one two three four', 4_000)
  await house.pass(1_000)
  session.callerStarts()
  await house.pass(300)
  const first = session.callerStops()
  await house.pass(300)
  session.callerStarts()
  await house.pass(300)
  const second = session.callerStops()
  session.callerWords(first, '')
  expect(line.unheardMs()).toBe(0)
  session.callerWords(second, '')
  expect(line.unheardMs()).toBe(3_000)
  session.take()
})

it('[TT8] the engine is never told that more was heard than was played', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.answerStarts()
  session.speaks('a1', 'one two three four', 500)
  await house.pass(1_300)
  session.take()
  session.callerStarts()
  expect(session.take()).toEqual([{ interrupt: [{ utteranceId: 'a1', heardMs: 500 }] }])
  expect(line.heard.get('a1')).toBe(500)
  await house.pass(1_300)
  session.callerStops()
  session.take()
})

it('[TT9] words that come after we took them for a cough stop us again, and are answered once', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.says('a1', 'one two three four', 4_000)
  await house.pass(1_000)
  session.callerStarts()
  await house.pass(300)
  const turnId = session.callerStops()
  await house.pass(1_200)
  session.take()
  session.callerWords(turnId, 'Stop it')
  expect(line.unheardMs()).toBe(0)
  const requests = session.take()
  expect(requests.filter((request) => 'answer' in request)).toEqual([{ answer: undefined }])
  expect(requests).toContainEqual({ tell: { role: 'note', text: expect.stringContaining('did not hear') } })
})

it('[TT1] of a phrase that was cut the engine is told that it was not heard', async () => {
  await using house = new CallHouse({ settings: { warnAtMs: 4_000 } })
  await house.greeted()
  await house.pass(1_200)
  expect(house.phrases.at(-1)).toBe('long-call')
  const { session } = house.engine
  session.callerStarts()
  await house.pass(1_300)
  session.take()
  session.callerStops()
  expect(session.take()).toEqual([
    { tell: { role: 'note', text: expect.stringContaining('did not hear: "Phrase long-call."') } },
    { answer: undefined },
  ])
})

it('[TT5] events of the engine that arrive after we yielded are not heard', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  await house.callerSays('Tell me')
  session.answerStarts()
  session.speaks('a1', 'one two three four', 2_000)
  await house.pass(500)
  session.callerStarts()
  session.emit({ type: 'agent.words', utteranceId: 'a1', text: 'one two three four five', final: true })
  session.emit({ type: 'agent.utterance-complete', utteranceId: 'a1' })
  session.answerEnds('answer-1', 'cancelled')
  await house.pass(1_500)
  session.callerStops()
  expect(session.take().filter((request) => 'answer' in request)).toHaveLength(2)
  expect(house.heardOf('a1')).toBe('one')
})

it('[TT3] an engine that is lost while the caller speaks does not leave them with the floor for ever', async () => {
  await using house = new CallHouse()
  await house.greeted()
  house.engine.next('accept')
  const { session } = house.engine
  session.callerStarts()
  await house.pass(500)
  session.emit({ type: 'engine.lost', error: new EngineError('dropped', 'closed', 'gone') })
  await house.pass(100)
  expect(house.engine.sessions).toHaveLength(2)
  expect(house.engine.session.take()).toMatchObject([{ answer: expect.stringContaining('connection broke') }])
  await house.pass(PHRASE_MS)
  expect(house.phrases).toEqual(['opening', 'lost-you'])
  house.engine.session.take()
})
