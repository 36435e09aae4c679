import { expect, it } from 'vitest'
import { PersonWatch } from '../../src/call/person-watch.ts'
import { type CallHouse, PERSON } from '../fakes/call-house.ts'
import { houseWithPipeline } from '../fakes/house-with-pipeline.ts'

const PITCH = 'We have been trying to reach you about your car and its extended warranty'

async function suspected(): Promise<CallHouse> {
  const house = houseWithPipeline()
  await house.greeted()
  await house.callerSays(PITCH)
  await house.pass(1_500)
  expect(house.phrases.at(-1)).toBe('prove-person')
  house.engine.session.take()
  return house
}

// A person who was taken for a robocall and pressed a key, as they were asked to, heard nothing more: the answer to what
// they had said was called off when they were suspected, and a key alone asked for no other.
it('[CD4] a person who presses the key is answered what they said before', async () => {
  await using house = await suspected()
  house.line.callerPresses('1')
  expect(house.engine.session.take()).toContainEqual({ answer: undefined })
})

// "To speak with a live representative, press one now" is how robocalls go on. It counted as a request for a person, and
// the office's own people got the call.
it('[CD4] a suspected robocall that offers a representative is not connected to one', async () => {
  await using house = await suspected()
  house.rescue = PERSON
  await house.callerSays('to speak with a live representative press one now')
  await house.pass(2_000)
  expect(house.of('call.handed-over')).toEqual([])
  house.engine.session.take()
})

it('[CD4][CS11] a person who was taken for one gets a person with the words that show it, and by key 0', async () => {
  for (const ask of [
    (house: CallHouse) => house.callerSays('Yes, I am a person, let me talk to somebody please.'),
    async (house: CallHouse) => house.line.callerPresses('0'),
  ]) {
    await using house = await suspected()
    house.rescue = PERSON
    await ask(house)
    await house.pass(200)
    expect(house.of('call.handed-over')).toMatchObject([{ to: 'person' }])
    house.engine.session.take()
  }
})

// The suspicion lived in the process only, while the stage knew from the ledger that it had spoken: whoever took the call
// up paid for all the answers a robocall could want.
it('[CD4][CS7] who was suspected still is when the call is taken up, unless a person had shown', async () => {
  for (const showed of [false, true]) {
    await using house = await suspected()
    if (showed) house.line.callerPresses('1')
    await house.pass(200)
    house.engine.session.take()
    await house.switchboard.closeAll('shut down')
    await using next = houseWithPipeline({ clock: house.clock, store: house.store })
    await next.switchboard.resume('CA1')
    next.connect()
    await next.pass(2_500)
    expect(next.phrases.includes('prove-person')).toBe(!showed)
    const asked = next.engine.session.take().some((request) => 'answer' in request)
    expect(asked).toBe(showed)
  }
})

// The 12 s began when the question was put in the line's queue. Behind a long opening they had passed, or nearly, by the
// time a caller could have answered.
it('[CD4] the time to answer begins when the question was heard', async () => {
  await using house = houseWithPipeline()
  await house.answer()
  await house.callerSays(PITCH, 100)
  await house.pass(200)
  const heardAtMs = house.clock.monotonicMs() + house.line.unheardMs()
  house.engine.session.take()
  await house.pass(heardAtMs - house.clock.monotonicMs() + 11_800)
  expect(house.of('call.handed-over')).toEqual([])
  await house.pass(500)
  expect(house.of('call.handed-over')).toMatchObject([{ to: 'message' }])
  house.engine.session.take()
})

// An engine that answers by itself went on talking to the robocall it was not asked to answer.
it('[CD4] what an engine says unasked to a suspected robocall is not heard', async () => {
  await using house = await suspected()
  house.engine.capabilities = { ...house.engine.capabilities, cancels: false, holdsSpeech: false }
  const { session } = house.engine
  session.answerStarts()
  session.speaks('u1', 'We have no car.', 2_000)
  await house.pass(500)
  house.line.callerPresses('1')
  session.speaks('u1', 'We have no car. Goodbye.', 2_000)
  await house.pass(500)
  expect(house.line.heard.has('u1')).toBe(false)
  session.take()
})

// Somebody who was asked whether they are there, since they sounded like a recording, and was then suspected of being a
// robocall, was hung up on when the time for the first question was over.
it('[CD4] whoever was asked something else before has to be asked, and is not let go, once suspected', () => {
  const person = new PersonWatch({ nobodySpeaksMs: 60_000, soundsRecorded: () => true })
  const now = { audible: false, callerHasFloor: false, sound: undefined }
  for (let heard = 0; heard < 3; heard++) person.words('Please hold.', 0)
  expect(person.tick(100, now)).toEqual({ do: 'ask', because: 'announcement' })
  person.robocallSuspected()
  expect(person.tick(200, now)).toEqual({ do: 'ask', because: 'robocall' })
  expect(person.tick(300, now)).toBeUndefined()
  expect(person.tick(12_300, now)).toEqual({ do: 'leave', because: 'robocall' })
})
