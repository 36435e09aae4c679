import { expect, it } from 'vitest'
import { CALLER, CallHouse } from '../../fakes/call-house.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { DANA, FakeOfficers } from '../../fakes/fake-officers.ts'

const NOT_LONG = { isLong: false }

async function accepted(officers: FakeOfficers) {
  const house = new CallHouse({ officerLines: officers })
  const line = await house.greeted()
  line.callerPresses('0')
  await settle()
  house.engine.session.take()
  officers.tell({ type: 'picked up' })
  officers.tell({ type: 'pressed', key: '1' })
  return { house, line }
}

/** The news of the officer's end was lost: the record was closed, and the caller sat in an empty room until they hung up. */
it('[TR11] a caller who finds nobody comes back, though no news of the officer came', async () => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await accepted(officers)
  await using _house = house
  await house.pass(4_000)
  expect(house.session.state.phase).toBe('joining')
  officers.tell({ type: 'caller alone' })
  await settle()
  expect(line.told.at(-1)).toEqual({ to: 'resume' })
  expect(officers.kept).toContain('lost')
  house.connect()
  await house.pass(1_500)
  expect(house.phrases).toContain('nobody-free')
  house.engine.session.take()
})

/** Callbacks that were lost, or held back, ended a talk after half a minute: "The caller has hung up. Goodbye." */
it.each([true, undefined])('[TR11] a talk of which no news came goes on (the carrier says %s)', async (together) => {
  const officers = new FakeOfficers([DANA])
  officers.together = together
  const { house } = await accepted(officers)
  await using _house = house
  await house.pass(40_000)
  expect(officers.letGone).toEqual([])
  expect(officers.kept.at(-1)).toBe('bridged dana-lee')
  expect(house.store.records.map(({ endReason }) => endReason)).toEqual(['handed to a person'])
  house.engine.session.take()
})

it('[TR11] a caller who never got to the officer is back within half a minute without any news', async () => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await accepted(officers)
  await using _house = house
  await house.pass(21_000)
  expect(line.told.at(-1)).toEqual({ to: 'resume' })
  expect(officers.letGone).toHaveLength(1)
  house.engine.session.take()
})

/** A stream that we close ourselves reports no end: the call waited for one, and never told the carrier to bring them back. */
it('[TR11] whose officer leaves while REST is down is astray until the carrier can be told', async () => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await accepted(officers)
  await using _house = house
  line.restFails = true
  await house.pass(4_000)
  expect(await house.switchboard.resume(CALLER.carrierCallId)).toMatchObject({ do: 'join a conference' })
  expect(await house.switchboard.leftAlone(CALLER.carrierCallId, NOT_LONG)).toBe(false)
  officers.tell({ type: 'ended', how: 'completed' })
  await settle()
  expect(await house.switchboard.leftAlone(CALLER.carrierCallId, NOT_LONG)).toBe(true)
  expect(await house.switchboard.resume(CALLER.carrierCallId)).toMatchObject({ do: 'stream' })
  house.connect()
  expect(await house.switchboard.leftAlone(CALLER.carrierCallId, NOT_LONG)).toBe(false)
  await house.pass(1_500)
  expect(house.phrases).toContain('nobody-free')
  house.errors.length = 0
  house.engine.session.take()
})

/** Accepted while the line was away, gone before it was back: the caller was sent to them all the same. */
it('[TR11] a line that comes back after the officer has left is not sent to them', async () => {
  const officers = new FakeOfficers([DANA])
  const house = new CallHouse({ officerLines: officers })
  await using _house = house
  const line = await house.greeted()
  line.callerPresses('0')
  await settle()
  line.drops()
  officers.tell({ type: 'picked up' })
  officers.tell({ type: 'pressed', key: '1' })
  officers.tell({ type: 'ended', how: 'completed' })
  const back = house.connect()
  await house.pass(4_000)
  expect(back.told).toEqual([])
  expect(house.phrases).toContain('nobody-free')
  house.engine.session.take()
})

it('[TR11] a caller whose process died on the way to an officer who has left is taken up by another', async () => {
  const officers = new FakeOfficers([DANA])
  const before = await accepted(officers)
  await before.house.pass(4_000)
  // Its process is gone; what it stored is there.
  const { store } = before.house
  {
    await using house = new CallHouse({ officerLines: new FakeOfficers([]), store })
    const { carrierCallId } = CALLER
    const joins = { do: 'join a conference', announced: expect.stringContaining('Dana Lee, N M L S') }
    expect(await house.switchboard.resume(carrierCallId)).toMatchObject(joins)
    expect(await house.switchboard.leftAlone(carrierCallId, NOT_LONG)).toBe(false)
    expect(await house.switchboard.leftAlone(carrierCallId, { isLong: true })).toBe(true)
    expect(await house.switchboard.resume(carrierCallId)).toMatchObject({ do: 'stream' })
    house.connect()
    await house.pass(3_000)
    expect(house.session.state.phase).toBe('live')
    house.engine.session.take()
    await house.switchboard.carrierEnded(carrierCallId)
  }
  before.house.engine.session.take()
  await before.house[Symbol.asyncDispose]()
})
