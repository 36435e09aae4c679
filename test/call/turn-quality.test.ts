import { expect, it } from 'vitest'
import { createPersonRequest } from '../../src/pipeline/person-request/person-request.ts'
import { CallHouse } from '../fakes/call-house.ts'
import type { FakeLine } from '../fakes/fake-line.ts'

const FIXED = 'A fixed rate stays the same for the whole life of the loan'

/** The caller asked something, and 2 of the 4 s of the answer were heard. */
async function inMidAnswer(house: CallHouse, text = FIXED): Promise<FakeLine> {
  const line = await house.greeted()
  await house.callerSays('Tell me')
  house.engine.session.says('a1', text, 4_000)
  await house.pass(2_000)
  house.engine.session.take()
  return line
}

/** They make a short sound. Gives its turn. */
async function sound(house: CallHouse, ms = 300): Promise<string> {
  house.engine.session.callerStarts()
  await house.pass(ms)
  return house.engine.session.callerStops()
}

it('[TT10] our own words that come back are no turn: the sentence goes on, and nobody acts on them', async () => {
  await using house = new CallHouse({ stages: [createPersonRequest] })
  const line = await inMidAnswer(house, 'If you like, say connect me to a person any time, and I will do that')
  const { session } = house.engine
  session.callerWords(await sound(house), 'connect me to a person')
  expect(line.unheardMs()).toBe(2_000)
  expect(house.of('echo.ignored')).toHaveLength(1)
  expect(house.of('caller.said').map(({ text }) => text)).toEqual(['Tell me'])
  expect(house.of('finding.made')).toEqual([])
  expect(session.take()).not.toContainEqual({ answer: undefined })
  expect(line.told).toEqual([])
})

it('[TT10] the same words are a turn when we were silent', async () => {
  await using house = new CallHouse()
  await inMidAnswer(house, 'You find us at twelve Lantern Street')
  await house.pass(2_500)
  await house.callerSays('Twelve Lantern Street?', 600)
  expect(house.of('echo.ignored')).toEqual([])
  expect(house.engine.session.take()).toEqual([{ answer: undefined }])
})

it('[TT10] an echo of the opening is not answered', async () => {
  await using house = new CallHouse()
  await house.answer()
  await house.pass(1_500)
  const { session } = house.engine
  session.callerWords(await sound(house), 'Phrase opening')
  await house.pass(2_000)
  expect(session.take()).toMatchObject([{ tell: { role: 'note' } }])
})

it('[TT11] "mhm" over us stops us for as long as it takes to understand it, and is not answered', async () => {
  await using house = new CallHouse()
  const line = await inMidAnswer(house)
  const { session } = house.engine
  const turnId = await sound(house)
  expect(line.unheardMs()).toBe(0)
  session.take()
  session.callerWords(turnId, 'Mm-hmm.')
  expect(line.unheardMs()).toBe(2_000)
  expect(session.take()).toEqual([{ tell: { role: 'agent', text: expect.stringContaining('loan') } }])
  expect(house.of('caller.said').at(-1)?.text).toBe('Mm-hmm.')
})

it('[TT11] partial words are enough, and what follows them is answered after all', async () => {
  await using house = new CallHouse()
  const line = await inMidAnswer(house)
  const { session } = house.engine
  session.callerStarts()
  await house.pass(200)
  session.callerWords('turn-2', 'okay', false)
  await house.pass(400)
  expect(line.unheardMs()).toBeGreaterThan(1_500)
  session.callerWords('turn-2', 'okay but how much', false)
  expect(line.unheardMs()).toBe(0)
  session.take()
  await house.pass(500)
  session.callerWords(session.callerStops(), 'Okay, but how much is it?')
  expect(session.take().filter((request) => 'answer' in request)).toEqual([{ answer: undefined }])
})

it('[TT11] "yeah" to a question of ours is answered, before we have gone on and afterwards', async () => {
  await using house = new CallHouse()
  await inMidAnswer(house, 'Shall I pass it on to the office? They will call you tomorrow morning')
  const { session } = house.engine
  const turnId = await sound(house)
  session.take()
  session.callerWords(turnId, 'Yeah')
  expect(session.take()).toEqual([{ answer: undefined }])
})

it('[TT11] a long "yeah, okay" that was answered for its length has the sentence go on', async () => {
  await using house = new CallHouse()
  const line = await inMidAnswer(house)
  const { session } = house.engine
  const turnId = await sound(house, 1_300)
  expect(session.take()).toContainEqual({ answer: undefined })
  await house.pass(200)
  session.callerWords(turnId, 'Yeah, yeah, okay.')
  expect(line.unheardMs()).toBe(2_000)
  expect(session.take()).toMatchObject([{ interrupt: [] }, { tell: { role: 'agent' } }])
})

it('[TT11] "okay" into our goodbye lets the call end', async () => {
  await using house = new CallHouse()
  const line = await inMidAnswer(house, 'Thank you for calling us today, we wish you a good evening. Goodbye')
  house.session.end('agent ended')
  house.engine.session.callerWords(await sound(house), 'Okay')
  await house.pass(5_000)
  expect(line.told).toEqual(['hang up'])
  house.engine.session.take()
})

async function askedForNumber(house: CallHouse): Promise<void> {
  await house.greeted()
  await house.callerSays('Please call me back')
  house.engine.session.says('a1', 'Gladly. What is the best phone number to reach you?', 1_000)
  await house.pass(1_500)
  house.engine.session.take()
}

it('[TT12] a number that is given in pieces is answered once, when it is whole', async () => {
  await using house = new CallHouse()
  await askedForNumber(house)
  const { session } = house.engine
  await house.callerSays('nine one seven', 800)
  await house.pass(600)
  await house.callerSays('five five five', 800)
  await house.pass(1_000)
  expect(session.take()).toEqual([])
  await house.callerSays('oh one two three', 800)
  expect(session.take()).toEqual([{ answer: undefined }])
})

it('[TT12] a number that is not gone on with is answered after the pause, without a filler first', async () => {
  await using house = new CallHouse()
  await askedForNumber(house)
  const { session } = house.engine
  await house.callerSays('nine one seven', 800)
  await house.pass(1_100)
  expect(session.take()).toEqual([])
  await house.pass(200)
  expect(session.take()).toEqual([{ answer: undefined }])
  expect(house.phrases).toEqual(['opening'])
})

it('[TT12] another answer than a number is answered as soon as its words are known', async () => {
  await using house = new CallHouse()
  await askedForNumber(house)
  await house.callerSays('Why do you need it?', 800)
  expect(house.engine.session.take()).toEqual([{ answer: undefined }])
})

it('[TT12] words that are known before the caller stops decide at once', async () => {
  await using house = new CallHouse()
  await askedForNumber(house)
  const { session } = house.engine
  const says = async (turnId: string, text: string) => {
    session.callerStarts()
    await house.pass(800)
    session.callerWords(turnId, text)
    expect(session.callerStops()).toBe(turnId)
  }
  await says('turn-2', 'nine one seven five five')
  await house.pass(600)
  expect(session.take()).toEqual([])
  await says('turn-3', 'five oh one two three')
  expect(session.take()).toEqual([{ answer: undefined }])
})

it('[TT12] an engine that answers unasked is not made to wait', async () => {
  await using house = new CallHouse()
  house.engine.capabilities = { ...house.engine.capabilities, holdsSpeech: false }
  await askedForNumber(house)
  await house.callerSays('nine one seven', 800)
  expect(house.engine.session.take()).toEqual([{ answer: undefined }])
})

it('[TT12] a number nobody asked for: going on calls the answer off that had begun, and one answers both parts', async () => {
  await using house = new CallHouse()
  await house.greeted()
  const { session } = house.engine
  await house.callerSays('My loan is four four one', 800)
  session.answerStarts()
  await house.pass(300)
  session.callerStarts()
  await house.pass(600)
  const turnId = session.callerStops()
  expect(session.take()).toEqual([{ answer: undefined }, { interrupt: [] }])
  session.callerWords(turnId, 'oh nine two seven')
  await house.pass(1_300)
  expect(session.take()).toEqual([{ answer: undefined }])
  expect(house.of('caller.said').map(({ text }) => text)).toEqual(['My loan is four four one', 'oh nine two seven'])
})

function makeUnstoppable({ engine }: CallHouse): void {
  engine.capabilities = { ...engine.capabilities, cancels: false, truncates: false, holdsSpeech: false }
}

/** It is speaking and nothing stops it: 2 of 3 s were heard, and more is being made. */
async function unstoppable(house: CallHouse) {
  makeUnstoppable(house)
  const line = await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  const answerId = session.answerStarts()
  session.speaks('a1', 'one two three four five six seven eight', 3_000)
  await house.pass(2_000)
  session.callerStarts()
  await house.pass(300)
  return { line, session, answerId, turnId: session.callerStops() }
}

it('[TT13] of an engine that cannot be stopped, what it says meanwhile follows the rest of what was cut', async () => {
  await using house = new CallHouse()
  const { line, session, answerId, turnId } = await unstoppable(house)
  session.speaks('a1', 'one two three four five six seven eight nine ten', 1_000)
  expect(line.unheardMs()).toBe(0)
  session.callerWords(turnId, '')
  expect(line.unheardMs()).toBe(2_000)
  session.speaks('a1', 'one two three four five six seven eight nine ten eleven', 500)
  session.emit({ type: 'agent.utterance-complete', utteranceId: 'a1' })
  session.answerEnds(answerId, 'spoke')
  expect(line.unheardMs()).toBe(2_500)
  await house.pass(2_600)
  expect(
    house
      .of('agent.spoke')
      .slice(-2)
      .map(({ heardText }) => heardText),
  ).toEqual(['one two three four five', 'six seven eight nine ten eleven'])
  await house.pass(5_000)
  // It went on by itself: nothing was asked of it, and nobody took it for stuck.
  expect(session.take().filter((request) => 'answer' in request)).toEqual([{ answer: undefined }])
  expect(house.phrases).toEqual(['opening'])
})

it('[TT13] what it goes on to say after a turn of the caller is not heard, and its new answer is', async () => {
  await using house = new CallHouse()
  const { line, session, turnId } = await unstoppable(house)
  session.speaks('a1', 'one two three four five six seven eight nine ten', 1_000)
  session.answerStarts()
  session.speaks('a2', 'Of course.', 700)
  session.callerWords(turnId, 'Stop it')
  expect(line.unheardMs()).toBe(700)
  session.speaks('a1', 'and so on', 1_000)
  expect(line.unheardMs()).toBe(700)
  expect(session.take()).toContainEqual({
    tell: { role: 'note', text: expect.stringContaining('did not hear: "six') },
  })
})

it('[TT13] an answer of its own to a noise is not heard, begun or to come; the sentence goes on', async () => {
  await using house = new CallHouse()
  const { line, session, answerId, turnId } = await unstoppable(house)
  session.emit({ type: 'agent.utterance-complete', utteranceId: 'a1' })
  session.answerEnds(answerId, 'cancelled')
  session.says('a2', 'Sorry, what was that?', 700)
  session.take()
  session.callerWords(turnId, '')
  expect(line.unheardMs()).toBe(1_000)
  expect(session.take()).toContainEqual({ interrupt: [{ utteranceId: 'a2', heardMs: 0 }] })
  await house.pass(3_000)
  expect(house.heardOf('a2')).toBeUndefined()
  session.take()
})

it('[TT13] the answer that was on its way when they made a noise is heard', async () => {
  await using house = new CallHouse()
  makeUnstoppable(house)
  const line = await house.greeted()
  await house.callerSays('Tell me')
  const { session } = house.engine
  session.callerStarts()
  await house.pass(300)
  const turnId = session.callerStops()
  session.says('a1', 'It is this way.', 700)
  session.callerWords(turnId, '')
  expect(line.unheardMs()).toBe(700)
  session.take()
})

it('[CS4] an engine that answers by itself says no second goodbye, and is heard again when the caller speaks up', async () => {
  await using house = new CallHouse()
  makeUnstoppable(house)
  const line = await house.greeted()
  await house.callerSays('Bye')
  const { session } = house.engine
  session.asksFor({ requestId: 'r1', name: 'end_call' })
  await house.pass(100)
  session.answerStarts()
  expect(session.take().slice(-1)).toEqual([{ interrupt: [] }])
  session.callerStarts()
  await house.pass(400)
  session.callerWords(session.callerStops(), 'One more thing')
  session.says('a2', 'Yes?', 500)
  expect(line.unheardMs()).toBe(500)
  session.take()
})
