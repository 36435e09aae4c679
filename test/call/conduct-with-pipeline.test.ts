import { describe, expect, it } from 'vitest'
import { type CallHouse, type HouseOptions, PERSON } from '../fakes/call-house.ts'
import { houseWithPipeline } from '../fakes/house-with-pipeline.ts'

const SPANISH = 'Buenas tardes, quisiera información sobre un préstamo para comprar una casa'
const ANGRY_SPANISH =
  'Esto es ridículo, estoy harto, es la tercera vez que llamo y nadie me ayuda, son unos inútiles, qué servicio tan malo'

async function greeted(options: HouseOptions = {}): Promise<CallHouse> {
  const house = houseWithPipeline(options)
  await house.greeted()
  return house
}

describe('[CD2] an engine that cannot change its language', () => {
  const unchanging = (house: CallHouse) => {
    house.engine.capabilities = {
      ...house.engine.capabilities,
      cancels: false,
      truncates: false,
      holdsSpeech: false,
      changesLanguage: false,
    }
  }

  // The new session was let go whenever anything happened while it opened, and an engine that answers by itself always
  // says something then: the call stayed with a session of the wrong language, and the caller heard it go on.
  it('is replaced though it talks on, and is not heard any more', async () => {
    await using house = await greeted()
    unchanging(house)
    house.engine.next('hang')
    const { session: english } = house.engine
    await house.callerSays(SPANISH)
    await house.pass(200)
    english.answerStarts()
    english.speaks('u1', 'Good afternoon, how', 1_500)
    house.engine.unhang()
    await house.pass(500)
    expect(house.engine.sessions).toHaveLength(2)
    expect(english.disposals).toBe(1)
    expect(house.line.heard.has('u1')).toBe(false)
    expect(house.engine.briefings.at(-1)).toMatchObject({ language: 'es-US' })
    expect(house.engine.session.take().at(-1)).toEqual({ answer: undefined })
    expect(house.of('engine.lost')).toEqual([])
    english.take()
  })

  // Only the greeting in the new language replaced it; where something weightier took the word, nothing did.
  it('[CD1] is replaced also when a person is offered in the same moment', async () => {
    await using house = await greeted()
    unchanging(house)
    house.engine.next('accept')
    await house.callerSays(ANGRY_SPANISH)
    await house.pass(500)
    expect(house.phrases.at(-1)).toBe('offer-message')
    expect(house.engine.briefings.at(-1)).toMatchObject({ language: 'es-US' })
    for (const session of house.engine.sessions) session.take()
  })
})

// What was cut goes on under an id of ours, while an engine that cannot be stopped knows it by its own. Cut again, ours
// was dropped, which the engine never names, and the sentence went on over the answer to the caller's turn.
it('[TT13] a sentence that went on after a false alarm is over when the caller then has a turn', async () => {
  await using house = await greeted()
  house.engine.capabilities = { ...house.engine.capabilities, cancels: false, truncates: false }
  const { session } = house.engine
  await house.callerSays('Who are you?')
  session.answerStarts()
  session.speaks('u1', 'We are a company in town and', 2_000)
  await house.pass(500)
  session.callerStarts()
  await house.pass(200)
  session.callerWords(session.callerStops(), '')
  await house.pass(500)
  session.callerStarts()
  await house.pass(600)
  session.callerWords(session.callerStops(), 'What are your opening hours?')
  await house.pass(200)
  session.speaks('u1', 'We are a company in town and we lend money', 2_000)
  await house.pass(100)
  expect(house.line.unheardMs()).toBe(0)
  session.take()
})

// Words came when the caller had begun to speak again, and were judged as the answer to what we had said by then.
it('[CD6] words answer what was asked before them, though they come when the caller speaks again', async () => {
  await using house = await greeted()
  house.rescue = PERSON
  const { session } = house.engine
  await house.callerSays('Hello there.')
  session.says('u1', 'Would you like me to connect you to a person?', 1_000)
  await house.pass(1_200)
  session.callerStarts()
  await house.pass(400)
  const turnId = session.callerStops()
  session.says('u2', 'We are open from nine to five.', 1_000)
  await house.pass(1_100)
  session.callerStarts()
  session.callerWords(turnId, 'Yes please.')
  await house.pass(200)
  expect(house.of('call.handed-over')).toMatchObject([{ to: 'person' }])
  session.take()
})

// Only the last piece of a card's number says what it is; the eight digits before it stayed in the recording.
it('[CD5] a card number that was said in two pieces is silent in both', async () => {
  await using house = await greeted()
  await house.callerSays('I would like to pay by card, it is 4111 1111.')
  const beganAtMs = house.session.ledger.nowMs - 1_500
  await house.callerSays('1111 1111')
  const [fromMs, untilMs] = house.recorders[0]!.muted.at(-1)!
  expect(fromMs).toBeLessThanOrEqual(beganAtMs)
  expect(untilMs).toBe(house.session.ledger.nowMs)
  house.engine.session.take()
})

// A caller who refused to be recorded and spoke another language was greeted in it, and cut off in the greeting.
it('[CD1] a refused recording has the word before a new language', async () => {
  await using house = await greeted()
  await house.callerSays('No quiero que me grabe, quisiera información sobre un préstamo para comprar una casa')
  await house.pass(500)
  expect(house.phrases).toEqual(['opening', 'recording-off'])
  expect(house.of('agent.speaking').at(-1)!.text).not.toContain('recording')
  house.engine.session.take()
})

it('[CD3] where nobody is in, a yes to the offered message is left to the model, which takes it', async () => {
  await using house = await greeted()
  await house.callerSays(
    'This is ridiculous, I am sick of this, you are useless, the worst service, I called five times',
  )
  await house.pass(1_500)
  expect(house.phrases.at(-1)).toBe('offer-message')
  house.engine.session.take()
  await house.callerSays('Yes.')
  expect(house.engine.session.take()).toEqual([{ answer: undefined }])
})

// Words of another language over our last goodbye, or while a person was being connected, cut the one or stood in the way
// of the other: the caller was greeted in it by an agent that had left.
it('[CD1][CS9] what is found when our part is over takes no word any more', async () => {
  await using house = await greeted({ settings: { maxLengthMs: 4_000, warnAtMs: 1_000_000 } })
  await house.pass(1_100)
  expect(house.phrases.at(-1)).toBe('too-long-goodbye')
  await house.callerSays(SPANISH, 100)
  await house.callerSays('We have been trying to reach you about your car and its extended warranty', 100)
  await house.pass(2_000)
  expect(house.phrases.at(-1)).toBe('too-long-goodbye')
  expect(house.of('agent.spoke').at(-1)).toMatchObject({ heardMs: 1_000 })
  house.engine.session.take()
})

it('[CS10] a recording that is refused while a person is being connected is gone all the same', async () => {
  await using house = await greeted()
  house.rescue = PERSON
  await house.callerSays('I want to talk to a person.')
  await house.callerSays('And do not record me.', 300)
  expect(house.phrases.at(-1)).toBe('connecting')
  expect(house.of('recording.deleted')).toHaveLength(1)
  house.engine.session.take()
})
