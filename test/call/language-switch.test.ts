import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { durationMs } from '../../src/audio/encoded-audio.ts'
import { type EngineCapabilities, EngineError } from '../../src/engines/engine.ts'
import type { Finding, StageFactory } from '../../src/pipeline/stage.ts'
import { CallHouse, type HouseOptions, PHRASE_MS } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

/** An engine that is told its language when it opens, answers by itself, and cannot be stopped. */
const SET_IN_ITS_WAYS: EngineCapabilities = {
  reportsTurns: false,
  cancels: false,
  truncates: false,
  holdsSpeech: false,
  speaksVerbatim: false,
  changesLanguage: false,
}

const LANGUAGES: Record<string, Finding> = {
  'Quisiera refinanciar mi casa.': { type: 'language changed', language: 'es', because: 'spoken' },
  'Tiếng Việt.': { type: 'language changed', language: 'vi', because: 'asked for' },
}

const stage: StageFactory = () => ({
  name: 'scripted',
  hear({ by, text }) {
    const finding = LANGUAGES[text]
    return by === 'caller' && finding ? [finding] : []
  },
})

async function greetedHouse(options: HouseOptions = {}): Promise<CallHouse> {
  const house = new CallHouse({ stages: [stage], ...options })
  house.engine.capabilities = SET_IN_ITS_WAYS
  await house.greeted()
  return house
}

const briefedIn = (house: CallHouse) => house.engine.briefings.map(({ language }) => language)
const answersAskedOf = (house: CallHouse) => house.engine.session.take().filter((request) => 'answer' in request)
const takeTheRest = (house: CallHouse) => house.engine.sessions.forEach((session) => void session.take())

describe('[CD2] an engine that cannot change its language within a session', () => {
  it('is replaced by one of its kind that knows the talk, and that is asked for the one answer', async () => {
    await using house = await greetedHouse()
    house.engine.next('accept')
    await house.callerSays('Quisiera refinanciar mi casa.')
    expect(briefedIn(house)).toEqual(['en-US', 'es-US'])
    expect(house.engine.briefings[1]!.history).toContainEqual({ role: 'caller', text: 'Quisiera refinanciar mi casa.' })
    expect(house.engine.sessions[0]!.disposals).toBe(1)
    expect(house.phrases).toEqual(['opening', 'my-language'])
    expect(answersAskedOf(house)).toEqual([{ answer: undefined }])
    expect(house.of('engine.lost')).toEqual([])
    takeTheRest(house)
  })

  it('has the next hear what the caller goes on to say while it opens, before it is asked for anything', async () => {
    await using house = await greetedHouse()
    house.engine.next('hang')
    await house.callerSays('Quisiera refinanciar mi casa.')
    await house.pass(PHRASE_MS)
    house.line.callerSpeaks(600)
    await settle()
    house.engine.unhang()
    await settle()
    const { session } = house.engine
    expect(session.heardAudio.reduce((sum, audio) => sum + durationMs(audio), 0)).toBeGreaterThanOrEqual(600)
    expect(answersAskedOf(house)).toEqual([])
    session.callerStarts()
    session.callerWords(session.callerStops(), 'Está en Houston.')
    await house.pass(500)
    expect(answersAskedOf(house)).toHaveLength(1)
    takeTheRest(house)
  })

  it('is not heard in the old language any more, though it answers by itself', async () => {
    await using house = await greetedHouse()
    const first = house.engine.session
    house.engine.next('hang')
    first.callerStarts()
    await house.pass(1_500)
    const turnId = first.callerStops()
    first.answerStarts()
    first.speaks('english', 'Sure, where is the house?', 2_000)
    first.callerWords(turnId, 'Quisiera refinanciar mi casa.')
    await house.pass(300)
    house.engine.unhang()
    await house.pass(PHRASE_MS + 500)
    expect(house.heardOf('english') ?? '').toBe('')
    expect(house.phrases).toEqual(['opening', 'my-language'])
    expect(answersAskedOf(house)).toEqual([{ answer: undefined }])
    takeTheRest(house)
  })

  it('is replaced once more when the next one drops right after the switch', async () => {
    await using house = await greetedHouse()
    house.engine.next('accept', 'accept')
    await house.callerSays('Quisiera refinanciar mi casa.')
    const error = new EngineError('dropped', 'closed', 'gone')
    house.engine.session.emit({ type: 'engine.lost', error })
    await house.pass(500)
    expect(briefedIn(house)).toEqual(['en-US', 'es-US', 'es-US'])
    expect(answersAskedOf(house)).toHaveLength(1)
    takeTheRest(house)
  })

  it('speaks the last of two languages that follow each other at once', async () => {
    await using house = await greetedHouse()
    house.engine.next('accept', 'accept')
    await house.callerSays('Quisiera refinanciar mi casa.')
    await house.callerSays('Tiếng Việt.', 300)
    await house.pass(500)
    expect(briefedIn(house)).toEqual(['en-US', 'es-US', 'vi-VN'])
    expect(house.engine.sessions.map(({ disposals }) => disposals)).toEqual([1, 1, 0])
    expect(answersAskedOf(house)).toHaveLength(1)
    takeTheRest(house)
  })

  it('has the next told what a tool gave that was running', async () => {
    const work = Promise.withResolvers<void>()
    await using house = await greetedHouse({ tools: [slowTool(work.promise)] })
    const first = house.engine.session
    await house.callerSays('Look it up.')
    first.asksFor({ requestId: 'r1', name: 'slow' })
    await house.pass(200)
    house.engine.next('accept')
    await house.callerSays('Quisiera refinanciar mi casa.')
    expect(house.engine.briefings.at(-1)!.history.some(({ text }) => text.includes('still working'))).toBe(true)
    work.resolve()
    await settle()
    expect(house.engine.session.take()).toContainEqual({ toolResult: 'r1', output: { found: 1 } })
    takeTheRest(house)
  })

  it('keeps the call when its provider has no such language', async () => {
    await using house = await greetedHouse()
    house.engine.next(new EngineError('refused', 'override_error', 'no such language'))
    await house.callerSays('Quisiera refinanciar mi casa.')
    const requests = house.engine.session.take()
    expect(requests).toContainEqual({ rebrief: { instructions: 'Be kind.', language: 'es-US' } })
    expect(requests.at(-1)).toEqual({ answer: undefined })
    await house.pass(2_000)
    expect(house.of('call.handed-over')).toEqual([])
    takeTheRest(house)
  })
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
