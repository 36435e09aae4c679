import { expect, it } from 'vitest'
import { EngineError } from '../../../src/engines/engine.ts'
import type { StageFactory } from '../../../src/pipeline/stage.ts'
import { CALLER, CallHouse, type HouseOptions } from '../../fakes/call-house.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { DANA, FakeOfficers, SAM } from '../../fakes/fake-officers.ts'

/** A caller who has asked for a person; the first telephone rings unless `officers` are slow to be found. */
async function ringing(officers: FakeOfficers, options: HouseOptions = {}) {
  const house = new CallHouse({ officerLines: officers, ...options })
  const line = await house.greeted()
  line.callerPresses('0')
  await settle()
  takeAll(house)
  return { house, line }
}

function takeAll(house: CallHouse) {
  return house.engine.sessions.flatMap((session) => session.take())
}

const speaksSpanish: StageFactory = () => ({
  name: 'speaks Spanish',
  hear: ({ by }) => (by === 'caller' ? [{ type: 'language changed', language: 'es', because: 'spoken' }] : []),
})

it('[TR4] a caller who hammers the key for a person hears once that telephones ring', async () => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await ringing(officers)
  await using _house = house
  for (let press = 0; press < 1_000; press += 1) line.callerPresses('0')
  await house.pass(4_000)
  expect(house.phrases.filter((phrase) => phrase === 'still-reaching')).toEqual([])
  await house.pass(2_000)
  line.callerPresses('0')
  line.callerPresses('0')
  expect(house.phrases.filter((phrase) => phrase === 'still-reaching')).toHaveLength(1)
  expect(officers.rung).toHaveLength(1)
  takeAll(house)
})

it('[TR4] a caller who presses the key for a person while they hear that telephones ring hears it once', async () => {
  const { house, line } = await ringing(new FakeOfficers([DANA]))
  await using _house = house
  const told = () => house.phrases.filter((phrase) => phrase === 'still-reaching').length
  for (let waitedMs = 0; told() === 0 && waitedMs < 25_000; waitedMs += 100) await house.pass(100)
  expect(told()).toBe(1)
  line.callerPresses('0')
  expect(told()).toBe(1)
  takeAll(house)
})

it.each(['is drained', 'shuts down'] as const)(
  '[TR10] a process that %s while telephones ring leaves the wish to whoever takes the call up',
  async (how) => {
    const before = await ringing(new FakeOfficers([DANA, SAM]))
    if (how === 'is drained') {
      const drained = before.house.switchboard.handOverAll({ to: 'resume' })
      await before.house.pass(3_000)
      await drained
    }
    await before.house.switchboard.closeAll('shut down')
    const officers = new FakeOfficers([DANA, SAM])
    await using house = new CallHouse({ officerLines: officers, store: before.house.store })
    await house.switchboard.resume(CALLER.carrierCallId)
    await house.pass(200)
    house.connect()
    await house.pass(500)
    expect(officers.kept.slice(0, 2)).toEqual(['began: the caller pressed 0', 'rang sam-ortiz'])
    takeAll(house)
    await house.switchboard.carrierEnded(CALLER.carrierCallId)
    takeAll(before.house)
    await before.house[Symbol.asyncDispose]()
  },
)

it('[TR11] a process that shuts down while the two meet lets nobody go who may talk already', async () => {
  const officers = new FakeOfficers([DANA])
  const { house } = await ringing(officers)
  await using _house = house
  officers.tell({ type: 'picked up' })
  officers.tell({ type: 'pressed', key: '1' })
  await house.pass(4_000)
  expect(house.session.state.phase).toBe('joining')
  await house.switchboard.closeAll('shut down')
  expect(officers.letGone).toEqual([])
  takeAll(house)
})

it('[HT2] an engine session that begins on hold knows that telephones ring', async () => {
  const { house } = await ringing(new FakeOfficers([DANA]))
  await using _house = house
  house.engine.next('accept')
  house.engine.session.emit({ type: 'engine.lost', error: new EngineError('dropped', 'closed', 'gone') })
  await house.pass(500)
  const notes = house.engine.briefings.at(-1)!.history.filter(({ role }) => role === 'note')
  expect(notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('ringing a loan officer'))
  takeAll(house)
})

it('[TR1] rings for a caller whose line dropped while officers were chosen, when they are back', async () => {
  const officers = new FakeOfficers([DANA])
  const chosen = Promise.withResolvers<void>()
  const candidates = officers.candidates.bind(officers)
  officers.candidates = async (need) => {
    await chosen.promise
    return candidates(need)
  }
  const { house, line } = await ringing(officers)
  await using _house = house
  line.drops()
  chosen.resolve()
  await house.pass(1_000)
  expect(officers.rung).toEqual([])
  house.connect()
  await house.pass(3_000)
  expect(officers.rung).toHaveLength(1)
  takeAll(house)
})

it('[TR1] tells the next officer what was learned while the one before was rung', async () => {
  const officers = new FakeOfficers([DANA, SAM])
  const { house } = await ringing(officers, { stages: [speaksSpanish] })
  await using _house = house
  await house.pass(1_500)
  await house.callerSays('Quisiera refinanciar.')
  officers.tell({ type: 'ended', how: 'busy' })
  expect(officers.tell({ type: 'picked up' })).toMatchObject({ words: expect.stringContaining('They speak Spanish.') })
  takeAll(house)
})
