import { expect, it } from 'vitest'
import type { StageFactory } from '../../../src/pipeline/stage.ts'
import { busyLoop } from '../../fakes/busy-loop.ts'
import type { CallHouse, HouseOptions } from '../../fakes/call-house.ts'
import { DANA, FakeOfficers } from '../../fakes/fake-officers.ts'
import { PlacedHouse } from '../../fakes/placed-house.ts'

/** Somebody has picked up a call of ours. */
async function pickedUp(options: HouseOptions) {
  const house = new PlacedHouse(options)
  return { house, line: await house.pickedUp() }
}

function takeAll(house: CallHouse): void {
  for (const session of house.engine.sessions) session.take()
}

it('[OC1] hears who is calling although they ask for a person before that', async () => {
  const { house, line } = await pickedUp({ officerLines: new FakeOfficers([DANA]) })
  await using _house = house
  line.callerPresses('0')
  await house.quiet(line, 6_000)
  expect(house.phrases[0]).toBe('calling-reminder')
  takeAll(house)
})

it('[OC1] what was said before the first words leads nowhere, however busy the loop was', async () => {
  const hearsOnly: StageFactory = () => ({ name: 'hears only', hear: () => [] })
  const findsWish: StageFactory = () => ({
    name: 'finds a wish',
    hear: ({ by }) => (by === 'caller' ? [{ type: 'person requested' }] : []),
  })
  const officers = new FakeOfficers([DANA])
  const stages = [...Array.from({ length: 30 }, () => hearsOnly), findsWish]
  const { house, line } = await pickedUp({ officerLines: officers, stages, listeningShare: busyLoop() })
  await using _house = house
  const { session } = house.engine
  session.callerStarts()
  session.callerWords(session.callerStops(), 'Give me a person.')
  await house.quiet(line, 5_000)
  expect(house.phrases[0]).toBe('calling-reminder')
  expect(officers.rung).toEqual([])
  takeAll(house)
})

it.each([
  ['the key for a person after it', '90'],
  ['both keys hammered', '09'.repeat(500)],
])('[OC3] stops our calls once, and rings for nobody, with %s', async (_what, keys) => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await pickedUp({ officerLines: officers })
  await using _house = house
  await house.quiet(line, 6_000)
  for (const key of keys) line.callerPresses(key)
  await house.quiet(line, 6_000)
  expect(house.optedOut.map(({ source }) => source)).toEqual(['key'])
  expect(officers.rung).toEqual([])
  expect(line.told).toEqual(['hang up'])
  takeAll(house)
})

it('[OC3] stops our calls while a telephone rings for them, although the officer then takes the call', async () => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await pickedUp({ officerLines: officers })
  await using _house = house
  await house.quiet(line, 6_000)
  line.callerPresses('0')
  await house.pass(500)
  line.callerPresses('9')
  await house.pass(300)
  officers.tell({ type: 'picked up' })
  officers.tell({ type: 'pressed', key: '1' })
  await house.quiet(line, 6_000)
  expect(house.optedOut.map(({ source }) => source)).toEqual(['key'])
  expect(house.phrases.at(-1)).toBe('opted-out')
  expect(line.told).toEqual(['hang up'])
  expect(house.store.records).toMatchObject([{ endReason: 'opted out' }])
  takeAll(house)
})
