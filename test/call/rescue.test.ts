import { expect, it } from 'vitest'
import { z } from 'zod'
import { durationMs } from '../../src/audio/encoded-audio.ts'
import { EngineError } from '../../src/engines/engine.ts'
import { CallHouse, type HouseOptions, OPENING_MS, PERSON, PHRASE_MS } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'
import { FakeEngine, type FakeEngineSession, type Opening } from '../fakes/fake-engine.ts'

const dropped = () => new EngineError('dropped', 'closed', 'gone')
const refused = () => new EngineError('refused', 'invalid_api_key', 'no')

/** A house with a second engine, which does what the script says. */
function houseWithSecond(script: Opening[], options: HouseOptions = {}) {
  const second = new FakeEngine('second', script)
  return { second, house: new CallHouse({ ...options, otherEngines: [second] }) }
}

function lose(session: FakeEngineSession, error = dropped()): void {
  session.emit({ type: 'engine.lost', error })
}

function heardMs({ heardAudio }: FakeEngineSession): number {
  return heardAudio.reduce((sum, audio) => sum + durationMs(audio), 0)
}

it('[RL3] an engine that does not come back in 1.0 s is helped by the next: the first that is ready serves', async () => {
  const { second, house } = houseWithSecond(['accept'])
  await using _house = house
  await house.greeted()
  await house.callerSays('Tell me')
  house.engine.next('hang')
  lose(house.engine.session)
  await house.pass(900)
  expect(second.attempts).toBe(0)
  await house.pass(200)
  expect(second.session.take()).toMatchObject([{ answer: expect.stringContaining('connection broke') }])
  expect(house.of('engine.opened').at(-1)).toMatchObject({ engine: 'second', rung: 'other engine', attempts: 2 })
  second.session.says('b1', 'As I said.', 500)
  await house.pass(1_000)
  expect(house.of('rescue.ended')).toEqual([
    { type: 'rescue.ended', rung: 'other engine', gapMs: 1_100, attempts: 2, lostEngine: 'fake', engine: 'second' },
  ])
  house.engine.sessions[0]?.take()
})

it('[RL3] of two sessions that open in the same moment one is closed', async () => {
  const { second, house } = houseWithSecond(['hang'])
  await using _house = house
  await house.greeted()
  house.engine.next('hang')
  lose(house.engine.session)
  await house.pass(1_100)
  second.unhang()
  house.engine.unhang()
  await settle()
  const open = [...house.engine.sessions, ...second.sessions].filter(({ disposals }) => disposals === 0)
  expect(open).toHaveLength(1)
  await house.pass(3_000)
  expect(house.of('engine.lost')).toHaveLength(1)
  for (const session of [...house.engine.sessions, ...second.sessions]) session.take()
})

it('[RL3] a call whose first engine is slow at the ring is served by the next, before its opening is over', async () => {
  const { second, house } = houseWithSecond(['accept'])
  await using _house = house
  house.engine.script('hang')
  await house.answer()
  await house.pass(1_100)
  expect(house.of('engine.opened')).toMatchObject([{ because: 'ring', engine: 'second', rung: 'other engine' }])
  await house.pass(OPENING_MS)
  expect(house.phrases).toEqual(['opening'])
  expect(second.sessions).toHaveLength(1)
})

it('[RL1] [RL2] a refused engine is not tried again: the next takes over at once and keeps the call', async () => {
  const { second, house } = houseWithSecond(['accept', 'accept'])
  await using _house = house
  await house.greeted()
  lose(house.engine.session, refused())
  await settle()
  expect(house.engine.attempts).toBe(1)
  expect(second.attempts).toBe(1)
  await house.pass(6_000)
  lose(second.session)
  await settle()
  expect([house.engine.attempts, second.attempts]).toEqual([1, 2])
  expect(house.of('rescue.ended')).toMatchObject([
    { rung: 'other engine', lostEngine: 'fake', gapMs: 0 },
    { rung: 'same engine', lostEngine: 'second', gapMs: 0 },
  ])
})

it('[RL4] an engine whose breaker is open is passed over', async () => {
  const second = new FakeEngine('second', [])
  const third = new FakeEngine('third', ['accept'])
  await using house = new CallHouse({ otherEngines: [second, third] })
  await house.greeted()
  second.standing = 'out of order'
  lose(house.engine.session, refused())
  await settle()
  expect([second.attempts, third.attempts]).toEqual([0, 1])
})

it('[RL5] when everything refuses, the call goes to a person at once and the ledger tells what the caller waited', async () => {
  const { house } = houseWithSecond([refused()])
  await using _house = house
  house.rescue = { ...PERSON } as typeof house.rescue
  const line = await house.greeted()
  lose(house.engine.session, refused())
  await settle()
  expect(house.phrases.at(-1)).toBe('get-someone')
  await house.pass(PHRASE_MS + 500)
  expect(line.told).toEqual([PERSON])
  expect(house.of('rescue.ended')).toEqual([
    { type: 'rescue.ended', rung: 'person', gapMs: 0, attempts: 1, lostEngine: 'fake' },
  ])
})

it('[RL5] 6 s after the loss nobody is kept waiting any longer, with fillers on the way', async () => {
  const { second, house } = houseWithSecond(['hang', 'hang', 'hang'])
  await using _house = house
  const line = await house.greeted()
  await house.callerSays('Tell me')
  house.engine.next('hang', 'hang', 'hang')
  const from = house.facts.length
  lose(house.engine.session)
  await house.pass(5_900)
  expect(house.of('call.handed-over')).toEqual([])
  await house.pass(200)
  expect(house.of('call.handed-over')).toMatchObject([{ because: 'engine stalled: engine_open_timeout' }])
  const said = house.facts.slice(from).filter(({ type }) => type === 'agent.speaking')
  expect(said).toMatchObject(
    ['lost-you', 'still-working', 'still-working', 'get-someone'].map((phrase) => ({ phrase })),
  )
  await house.pass(3_000)
  expect(line.told).toEqual([{ to: 'message' }])
  expect(house.of('rescue.ended')).toMatchObject([{ rung: 'message', gapMs: 6_000, attempts: 6 }])
  for (const session of [...house.engine.sessions, ...second.sessions]) session.take()
})

it('[RL5] losses that follow each other share the 6 s', async () => {
  const { second, house } = houseWithSecond(['hang', 'hang', 'hang', 'hang'])
  await using _house = house
  await house.greeted()
  await house.callerSays('Tell me')
  house.engine.next('hang', 'hang', 'hang', 'hang')
  lose(house.engine.session)
  await house.pass(1_400)
  house.engine.unhang()
  await settle()
  lose(house.engine.session)
  await house.pass(4_500)
  expect(house.of('call.handed-over')).toEqual([])
  await house.pass(200)
  expect(house.of('call.handed-over')).toHaveLength(1)
  for (const engine of [house.engine, second]) engine.script()
  for (const session of [...house.engine.sessions, ...second.sessions]) session.take()
})

it('[AW1] the filler comes within half a second though the next session is there, until it speaks', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  house.engine.next('accept')
  lose(house.engine.session)
  await house.pass(600)
  expect(house.phrases).toEqual(['opening', 'lost-you'])
  for (const session of house.engine.sessions) session.take()
})

it('[AW2] an answer that does not come in 4 s is given by another engine, if there is one', async () => {
  const { second, house } = houseWithSecond(['accept'])
  await using _house = house
  await house.greeted()
  await house.callerSays('Tell me')
  await house.pass(3_900)
  expect(second.attempts).toBe(0)
  await house.pass(200)
  expect(house.of('engine.lost')).toMatchObject([{ failure: 'stalled', code: 'answer_missing', engine: 'fake' }])
  expect([house.engine.attempts, second.attempts]).toEqual([1, 1])
  expect(second.session.take()).toMatchObject([{ answer: expect.stringContaining('connection broke') }])
  second.session.says('b1', 'As I said.', 500)
  await house.pass(1_000)
  expect(house.of('rescue.ended')).toMatchObject([{ rung: 'other engine', engine: 'second' }])
  house.engine.session.take()
})

it('[AW2] a session that has just come is not asked again for the time there was none', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  house.engine.next(dropped(), dropped(), 'hang')
  lose(house.engine.session)
  await house.pass(2_400)
  house.engine.unhang()
  await settle()
  const asked = () => house.engine.session.take().filter((request) => 'answer' in request)
  expect(asked()).toHaveLength(1)
  await house.pass(3_500)
  expect(asked()).toEqual([])
  await house.pass(700)
  expect(asked()).toHaveLength(1)
  house.engine.sessions[0]?.take()
})

it('[RL9] the gap counts from the end of what was still to be heard', async () => {
  await using house = new CallHouse()
  await house.greeted()
  await house.callerSays('Tell me')
  const first = house.engine.session
  first.answerStarts()
  first.speaks('a1', 'one two three', 1_000)
  await house.pass(200)
  house.engine.next('accept')
  lose(first)
  await house.pass(1_200)
  house.engine.session.says('a2', 'four', 500)
  await house.pass(100)
  expect(house.of('rescue.ended')).toMatchObject([{ rung: 'same engine', gapMs: 400, attempts: 1 }])
  for (const session of house.engine.sessions) session.take()
})

it('[RL9] a rescue in which no answer was due after all ended when the session was there', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.pass(500)
  line.callerSpeaks(1_000)
  line.callerIsThere(600)
  await house.pass(100)
  house.engine.next('accept')
  lose(house.engine.session)
  await house.pass(4_900)
  expect(house.of('rescue.ended')).toEqual([])
  await house.pass(200)
  expect(house.of('rescue.ended')).toMatchObject([{ rung: 'same engine', gapMs: 0, attempts: 1 }])
  expect(house.phrases).toEqual(['opening'])
})

it('[CS3] what several engines were used for is all in the bill', async () => {
  const { second, house } = houseWithSecond(['accept'])
  await using _house = house
  const line = await house.greeted()
  const usage = { textIn: 1, textCachedIn: 0, textOut: 0, audioIn: 0, audioCachedIn: 0, audioOut: 0, audioSeconds: 0 }
  house.engine.session.emit({ type: 'usage.counted', usage: { model: 'fake-1', ...usage } })
  lose(house.engine.session, refused())
  await settle()
  second.session.emit({ type: 'usage.counted', usage: { model: 'second-1', ...usage } })
  line.callerHangsUp()
  await settle()
  expect(house.of('usage.counted').map((fact) => fact.usage.model)).toEqual(['fake-1', 'second-1'])
  expect(house.store.records[0]?.costUsd).toBe(2)
})

it('[RL7] what the caller said to a dead session is heard by the next, and not talked over', async () => {
  const { second, house } = houseWithSecond(['accept'])
  await using _house = house
  const line = await house.greeted()
  await house.callerSays('Tell me')
  house.engine.session.take()
  for (let piece = 0; piece < 25; piece += 1) line.callerIsThere(200)
  line.callerSpeaks(1_000)
  line.callerIsThere(400)
  await house.pass(100)
  lose(house.engine.session, refused())
  await settle()
  expect(heardMs(second.session)).toBeGreaterThanOrEqual(1_400)
  expect(heardMs(second.session)).toBeLessThan(2_200)
  expect(second.session.take()).toEqual([])
  second.session.callerStarts()
  await house.pass(200)
  second.session.callerWords(second.session.callerStops(), 'And where is that?')
  await settle()
  expect(second.session.take()).toMatchObject([{ interrupt: [] }, { answer: undefined }])
})

it('[RL7] a session that makes nothing of those words is asked to go on after a second', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.callerSays('Tell me')
  line.callerSpeaks(1_000)
  await house.pass(100)
  house.engine.next('accept')
  lose(house.engine.session)
  await house.pass(800)
  const asked = () => house.engine.session.take().filter((request) => 'answer' in request)
  expect(asked()).toEqual([])
  await house.pass(300)
  expect(asked()).toMatchObject([{ answer: expect.stringContaining('connection broke') }])
  house.engine.sessions[0]?.take()
})

it('[RL7] words that are in the ledger are not heard twice', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  const first = house.engine.session
  line.callerSpeaks(1_500)
  first.callerStarts()
  await house.pass(100)
  line.callerIsThere(600)
  await house.pass(100)
  first.callerWords(first.callerStops(), 'Tell me')
  await house.pass(100)
  house.engine.next('accept')
  lose(first)
  await settle()
  expect(heardMs(house.engine.session)).toBe(0)
  expect(house.engine.briefings.at(-1)?.history.at(-1)).toEqual({ role: 'caller', text: 'Tell me' })
  for (const session of house.engine.sessions) session.take()
})

it('[RL7] what was told while two sessions were opening reaches the one that had not been briefed about it', async () => {
  const { second, house } = houseWithSecond(['hang'])
  await using _house = house
  const line = await house.greeted()
  house.engine.next('hang')
  lose(house.engine.session)
  await house.pass(100)
  line.callerPresses('7')
  await house.pass(1_000)
  expect(second.attempts).toBe(1)
  house.engine.unhang()
  await settle()
  const told = house.engine.session.take().map((request) => JSON.stringify(request))
  expect(told.join()).toContain('pressed the key 7')
})

it('[RL7] a session that takes over at a rotation is not told again what the old one heard', async () => {
  const settings = { rotateEngineAfterMs: 4_000, silence: { firstPromptMs: 1e6, secondPromptMs: 2e6, goodbyeMs: 3e6 } }
  await using house = new CallHouse({ settings })
  const line = await house.greeted()
  const first = house.engine.session
  first.callerStarts()
  line.callerSpeaks(1_000)
  await house.pass(100)
  line.callerIsThere(600)
  first.callerStops()
  await settle()
  first.says('a1', 'Yes.', 200)
  house.engine.next('accept')
  await house.pass(4_000)
  expect(house.of('engine.opened').at(-1)).toMatchObject({ because: 'rotation', rung: 'same engine' })
  expect(heardMs(house.engine.session)).toBe(0)
  first.take()
})

it('[RL8] an engine that hears nothing is replaced by its like, and that by another; both hear what was said', async () => {
  const { second, house } = houseWithSecond(['accept'])
  await using _house = house
  const line = await house.greeted()
  await house.pass(2_500)
  house.engine.next('accept')
  line.callerSpeaks(1_000)
  line.callerIsThere(1_000)
  await house.pass(1_900)
  expect(house.engine.attempts).toBe(1)
  await house.pass(200)
  expect(house.engine.attempts).toBe(2)
  expect(house.of('engine.lost')).toMatchObject([{ failure: 'stalled', code: 'deaf', engine: 'fake' }])
  expect(house.engine.blamed).toEqual(['deaf'])
  expect(heardMs(house.engine.session)).toBeGreaterThanOrEqual(1_900)
  await house.pass(3_100)
  expect(second.attempts).toBe(1)
  expect(heardMs(second.session)).toBeGreaterThanOrEqual(1_900)
  await house.pass(7_000)
  expect([house.engine.attempts, second.attempts]).toEqual([2, 1])
  for (const session of [...house.engine.sessions, ...second.sessions]) session.take()
})

it('[RL8] an engine that says the caller has begun and never that they stopped is replaced, too', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.pass(2_500)
  house.engine.next('accept')
  const first = house.engine.session
  first.callerStarts()
  line.callerSpeaks(1_000)
  line.callerIsThere(600)
  await house.pass(900)
  expect(house.phrases).toEqual(['opening'])
  await house.pass(300)
  expect(house.phrases).toEqual(['opening', 'one-moment'])
  await house.pass(1_700)
  expect(house.engine.attempts).toBe(1)
  await house.pass(200)
  expect(house.of('engine.lost')).toMatchObject([{ failure: 'stalled', code: 'deaf' }])
  expect(heardMs(house.engine.session)).toBeGreaterThanOrEqual(1_600)
  first.take()
  house.engine.session.take()
})

it('[AW1] a session that hears the caller’s words of a while ago does not make their wait begin anew', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.pass(2_500)
  house.engine.next('accept')
  line.callerSpeaks(1_000)
  line.callerIsThere(600)
  await house.pass(2_500)
  expect(house.phrases).toEqual(['opening', 'one-moment'])
  const [first, second] = house.engine.sessions
  second?.callerStarts()
  await house.pass(1_500)
  second?.callerWords(second.callerStops(), 'Tell me')
  await house.pass(100)
  expect(house.phrases).toEqual(['opening', 'one-moment', 'still-working'])
  expect(house.of('dead-air')).toEqual([])
  first?.take()
  second?.take()
})

it('[RL8] an engine that lets the caller pause on purpose is given its time, and nobody talks into the pause', async () => {
  await using house = new CallHouse()
  house.engine.capabilities = { ...house.engine.capabilities, mayPauseMs: 8_000 }
  const line = await house.greeted()
  await house.pass(2_500)
  const { session } = house.engine
  session.callerStarts()
  line.callerSpeaks(1_000)
  line.callerIsThere(600)
  await house.pass(7_000)
  expect(house.phrases).toEqual(['opening'])
  session.callerStops()
  expect(house.of('engine.lost')).toEqual([])
  session.take()
})

it('[RL8] turns that are judged by the sound alone do not make an engine alive', async () => {
  await using house = new CallHouse()
  house.engine.capabilities = { ...house.engine.capabilities, reportsTurns: false }
  const line = await house.greeted()
  await house.pass(2_500)
  house.engine.next('accept')
  const first = house.engine.session
  first.callerStarts()
  line.callerSpeaks(1_000)
  line.callerIsThere(600)
  const turnId = first.callerStops()
  // Somebody had listened to the beginning.
  first.callerWords(turnId, 'What', false)
  await house.pass(2_500)
  first.callerWords(turnId, '')
  await house.pass(600)
  expect(house.of('engine.lost')).toMatchObject([{ failure: 'stalled', code: 'deaf' }])
  expect(heardMs(house.engine.session)).toBeGreaterThanOrEqual(1_600)
  first.take()
  house.engine.session.take()
})

it.each([
  ['a cough', 300, () => undefined],
  [
    'speech the engine has noticed',
    1_000,
    (session: FakeEngineSession) => {
      session.callerStarts()
      session.callerStops()
    },
  ],
])('[RL8] %s does not make an engine deaf', async (_, ms, then) => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.pass(2_500)
  line.callerSpeaks(ms)
  line.callerIsThere(1_000)
  await house.pass(100)
  then(house.engine.session)
  await house.pass(5_000)
  expect(house.of('engine.lost')).toEqual([])
  house.engine.session.take()
})

it('[RL8] our own voice on their line does not make an engine deaf', async () => {
  await using house = new CallHouse()
  const line = await house.greeted()
  await house.callerSays('Tell me')
  house.engine.session.says('a1', 'A long story', 3_000)
  for (let second = 0; second < 3; second += 1) {
    line.callerSpeaks(1_000)
    await house.pass(1_000)
  }
  line.callerIsThere(1_000)
  await house.pass(4_000)
  expect(house.of('engine.lost')).toEqual([])
  house.engine.session.take()
})

it('[RL10] a tool that outlives its engine tells the next, and is not run again when asked for again', async () => {
  const work = Promise.withResolvers<void>()
  let runs = 0
  const run = async () => {
    runs += 1
    await work.promise
    return { reply: { found: runs } }
  }
  const tool = {
    name: 'book',
    description: 'Books.',
    arguments: z.strictObject({ day: z.string() }),
    effect: 'writes' as const,
    timeoutMs: 60_000,
    run,
  }
  const { second, house } = houseWithSecond(['accept'], { tools: [tool] })
  await using _house = house
  await house.greeted()
  await house.callerSays('Tuesday, please')
  house.engine.session.asksFor({ requestId: 'r1', name: 'book', args: { day: 'Tuesday' } })
  await house.pass(100)
  lose(house.engine.session, refused())
  await settle()
  expect(second.briefings[0]?.history.at(-1)?.text).toContain('still working')
  work.resolve()
  await settle()
  second.session.asksFor({ requestId: 'x9', name: 'book', args: { day: 'Tuesday' } })
  await settle()
  expect(runs).toBe(1)
  const results = second.session.take().filter((request) => 'toolResult' in request)
  expect(results).toEqual([
    { toolResult: 'r1', output: { found: 1 } },
    { toolResult: 'x9', output: { found: 1 } },
  ])
  expect(house.of('tool.ended').map(({ outcome }) => outcome)).toEqual(['replied', 'repeated'])
  house.engine.sessions[0]?.take()
})

it('[CS14] a call is admitted when any of its engines is in order, and begins with that one', async () => {
  const { second, house } = houseWithSecond(['accept'])
  await using _house = house
  house.engine.script()
  house.engine.standing = 'suspect'
  await house.ring()
  expect(second.sessions).toHaveLength(1)
  expect(house.of('call.rang')).toMatchObject([{ engine: 'second', model: 'second-1' }])
})
