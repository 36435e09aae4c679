import { expect, it } from 'vitest'
import { EngineError } from '../../../src/engines/engine.ts'
import { createEndCall } from '../../../src/tools/end-call.ts'
import { CALLER, CallHouse, PERSON } from '../../fakes/call-house.ts'
import { settle } from '../../fakes/fake-clock.ts'
import { DANA, FakeOfficers, KIM, SAM } from '../../fakes/fake-officers.ts'

const WAIT_LIMIT_MS = 90_000
const refused = () => new EngineError('refused', 'invalid_api_key', 'no')

async function asksForPerson(officers: FakeOfficers) {
  const house = new CallHouse({ officerLines: officers, tools: [createEndCall()] })
  const line = await house.greeted()
  line.callerPresses('0')
  await settle()
  house.engine.session.take()
  return { house, line }
}

it('[TR1] connects a caller with an officer only after they pressed 1, and then leaves the call', async () => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await asksForPerson(officers)
  await using _house = house
  expect(house.phrases.at(-1)).toBe('reaching')
  expect(officers.tell({ type: 'picked up' })).toMatchObject({
    do: 'brief',
    words: expect.stringContaining('on the line'),
  })
  expect(line.told).toEqual([])
  const answer = officers.tell({ type: 'pressed', key: '1' })
  expect(answer).toMatchObject({ do: 'join' })
  await house.pass(4_000)
  expect(house.phrases.at(-1)).toBe('officer-here')
  expect(line.told).toMatchObject([{ to: 'conference', announced: 'Dana Lee, N M L S number 1 2 3 4 5 6' }])
  officers.tell({ type: 'caller joined' })
  await settle()
  expect(house.store.records[0]?.endReason).toBe('handed to a person')
  expect(officers.kept).toEqual(['began: the caller pressed 0', 'rang dana-lee', 'accepted', 'bridged dana-lee'])
  house.engine.session.take()
})

it.each([
  ['busy', { type: 'ended', how: 'busy' }, 'busy'],
  ['no answer', { type: 'ended', how: 'no answer' }, 'no answer'],
  ['a failed call', { type: 'ended', how: 'failed' }, 'failed'],
] as const)('[TR2] rings the next officer after %s', async (_what, event, outcome) => {
  const officers = new FakeOfficers([DANA, SAM])
  const { house } = await asksForPerson(officers)
  await using _house = house
  officers.tell(event)
  expect(officers.rung.map(({ candidate }) => candidate.officerId)).toEqual(['dana-lee', 'sam-ortiz'])
  expect(officers.kept).toContain(outcome)
  house.engine.session.take()
})

it('[TR2] rings the next officer when one declines, and when a mailbox presses nothing', async () => {
  const officers = new FakeOfficers([DANA, SAM, KIM])
  const { house } = await asksForPerson(officers)
  await using _house = house
  officers.tell({ type: 'picked up' })
  expect(officers.tell({ type: 'pressed', key: '2' })).toMatchObject({ do: 'hang up' })
  officers.tell({ type: 'picked up' })
  expect(officers.tell({ type: 'pressed', key: undefined })).toMatchObject({ do: 'hang up' })
  expect(officers.leg.candidate).toBe(KIM)
  expect(officers.kept.filter((kept) => kept === 'declined' || kept === 'voicemail')).toEqual(['declined', 'voicemail'])
  house.engine.session.take()
})

it('[TR2] gives up on a telephone the carrier says nothing of', async () => {
  const officers = new FakeOfficers([DANA, SAM])
  const { house } = await asksForPerson(officers)
  await using _house = house
  await house.pass(31_000)
  expect(officers.letGone).toHaveLength(1)
  expect(officers.leg.candidate).toBe(SAM)
  house.engine.session.take()
})

it('[TR3] the agent is back with the talk as it was when nobody takes the call, within 90 s', async () => {
  const officers = new FakeOfficers([DANA, SAM, KIM, { ...DANA, officerId: 'fourth' }])
  const { house, line } = await asksForPerson(officers)
  await using _house = house
  await house.pass(WAIT_LIMIT_MS + 1_000)
  expect(house.phrases.at(-1)).toBe('nobody-free')
  expect(line.told).toEqual([])
  expect(house.engine.session.take().at(-1)).toEqual({ answer: expect.stringContaining('No loan officer') })
  expect(officers.kept.at(-1)).toBe('ended: nobody free')
  // Whoever picks up now is not needed any more.
  expect(officers.tell({ type: 'picked up' })).toMatchObject({ do: 'hang up' })
  house.engine.session.take()
})

it('[TR4] a caller on hold hears from us at least every 20 s, and is not asked whether they are there', async () => {
  const officers = new FakeOfficers([DANA, SAM])
  const { house } = await asksForPerson(officers)
  await using _house = house
  await house.pass(24_000)
  officers.tell({ type: 'ended', how: 'busy' })
  await house.pass(20_000)
  expect(house.phrases.filter((phrase) => phrase === 'still-reaching')).toHaveLength(2)
  expect(house.phrases).not.toContain('are-you-there')
  house.engine.session.take()
})

it.each([
  ['ringing', () => undefined],
  ['listening to the brief', (officers: FakeOfficers) => officers.tell({ type: 'picked up' })],
  [
    'waiting for the caller',
    (officers: FakeOfficers) => {
      officers.tell({ type: 'picked up' })
      officers.tell({ type: 'pressed', key: '1' })
    },
  ],
] as const)('[TR5] lets an officer who is %s go at once when the caller hangs up', async (_what, bring) => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await asksForPerson(officers)
  await using _house = house
  bring(officers)
  line.callerHangsUp()
  await settle()
  expect(officers.letGone).toMatchObject([{ legId: officers.leg.legId, words: expect.stringContaining('hung up') }])
  expect(officers.kept.at(-1)).toBe('ended: caller left')
  expect(officers.tell({ type: 'picked up' })).toMatchObject({ do: 'hang up' })
  house.engine.session.take()
})

it('[TR6] a caller whose officer is gone before they meet comes back to the talk', async () => {
  const officers = new FakeOfficers([DANA])
  const { house, line } = await asksForPerson(officers)
  await using _house = house
  officers.tell({ type: 'picked up' })
  officers.tell({ type: 'pressed', key: '1' })
  await house.pass(4_000)
  expect(house.session.state.phase).toBe('joining')
  officers.tell({ type: 'ended', how: 'completed' })
  await settle()
  expect(line.told.at(-1)).toEqual({ to: 'resume' })
  const answer = await house.switchboard.resume(CALLER.carrierCallId)
  expect(answer).toMatchObject({ do: 'stream' })
  house.connect()
  await house.pass(1_500)
  expect(house.phrases.at(-1)).toBe('nobody-free')
  expect(house.engine.session.take().at(-1)).toEqual({ answer: expect.stringContaining('No loan officer') })
  house.engine.session.take()
})

it('[TR7] the same news twice changes nothing', async () => {
  const officers = new FakeOfficers([DANA, SAM])
  const { house } = await asksForPerson(officers)
  await using _house = house
  const first = officers.leg
  officers.tell({ type: 'ended', how: 'busy' }, first)
  officers.tell({ type: 'ended', how: 'busy' }, first)
  expect(officers.rung).toHaveLength(2)
  officers.tell({ type: 'picked up' })
  const joined = officers.tell({ type: 'pressed', key: '1' })
  expect(officers.tell({ type: 'pressed', key: '1' })).toEqual(joined)
  expect(officers.tell({ type: 'picked up' })).toEqual(joined)
  await house.pass(4_000)
  expect(house.line.told).toHaveLength(1)
  officers.tell({ type: 'caller joined' })
  house.engine.session.take()
})

it('[TR8] without an officer the office is connected, or the agent stays', async () => {
  const officers = new FakeOfficers([])
  const house = new CallHouse({ officerLines: officers })
  await using _house = house
  house.rescue = PERSON
  const line = await house.greeted()
  line.callerPresses('0')
  await house.pass(3_000)
  expect(line.told).toEqual([PERSON])
  house.engine.session.take()
})

it('[TR9] a call that lost its voice keeps the caller with phrases, and leaves a message when nobody is free', async () => {
  const officers = new FakeOfficers([DANA])
  const house = new CallHouse({ officerLines: officers })
  await using _house = house
  const line = await house.greeted()
  house.engine.session.emit({ type: 'engine.lost', error: refused() })
  await house.pass(100)
  expect(house.phrases.at(-1)).toBe('get-someone')
  officers.tell({ type: 'ended', how: 'no answer' })
  await house.pass(3_000)
  expect(line.told).toEqual([{ to: 'message' }])
  house.engine.session.take()
})

it('[TR10] whoever takes a call up lets the telephones go that rang for it, and rings the next officer', async () => {
  const before = await asksForPerson(new FakeOfficers([DANA, SAM]))
  await before.house.pass(1_000)
  // Its process is gone; what it stored is there.
  const { store } = before.house
  const officers = new FakeOfficers([DANA, SAM])
  {
    await using house = new CallHouse({ officerLines: officers, store })
    await house.switchboard.resume(CALLER.carrierCallId)
    await house.pass(200)
    expect(officers.letGoneOf).toEqual([])
    house.connect()
    await house.pass(200)
    expect(officers.letGoneOf).toHaveLength(1)
    expect(officers.kept).toEqual(['began: the caller pressed 0', `rang ${SAM.officerId}`])
    house.engine.session.take()
    await house.switchboard.carrierEnded(CALLER.carrierCallId)
  }
  before.house.engine.session.take()
  await before.house[Symbol.asyncDispose]()
})
