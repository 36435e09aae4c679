import { expect, it } from 'vitest'
import { z } from 'zod'
import { EngineError } from '../../src/engines/engine.ts'
import { createPersonRequest } from '../../src/pipeline/person-request/person-request.ts'
import { createRecordingRefusal } from '../../src/pipeline/recording/recording-refusal.ts'
import { CallHouse, FakeRecorder, OPENING_MS, PERSON, PHRASE_MS } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

const OFFICE = { to: 'person', number: '+12025550111' } as const

it('[CS1] the engine connects while the phone still rings', async () => {
  await using house = new CallHouse()
  await house.ring()
  expect(house.of('engine.opened')).toMatchObject([
    { because: 'ring', attempts: 1, tookMs: 0, engine: 'fake', model: 'fake-1', rung: 'same engine' },
  ])
  expect(house.lines).toEqual([])
  expect(house.engine.briefings[0]?.history).toEqual([{ role: 'agent', text: 'Phrase opening.' }])
})

it('[CS1] the opening does not wait for an engine that takes its time', async () => {
  await using house = new CallHouse()
  house.engine.script('hang')
  await house.answer()
  expect(house.phrases).toEqual(['opening'])
  house.engine.unhang()
  await house.pass(100)
  expect(house.of('engine.opened')).toHaveLength(1)
})

it('[CS2] the opening is heard whole, and what the caller says meanwhile is answered after it', async () => {
  await using house = new CallHouse()
  const line = await house.answer()
  await house.pass(500)
  await house.callerSays('I want a loan')
  house.engine.session.says('a1', 'Very well.', 1_000)
  await house.pass(500)
  expect(line.heard.get('a1')).toBeUndefined()
  await house.pass(2_000)
  expect(line.heard.get('a1')).toBe(1_000)
  const [opening] = house.of('agent.spoke')
  expect(opening).toMatchObject({ heardText: 'Phrase opening.', heardMs: OPENING_MS, interrupted: false })
  expect(house.engine.session.take()).toEqual([{ answer: undefined }])
})

it('[CS2] an opening that broke off with its line is said again, whole, on the next', async () => {
  await using house = new CallHouse()
  const line = await house.answer()
  await house.pass(1_000)
  line.drops()
  await house.pass(500)
  house.connect()
  await house.pass(OPENING_MS)
  expect(house.phrases).toEqual(['opening', 'opening'])
  expect(house.of('agent.spoke').map(({ interrupted }) => interrupted)).toEqual([true, false])
  house.engine.session.take()
})

it('[CS2] a call that is handed over at once hears the opening first', async () => {
  await using house = new CallHouse()
  house.engine.script(new EngineError('refused', 'invalid_api_key', 'no'))
  const line = await house.answer()
  await house.pass(OPENING_MS + PHRASE_MS + 300)
  expect(house.phrases).toEqual(['opening', 'get-someone'])
  expect(house.of('agent.spoke').every(({ interrupted }) => !interrupted)).toBe(true)
  expect(line.told).toEqual([{ to: 'message' }])
})

it('[CS3] the first reason stands, and the record is saved once', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { session } = house
  line.callerHangsUp()
  await Promise.all([session.close('line lost'), session.close('too long'), house.switchboard.carrierEnded('CA1')])
  expect(house.store.records.map(({ endReason }) => endReason)).toEqual(['caller hung up'])
  expect(house.of('call.ended')).toEqual([{ type: 'call.ended', reason: 'caller hung up' }])
  expect(house.store.facts('CA1').at(-1)).toEqual({ type: 'call.ended', reason: 'caller hung up' })
  expect(house.recorders[0]?.state).toBe('closed')
})

it('[CS3] a call that rings and is never connected ends by itself', async () => {
  await using house = new CallHouse()
  await house.ring()
  await house.pass(61_000)
  expect(house.store.records.map(({ endReason }) => endReason)).toEqual(['never connected'])
  expect(house.recorders[0]?.state).toBe('discarded')
})

it('[CS3] a caller who hangs up while the engine opens leaves no engine behind', async () => {
  await using house = new CallHouse()
  house.engine.script('hang')
  const line = await house.answer()
  line.callerHangsUp()
  await house.pass(100)
  expect(house.store.records).toHaveLength(1)
  expect(house.engine.sessions).toEqual([])
})

it('[CS3] an engine, a line and a recording that cannot be closed do not keep the call', async () => {
  const failing = {
    caller() {},
    agent() {},
    mute() {},
    discard: async () => {},
    close: () => Promise.reject(new Error('disk')),
  }
  await using house = new CallHouse({ openRecorder: async () => failing })
  const line = await house.greeted()
  line[Symbol.asyncDispose] = () => {
    line.disposals += 1
    return Promise.reject(new Error('socket'))
  }
  line.callerHangsUp()
  await house.pass(100)
  expect(house.store.records).toHaveLength(1)
  expect(house.switchboard.liveCalls).toBe(0)
  expect(house.errors.splice(0)).toEqual(['closing the line failed', 'closing the recording failed'])
})

it('[CS3] a call whose record cannot be saved is over all the same, and left to the reconciler', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.pass(100)
  house.store.fails = true
  line.callerHangsUp()
  await house.pass(100)
  expect(house.switchboard.liveCalls).toBe(0)
  expect(house.errors.splice(0)).toContain('saving the call failed')
  expect(await house.store.unfinished()).toHaveLength(1)
})

it('[CS3] a call that is let go at shut-down is not ended in the store', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.switchboard.closeAll('shut down')
  expect(house.store.records).toEqual([])
  expect(house.of('call.ended')).toEqual([])
  expect((await house.store.unfinished()).map(({ carrierCallId }) => carrierCallId)).toEqual(['CA1'])
})

it('[CS4] what the agent says is heard, the ledger knows, then the carrier is told', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.callerSays('That is all, bye')
  const { session } = house.engine
  const answerId = session.answerStarts()
  session.speaks('a1', 'Goodbye!', 2_000)
  session.emit({ type: 'agent.utterance-complete', utteranceId: 'a1' })
  session.emit({ type: 'tool.requested', requestId: 'r1', name: 'end_call', argumentsJson: '{}' })
  session.answerEnds(answerId, 'asked for tools')
  let knownBefore = false
  const hangUp = line.hangUp.bind(line)
  line.hangUp = () => {
    knownBefore = house.store.facts('CA1').some(({ type }) => type === 'call.ending')
    return hangUp()
  }
  await house.pass(1_900)
  expect(line.told).toEqual([])
  await house.pass(400)
  expect(line.heard.get('a1')).toBe(2_000)
  expect(line.told).toEqual(['hang up'])
  expect(house.phrases).toEqual(['opening'])
  expect(knownBefore).toBe(true)
  expect(house.store.records.map(({ endReason }) => endReason)).toEqual(['agent ended'])
  expect(session.take()).toEqual([{ answer: undefined }, { toolResult: 'r1', output: { ending: true } }])
})

it('[CS4] an agent that ends the call without a word says goodbye by a phrase', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.callerSays('Bye')
  house.engine.session.asksFor({ requestId: 'r1', name: 'end_call' })
  await house.pass(PHRASE_MS + 300)
  expect(house.phrases).toEqual(['opening', 'goodbye'])
  expect(line.told).toEqual(['hang up'])
  house.engine.session.take()
})

it('[CS4] words that were said before the end and understood after it do not take the end back', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { session } = house.engine
  session.callerStarts()
  await house.pass(1_000)
  const turnId = session.callerStops()
  await house.pass(100)
  session.asksFor({ requestId: 'r1', name: 'end_call' })
  await house.pass(300)
  session.callerWords(turnId, 'Thank you, bye')
  await house.pass(1_300)
  expect(line.told).toEqual(['hang up'])
  session.take()
})

it('[CS4] a carrier that cannot be told loses the stream, and asks in vain', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  line.restFails = true
  house.session.end('agent ended', 'goodbye')
  await house.pass(PHRASE_MS + 300)
  expect(house.store.records.map(({ endReason }) => endReason)).toEqual(['agent ended'])
  expect(await house.switchboard.resume('CA1')).toEqual({ do: 'hang up' })
  expect(house.errors.splice(0)).toEqual(['hang-up by REST failed; closing the stream instead'])
  house.engine.session.take()
})

it('[CS4] a database that does not answer does not keep the caller listening to silence', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { promise, resolve } = Promise.withResolvers<void>()
  house.store.gate = promise
  house.session.end('agent ended')
  await house.pass(1_300)
  expect(line.told).toEqual(['hang up'])
  resolve()
})

it('[CS5] one more thing during our goodbye keeps the call, and a second goodbye ends it', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const { session } = house.engine
  await house.callerSays('Bye')
  session.asksFor({ requestId: 'r1', name: 'end_call' })
  await house.pass(300)
  await house.callerSays('Oh, one more thing', 400)
  expect(house.session.state.phase).toBe('live')
  session.says('a2', 'Of course.', 500)
  await house.pass(3_000)
  expect(line.told).toEqual([])
  await house.callerSays('Bye then')
  session.asksFor({ requestId: 'r2', name: 'end_call' })
  await house.pass(PHRASE_MS + 300)
  expect(line.told).toEqual(['hang up'])
  expect(house.of('tool.ended').map(({ outcome }) => outcome)).toEqual(['replied', 'repeated'])
  session.take()
})

it('[CS5] a caller who is still speaking when our patience ends is not cut off', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  house.session.end('agent ended', 'goodbye')
  await house.pass(500)
  await house.callerSays('A very long last thing', 15_000)
  expect(line.told).toEqual([])
  expect(house.session.state.phase).toBe('live')
  house.engine.session.take()
})

it('[CS5] a cough during our goodbye does not keep the call', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  house.session.end('agent ended', 'goodbye')
  await house.pass(300)
  house.engine.session.callerStarts()
  await house.pass(200)
  house.engine.session.callerWords(house.engine.session.callerStops(), '')
  await house.pass(1_300)
  expect(line.told).toEqual(['hang up'])
  house.engine.session.take()
})

it('[CS6] a line that drops is kept, and the talk goes on with an apology when the carrier comes back', async () => {
  await using house = new CallHouse()
  const first = await house.greeted()
  first.drops()
  expect(house.session.state.phase).toBe('line lost')
  await house.pass(20_000)
  const answer = await house.switchboard.resume('CA1')
  expect(answer.do).toBe('stream')
  house.connect()
  expect(house.phrases.at(-1)).toBe('lost-you')
  const [told, asked] = house.engine.session.take()
  expect(told).toEqual({ tell: { role: 'agent', text: 'Phrase lost-you.' } })
  expect(asked).toMatchObject({ answer: expect.stringContaining('connection broke') })
})

it('[CS6] a line that does not come back ends the call after 30 s', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  line.drops()
  await house.pass(29_900)
  expect(house.switchboard.liveCalls).toBe(1)
  await house.pass(300)
  expect(house.store.records.map(({ endReason }) => endReason)).toEqual(['line lost'])
})

it('[CS6] a caller who was speaking when the line dropped does not hold the floor on the next', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  house.engine.session.callerStarts()
  await house.pass(500)
  line.drops()
  house.connect()
  expect(house.engine.session.take()).toMatchObject([{ tell: {} }, { answer: expect.stringContaining('broke') }])
})

it('[CS6] a tool that ends while nobody is on the line is spoken of when somebody is', async () => {
  const work = Promise.withResolvers<void>()
  await using house = new CallHouse({ tools: [slowTool(work.promise)] })
  const line = await house.greeted()
  await house.callerSays('Look it up')
  house.engine.session.asksFor({ requestId: 'r1', name: 'slow' })
  await house.pass(100)
  line.drops()
  house.engine.session.take()
  work.resolve()
  await house.pass(100)
  expect(house.engine.session.take()).toEqual([{ toolResult: 'r1', output: { found: true } }])
  house.connect()
  expect(house.engine.session.take()).toMatchObject([{ tell: {} }, { answer: expect.any(String) }])
})

it('[CS6] a second stream takes the place of the first, whose end then means nothing', async () => {
  await using house = new CallHouse()
  const first = await house.greeted()
  const second = house.connect()
  await house.pass(100)
  expect(first.disposals).toBe(1)
  first.drops()
  first.callerHangsUp()
  expect(house.session.state).toEqual({ phase: 'live', line: second })
  house.engine.session.take()
})

it('[CS7] a call whose process died goes on from its ledger', async () => {
  const before = new CallHouse()
  await before.greeted()
  await before.callerSays('I want a loan')
  before.engine.session.says('a1', 'What do you want to buy?', 1_000)
  await before.pass(1_500)
  const { clock, store } = before
  await before.switchboard.closeAll('shut down')
  before.engine.session.take()
  await using house = new CallHouse({ clock, store })
  expect((await house.switchboard.resume('CA1')).do).toBe('stream')
  await house.pass(200)
  house.connect()
  expect(house.engine.briefings[0]?.history).toEqual([
    { role: 'agent', text: 'Phrase opening.' },
    { role: 'caller', text: 'I want a loan' },
    { role: 'agent', text: 'What do you want to buy?' },
  ])
  expect(house.phrases).toEqual(['lost-you'])
  expect(house.of('call.recovered')).toHaveLength(1)
  expect(store.calls).toBe(1)
  house.engine.session.take()
})

it('[CS7] a call that was ended or handed over on purpose is not taken up again', async () => {
  await using house = new CallHouse()
  house.rescue = OFFICE
  const call = { callId: 'call_1', from: undefined, to: '+1', startedAt: 0, agent: 'a', engine: 'e' }
  const entry = (seq: number, fact: Parameters<CallHouse['facts']['push']>[0]) => ({ seq, atMs: seq, fact })
  const opened = entry(0, { type: 'line.opened', streamId: 'MZ0' })
  house.store.leave({ ...call, callId: '1', carrierCallId: 'ended' }, [
    opened,
    entry(1, { type: 'call.ending', reason: 'agent ended' }),
  ])
  const to = (to: 'person' | 'message' | 'resume') => entry(1, { type: 'call.handed-over', to, because: 'test' })
  house.store.leave({ ...call, callId: '2', carrierCallId: 'to a person' }, [opened, to('person')])
  house.store.leave({ ...call, callId: '3', carrierCallId: 'to a message' }, [opened, to('message')])
  house.store.leave({ ...call, callId: '4', carrierCallId: 'to another' }, [opened, to('resume')])
  expect(await house.switchboard.resume('ended')).toEqual({ do: 'hang up' })
  expect(await house.switchboard.resume('to a person')).toEqual({ do: 'connect a person', number: OFFICE.number })
  expect(await house.switchboard.resume('to a message')).toEqual({ do: 'take a message' })
  expect((await house.switchboard.resume('to another')).do).toBe('stream')
  expect((await house.switchboard.resume('unknown')).do).toBe('connect a person')
})

it('[CS7] a call that kills every process that takes it up goes to a person in the end', async () => {
  await using house = new CallHouse()
  const call = { callId: 'call_1', from: undefined, to: '+1', startedAt: 0, agent: 'a', engine: 'e' }
  const entries = [0, 1, 2].map((seq) => ({ seq, atMs: seq, fact: { type: 'call.recovered', gapMs: 0 } as const }))
  house.store.leave({ ...call, carrierCallId: 'CA1' }, entries)
  house.engine.script()
  expect(await house.switchboard.resume('CA1')).toEqual({ do: 'take a message' })
})

it('[CS8] a silent caller is asked twice and let go', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.pass(8_200)
  expect(house.phrases).toEqual(['opening', 'are-you-there'])
  await house.pass(10_000)
  expect(house.phrases.at(-1)).toBe('still-there')
  await house.pass(12_000 + PHRASE_MS + 500)
  expect(house.phrases.at(-1)).toBe('silence-goodbye')
  expect(line.told).toEqual(['hang up'])
  expect(house.store.records[0]?.endReason).toBe('caller silent')
  expect(house.clock.monotonicMs() - OPENING_MS).toBeLessThanOrEqual(32_000)
  house.engine.session.take()
})

it('[CS8] the time our answer takes is not the caller’s silence, and a word starts it anew', async () => {
  await using house = new CallHouse({
    settings: { answers: { fillerAfterMs: 1e9, retryAfterMs: 1e9, giveUpAfterMs: 1e9 } },
  })
  await house.greeted()
  await house.pass(7_000)
  await house.callerSays('Hm')
  await house.pass(20_000)
  house.engine.session.says('a1', 'Here I am.', 5_000)
  await house.pass(5_000 + 7_700)
  expect(house.of('silence.broken')).toEqual([])
  await house.pass(500)
  expect(house.of('silence.broken')).toEqual([{ type: 'silence.broken', step: 'first prompt' }])
  house.engine.session.take()
})

it('[CS8] a caller whose words are never written down is not silent', async () => {
  await using house = new CallHouse()
  await house.greeted()
  for (let turn = 0; turn < 8; turn += 1) {
    house.engine.session.callerStarts()
    await house.pass(1_500)
    house.engine.session.callerStops()
    house.engine.session.says(`a${turn}`, `I see, number ${turn}.`, 500)
    await house.pass(5_500)
  }
  expect(house.of('silence.broken')).toEqual([])
  expect(house.session.state.phase).toBe('live')
  house.engine.session.take()
}, 20_000)

it('[CS9] a caller is told that the call gets long, and at the cap it ends, whatever they say', async () => {
  await using house = new CallHouse({ settings: { warnAtMs: 10_000, maxLengthMs: 20_000 } })
  const line = await house.answer()
  await house.pass(4_000)
  await house.callerSays('Hello', 1_000)
  house.engine.session.says('a1', 'A long story.', 30_000)
  await house.pass(5_200)
  expect(house.of('length.warned')).toHaveLength(1)
  await house.pass(10_000)
  expect(house.phrases.at(-1)).toBe('too-long-goodbye')
  await house.callerSays('Wait, one more thing', 500)
  await house.pass(1_000)
  expect(line.told).toEqual(['hang up'])
  expect(house.store.records[0]?.endReason).toBe('too long')
  house.engine.session.take()
})

it.each([
  [[], { resumeAtMs: undefined, replace: true }],
  [[{ type: 'recording.started', file: 'call_1.wav', offsetMs: 0 }], { resumeAtMs: 2_000, replace: false }],
] as const)('[CS7] a call that is taken up with the facts %j records from %j', async (facts, from) => {
  const opened: unknown[] = []
  const recorder = new FakeRecorder()
  await using house = new CallHouse({
    openRecorder: async ({ resumeAtMs, replace }) => {
      opened.push({ resumeAtMs, replace })
      return recorder
    },
  })
  const [carrierCallId, startedAt] = ['CA1', house.clock.now() - 2_000]
  house.store.leave(
    { callId: 'call_1', carrierCallId, startedAt, from: undefined, to: '+1', agent: 'receptionist', engine: 'test' },
    facts.map((fact, seq) => ({ seq, atMs: 0, fact })),
  )
  await house.ring()
  expect(opened).toEqual([from])
})

it('[CS10] a refused recording is gone before the sentence that says so, and the call goes on', async () => {
  await using house = new CallHouse({ stages: [createRecordingRefusal] })
  await house.greeted()
  const gone = Promise.withResolvers<void>()
  const recorder = house.recorders[0]
  if (recorder) recorder.discarding = gone.promise
  await house.callerSays('I do not want to be recorded')
  house.engine.session.says('a1', 'But why?', 2_000)
  await house.pass(300)
  expect(house.phrases).toEqual(['opening'])
  gone.resolve()
  await settle()
  expect(house.recorders[0]?.state).toBe('discarded')
  expect(house.phrases).toEqual(['opening', 'recording-off'])
  expect(house.of('recording.deleted')).toHaveLength(1)
  const requests = house.engine.session.take()
  expect(requests.filter((request) => 'answer' in request)).toHaveLength(2)
  expect(requests.at(-3)).toEqual({ interrupt: [{ utteranceId: 'a1', heardMs: 300 }] })
  house.session.close('caller hung up')
  await house.pass(100)
  expect(house.store.records[0]?.recordingFile).toBeUndefined()
})

it('[CS10] words that refuse only when the answer was given still stop the recording, without a second answer at once', async () => {
  await using house = new CallHouse({ stages: [createRecordingRefusal] })
  await house.greeted()
  const { session } = house.engine
  session.callerStarts()
  await house.pass(1_500)
  const turnId = session.callerStops()
  session.says('a1', 'How can I help?', 1_000)
  await house.pass(2_000)
  session.callerWords(turnId, 'Stop recording me')
  await settle()
  expect(house.phrases.at(-1)).toBe('recording-off')
  expect(session.take().filter((request) => 'answer' in request)).toHaveLength(2)
})

it('[CS10] a file that cannot be deleted is noted, and the call goes on', async () => {
  const recorder = {
    caller() {},
    agent() {},
    mute() {},
    discard: () => Promise.reject(new Error('EACCES')),
    close: async () => {},
  }
  await using house = new CallHouse({ stages: [createRecordingRefusal], openRecorder: async () => recorder })
  await house.greeted()
  await house.callerSays('Do not record this')
  expect(house.of('recording.failed')).toEqual([{ type: 'recording.failed', because: 'could not be deleted: EACCES' }])
  expect(house.session.state.phase).toBe('live')
  expect(house.errors.splice(0)).toEqual(['recording failed'])
  house.engine.session.take()
})

it('[CS10] a caller who hangs up while the file is being deleted leaves none behind', async () => {
  await using house = new CallHouse({ stages: [createRecordingRefusal] })
  const line = await house.greeted()
  const gone = Promise.withResolvers<void>()
  const recorder = house.recorders[0]
  if (recorder) recorder.discarding = gone.promise
  await house.callerSays('Stop recording me')
  line.callerHangsUp()
  await house.pass(500)
  expect(house.store.records).toEqual([])
  gone.resolve()
  await settle()
  expect(house.store.records[0]?.recordingFile).toBeUndefined()
  house.engine.session.take()
})

it('[CS10] a recording begins with the first stream, also when its file is late', async () => {
  const file = Promise.withResolvers<void>()
  const written: number[] = []
  const recorder = {
    caller: (positionMs: number) => void written.push(positionMs),
    agent() {},
    mute() {},
    discard: async () => {},
    close: async () => {},
  }
  await using house = new CallHouse({ openRecorder: () => file.promise.then(() => recorder) })
  const line = await house.answer()
  line.callerIsThere(20)
  file.resolve()
  await settle()
  line.callerIsThere(20)
  expect(written).toEqual([20])
  expect(house.of('recording.started')).toHaveLength(1)
})

it('[CS11] key 0 connects a person who is there, after an announcement', async () => {
  await using house = new CallHouse()
  house.rescue = OFFICE
  const line = await house.greeted()
  line.callerPresses('0')
  await house.pass(PHRASE_MS - 100)
  expect(line.told).toEqual([])
  await house.pass(300)
  expect(house.phrases).toEqual(['opening', 'connecting'])
  expect(line.told).toEqual([PERSON])
  expect(house.store.records[0]?.endReason).toBe('handed to a person')
  house.engine.session.take()
})

it('[CS11] key 0 with nobody in the office has the agent say so', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  line.callerPresses('0')
  expect(house.engine.session.take()).toEqual([{ answer: expect.stringContaining('Nobody is in the office') }])
  line.callerPresses('5')
  expect(house.engine.session.take()).toEqual([{ tell: { role: 'note', text: 'The caller pressed the key 5.' } }])
  await house.pass(100)
  expect(line.told).toEqual([])
})

it('[CS11] asking for a person gives one answer, also when the words come after one was begun', async () => {
  await using house = new CallHouse({ stages: [createPersonRequest] })
  const line = await house.greeted()
  const { session } = house.engine
  session.callerStarts()
  await house.pass(1_500)
  const turnId = session.callerStops()
  session.answerStarts()
  session.speaks('a1', 'Let me think about that.', 2_000)
  await house.pass(400)
  session.callerWords(turnId, 'Can I talk to a person?')
  expect(line.unheardMs()).toBe(0)
  expect(session.take()).toEqual([
    { answer: undefined },
    { interrupt: [{ utteranceId: 'a1', heardMs: 400 }] },
    { answer: expect.stringContaining('Nobody is in the office') },
  ])
})

it('[CS11] nothing is said or asked any more once the caller is on the way to a person', async () => {
  const work = Promise.withResolvers<void>()
  await using house = new CallHouse({ tools: [slowTool(work.promise)] })
  house.rescue = OFFICE
  const line = await house.greeted()
  await house.callerSays('Look it up')
  const { session } = house.engine
  session.asksFor({ requestId: 'r1', name: 'slow' })
  await house.pass(100)
  line.callerPresses('0')
  session.take()
  work.resolve()
  await settle()
  session.says('late', 'I found it', 1_000)
  await house.callerSays('Hello?', 300)
  await house.pass(1_000)
  expect(line.told).toEqual([PERSON])
  expect(line.heard.has('late')).toBe(false)
  expect(session.take()).toEqual([{ toolResult: 'r1', output: { found: true } }])
})

it('[CS11] a caller who hangs up on the way to a person is not dialled through', async () => {
  await using house = new CallHouse()
  house.rescue = OFFICE
  const line = await house.greeted()
  line.callerPresses('0')
  await house.pass(300)
  line.callerHangsUp()
  await house.pass(2_000)
  expect(line.told).toEqual([])
  expect(house.store.records).toHaveLength(1)
  house.engine.session.take()
})

it('[CS11] a line that drops on the way to a person is not the end: the carrier asks and is told', async () => {
  await using house = new CallHouse()
  house.rescue = OFFICE
  const line = await house.greeted()
  line.callerPresses('0')
  await house.pass(300)
  line.drops()
  expect(await house.switchboard.resume('CA1')).toEqual({ do: 'connect a person', number: OFFICE.number })
  expect(await house.switchboard.resume('CA1')).toEqual({ do: 'connect a person', number: OFFICE.number })
  await house.pass(200)
  expect(house.store.records[0]?.endReason).toBe('handed to a person')
  house.engine.session.take()
})

it('[CS12] a carrier that cannot be told of a hand-over loses the stream, asks, and is told', async () => {
  await using house = new CallHouse()
  house.rescue = OFFICE
  const line = await house.greeted()
  line.restFails = true
  line.callerPresses('0')
  await house.pass(PHRASE_MS + 300)
  expect(line.disposals).toBe(1)
  expect(await house.switchboard.resume('CA1')).toEqual({ do: 'connect a person', number: OFFICE.number })
  await house.pass(100)
  expect(house.store.records[0]?.endReason).toBe('handed to a person')
  expect(house.errors.splice(0)).toEqual(['hand-over by REST failed; closing the stream instead'])
  house.engine.session.take()
})

it('[CS12] an engine that is lost for good while the line is away does not lose the caller', async () => {
  await using house = new CallHouse()
  const first = await house.greeted()
  first.drops()
  house.engine.session.emit({ type: 'engine.lost', error: new EngineError('refused', 'insufficient_quota', 'no') })
  await house.pass(1_000)
  const second = house.connect()
  await house.pass(3_000)
  expect(house.phrases).toContain('get-someone')
  expect(second.told).toEqual([{ to: 'message' }])
  expect(house.store.records[0]?.endReason).toBe('message left')
})

function slowTool(work: Promise<void>) {
  return {
    name: 'slow',
    description: 'Takes its time.',
    arguments: z.strictObject({}),
    effect: 'reads' as const,
    timeoutMs: 60_000,
    run: async () => {
      await work
      return { reply: { found: true } }
    },
  }
}
