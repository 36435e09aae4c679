import { describe, expect, it } from 'vitest'
import type { PrivateWords } from '../../src/call/hidden-facts.ts'
import { EngineError } from '../../src/engines/engine.ts'
import type { Finding, Said, StageFactory } from '../../src/pipeline/stage.ts'
import { CallHouse, type HouseOptions, PERSON, PHRASE_MS } from '../fakes/call-house.ts'

/** A stage that finds what the test says in the caller's words. */
function finds(words: Record<string, readonly Finding[]>, heard: Said[] = []): StageFactory {
  return () => ({
    name: 'scripted',
    hear(said) {
      heard.push(said)
      return said.by === 'caller' ? (words[said.text] ?? []) : []
    },
  })
}

/** The engine's session drops, and another takes its place. */
async function replaceEngine(house: CallHouse): Promise<void> {
  const { session } = house.engine
  session.take()
  house.engine.next('accept')
  session.emit({ type: 'engine.lost', error: new EngineError('dropped', 'closed', 'gone') })
  await house.pass(100)
}

const greetedHouse = async (options: HouseOptions) => {
  const house = new CallHouse(options)
  await house.greeted()
  return house
}

describe('[CD2] a change of language', () => {
  const SPANISH: Finding = { type: 'language changed', language: 'es', because: 'spoken' }

  it('takes phrases, prompt and recogniser with it, greets in the new language and answers in it', async () => {
    await using house = await greetedHouse({ stages: [finds({ 'Buenas tardes.': [SPANISH] })] })
    await house.callerSays('Buenas tardes.')
    expect(house.phrases.at(-1)).toBe('my-language')
    expect(house.of('agent.speaking').at(-1)?.text).toBe('Phrase my-language. (es-US)')
    const requests = house.engine.session.take()
    expect(requests).toContainEqual({ rebrief: { instructions: 'Be kind.', language: 'es-US' } })
    expect(requests.at(-1)).toEqual({ answer: undefined })
  })

  it('is known to the engine that takes over', async () => {
    await using house = await greetedHouse({ stages: [finds({ 'Buenas tardes.': [SPANISH] })] })
    await house.callerSays('Buenas tardes.')
    await replaceEngine(house)
    expect(house.engine.briefings.at(-1)).toMatchObject({ language: 'es-US', hears: ['en-US', 'es-US', 'vi-VN'] })
    house.engine.session.take()
  })

  it('does nothing when the language is none of ours', async () => {
    const polish: Finding = { type: 'language changed', language: 'pl', because: 'spoken' }
    await using house = await greetedHouse({ stages: [finds({ 'Dzień dobry.': [polish] })] })
    await house.callerSays('Dzień dobry.')
    expect(house.phrases).toEqual(['opening'])
    expect(house.engine.session.take()).toEqual([{ answer: undefined }])
  })
})

describe('[CD3] a frustrated caller', () => {
  const ANGRY: Finding[] = [
    { type: 'mood judged', frustration: 0.8, cues: [] },
    { type: 'caller frustrated', frustration: 0.8 },
  ]

  it('is offered a person where one is there, and a message where none is', async () => {
    for (const [rescue, phrase] of [
      [PERSON, 'offer-person'],
      [{ to: 'message' }, 'offer-message'],
    ] as const) {
      await using house = await greetedHouse({ stages: [finds({ 'For the third time!': ANGRY })] })
      house.rescue = rescue
      await house.callerSays('For the third time!')
      expect(house.phrases.at(-1)).toBe(phrase)
      house.engine.session.take()
    }
  })

  it('[CD1] who asks for a person is connected at once, not offered one', async () => {
    const findings: Finding[] = [...ANGRY, { type: 'person requested' }]
    await using house = await greetedHouse({ stages: [finds({ 'Get me a human!': findings })] })
    house.rescue = PERSON
    await house.callerSays('Get me a human!')
    expect(house.phrases).toEqual(['opening', 'connecting'])
    house.engine.session.take()
  })
})

describe('[SG1] what the agent may not say', () => {
  const rule = () => ({
    hear: (text: string) => (/percent/.test(text) ? ({ rule: 'rate', phrase: 'no-rates' } as const) : undefined),
  })

  it('is stopped before it is heard, forgotten by the engine, and replaced by the fixed phrase', async () => {
    await using house = await greetedHouse({ speechRule: rule })
    await house.callerSays('What is your rate?')
    const { session } = house.engine
    session.answerStarts()
    session.speaks('u1', 'Our rate is', 500)
    await house.pass(200)
    session.speaks('u1', 'Our rate is six percent.', 2_000)
    await house.pass(PHRASE_MS)
    expect(house.heardOf('u1')).toBe('Our')
    expect(house.of('speech.barred')).toEqual([{ type: 'speech.barred', utteranceId: 'u1', rule: 'rate' }])
    expect(house.phrases.at(-1)).toBe('no-rates')
    expect(session.take()).toContainEqual({ interrupt: [{ utteranceId: 'u1', heardMs: 200 }] })
  })

  it('is not heard either when its words come before any sound, nor does the engine remember it', async () => {
    await using house = await greetedHouse({ speechRule: rule })
    await house.callerSays('What is your rate?')
    const { session } = house.engine
    session.says('u1', 'Our rate is six percent.', 2_000)
    await house.pass(PHRASE_MS + 100)
    expect(house.of('agent.speaking').map(({ phrase }) => phrase)).toEqual(['opening', 'no-rates'])
    expect(session.take()).toContainEqual({ interrupt: [{ utteranceId: 'u1', heardMs: 0 }] })
  })
})

describe('[CD4] a suspected robocall', () => {
  const SUSPECT: Finding = { type: 'robocall suspected', score: 1, because: ['press one'] }
  const PITCH = 'Press one to extend your warranty.'

  it('is asked to prove it is a person, costs no answer, and ends with the message machine', async () => {
    await using house = await greetedHouse({ stages: [finds({ [PITCH]: [SUSPECT] })] })
    house.rescue = PERSON
    await house.callerSays(PITCH)
    await house.pass(200)
    expect(house.phrases.at(-1)).toBe('prove-person')
    house.engine.session.take()
    await house.callerSays('Offer ends today.')
    await house.pass(13_000)
    expect(house.engine.session.take()).not.toContainEqual({ answer: undefined })
    expect(house.of('call.handed-over').at(-1)).toMatchObject({ to: 'message' })
  })

  it('is answered as anybody once it speaks as a person', async () => {
    const stages = [finds({ [PITCH]: [SUSPECT], 'Yes, I am here.': [{ type: 'robocall cleared' }] })]
    await using house = await greetedHouse({ stages })
    await house.callerSays(PITCH)
    await house.pass(2_000)
    house.engine.session.take()
    await house.callerSays('Yes, I am here.')
    expect(house.engine.session.take().at(-1)).toEqual({ answer: undefined })
    house.engine.session.says('u2', 'Good. How can I help?', 1_000)
    await house.pass(14_000)
    expect(house.of('call.handed-over')).toEqual([])
    house.engine.session.take()
  })
})

describe('[CD5] private numbers', () => {
  const words: PrivateWords = {
    hideCaller: (text) => text.replace(/\d{4,}/g, '[card]'),
    hideAgent: (text) => text.replace(/\d{4,}/g, '[card]'),
    hearAgent: () => undefined,
    hearKeys: () => undefined,
    hideJson: (json) => json.replace(/\d{4,}/g, '[card]'),
  }
  const CARD: Finding = { type: 'private number said', kinds: ['CARD'] }

  it('are in no fact that is kept, though the engine that takes over knows them', async () => {
    await using house = await greetedHouse({ privateWords: () => words })
    await house.callerSays('It is 4111111111111111.')
    expect(JSON.stringify([house.facts, house.store.facts('CA1')])).not.toContain('4111')
    await replaceEngine(house)
    expect(JSON.stringify(house.engine.briefings.at(-1)!.history)).toContain('4111111111111111')
    house.engine.session.take()
  })

  it('that a card has are muted in the recording, from before they began to be said', async () => {
    await using house = await greetedHouse({ stages: [finds({ 'It is 4111.': [CARD] })] })
    await house.callerSays('It is 4111.', 1_500)
    expect(house.recorders[0]!.muted).toEqual([[expect.any(Number), expect.any(Number)]])
    const [fromMs, untilMs] = house.recorders[0]!.muted[0]!
    expect(untilMs - fromMs).toBeGreaterThanOrEqual(2_000)
    expect(house.of('recording.muted')).toHaveLength(1)
    house.engine.session.take()
  })

  it('that are typed are kept as one key and dots', async () => {
    await using house = await greetedHouse({})
    for (const digit of '4711') house.line.callerPresses(digit)
    expect(house.of('caller.pressed').map(({ digit }) => digit)).toEqual(['4', '•', '•', '•'])
    house.engine.session.take()
  })
})

it('[CD6] stages hear our question, interruptions and what began when', async () => {
  const heard: Said[] = []
  await using house = await greetedHouse({ stages: [finds({}, heard)] })
  await house.callerSays('Hello.')
  house.engine.session.says('u1', 'What is your name?', 1_000)
  await house.pass(1_200)
  await house.callerSays('Maria Lopez.', 1_500)
  const name = heard.findLast(({ by }) => by === 'caller')!
  expect(name).toMatchObject({ text: 'Maria Lopez.', prompt: expect.stringContaining('What is your name?') })
  expect(name.atMs - name.fromMs!).toBe(1_500)
  expect(heard.find(({ by }) => by === 'agent')).toMatchObject({ text: 'Phrase opening.' })
  house.engine.session.take()
})

it('[CD5] a card number that we read back is muted, too, also where the caller cuts us', async () => {
  const CARD: Finding = { type: 'private number said', kinds: ['CARD'] }
  const hears: StageFactory = () => ({
    name: 'scripted',
    hear: ({ by, text }) => (by === 'agent' && text.includes('4111') ? [CARD] : []),
  })
  await using house = await greetedHouse({ stages: [hears] })
  house.engine.session.says('u1', 'That is 4111 1111 1111 1111, is it right?', 4_000)
  await house.pass(2_500)
  await house.callerSays('Yes, it is.')
  const [[fromMs, untilMs]] = house.recorders[0]!.muted as [[number, number]]
  expect(untilMs - fromMs).toBeGreaterThanOrEqual(2_500)
  house.engine.session.take()
})

it('[CD7] findings that cannot be followed cost neither the call nor the answer to what was said', async () => {
  const wanted: Finding = { type: 'person requested' }
  await using house = await greetedHouse({ stages: [finds({ 'A person, please.': [wanted] })] })
  Object.defineProperty(house, 'rescue', {
    get() {
      throw new Error('the office hours cannot be read')
    },
  })
  await house.callerSays('A person, please.')
  expect(house.engine.session.take()).toEqual([{ answer: undefined }])
  expect(house.errors.splice(0)).toEqual(['findings not followed'])
})
