import { expect, it } from 'vitest'
import { EngineError } from '../../src/engines/engine.ts'
import type { CallHouse } from '../fakes/call-house.ts'
import { houseWithPipeline } from '../fakes/house-with-pipeline.ts'

const FIGURE = 'it is six point five percent today, and that is'

async function askedForARate(settings = {}): Promise<CallHouse> {
  const house = houseWithPipeline({ settings })
  await house.greeted()
  await house.callerSays('What is your rate?')
  house.engine.session.take()
  return house
}

// The last word of what may go on was never looked at when an engine did not say that its words were final.
it('[SG1] the last word is checked, too, when an engine only says that its audio is complete', async () => {
  await using house = await askedForARate()
  const { session } = house.engine
  session.answerStarts()
  session.speaks('u1', 'The rate today would be six', 2_000)
  expect(house.of('speech.barred')).toEqual([])
  session.emit({ type: 'agent.utterance-complete', utteranceId: 'u1' })
  expect(house.of('speech.barred')).toMatchObject([{ utteranceId: 'u1', rule: 'rate' }])
  session.take()
})

// Words of the model that came when the call was already being closed cut our goodbye, and nothing was said in its place.
it('[SG1][CS9] a figure that comes behind our goodbye does not silence it', async () => {
  await using house = await askedForARate({ maxLengthMs: 6_000, warnAtMs: 1_000_000 })
  const { session } = house.engine
  session.answerStarts()
  session.speaks('u1', 'Well,', 500)
  await house.pass(1_700)
  expect(house.phrases.at(-1)).toBe('too-long-goodbye')
  session.speaks('u1', `Well, ${FIGURE}`, 2_000)
  await house.pass(1_500)
  expect(house.of('agent.spoke').at(-1)).toMatchObject({ heardMs: 1_000 })
  session.take()
})

// The engine was told twice, the second time that nothing had been heard of what was half heard.
it('[SG1][TT8] the engine hears once how much of what was barred was heard', async () => {
  await using house = await askedForARate()
  const { session } = house.engine
  session.answerStarts()
  session.speaks('u1', 'Let me see.', 500)
  await house.pass(200)
  session.speaks('u1', `Let me see. ${FIGURE}`, 2_000)
  expect(session.take().filter((request) => 'interrupt' in request)).toEqual([
    { interrupt: [{ utteranceId: 'u1', heardMs: 200 }] },
  ])
})

it('[SG1] a figure split over two utterances, or over a false alarm, is barred', async () => {
  await using house = await askedForARate()
  const { session } = house.engine
  session.says('u1', 'For thirty years the rate would be', 1_000)
  session.says('u2', 'six point five.', 1_000)
  expect(house.of('speech.barred')).toMatchObject([{ utteranceId: 'u2' }])
  await house.pass(1_500)
  await house.callerSays('Say it again?')
  const answerId = session.answerStarts()
  session.speaks('u3', 'For thirty years the rate would be', 2_000)
  await house.pass(500)
  session.callerStarts()
  session.answerEnds(answerId, 'cancelled')
  session.callerWords(session.callerStops(), '')
  await house.pass(100)
  session.says('u4', 'six point five', 1_000)
  expect(house.of('speech.barred').at(-1)).toMatchObject({ utteranceId: 'u4' })
  session.take()
})

it('[SG1] a model that tries again and again, also after its session was lost, keeps nobody from going on', async () => {
  await using house = await askedForARate()
  house.engine.session.says('u1', FIGURE, 2_000)
  house.engine.next('accept')
  house.engine.session.take()
  house.engine.session.emit({ type: 'engine.lost', error: new EngineError('dropped', 'closed', 'gone') })
  await house.pass(1_500)
  for (const at of [2, 3, 4]) {
    await house.callerSays(`I see, thank you, and question ${at}?`)
    house.engine.session.says(`u${at}`, FIGURE, 2_000)
    await house.pass(1_500)
  }
  expect(house.phrases.filter((phrase) => phrase === 'no-rates')).toHaveLength(4)
  expect(house.of('loop.broken')).toEqual([])
  house.engine.session.take()
  await house.callerSays('Where is your office?')
  expect(house.engine.session.take().at(-1)).toEqual({ answer: undefined })
})
