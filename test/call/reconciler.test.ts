import { expect, it } from 'vitest'
import type { CallFact } from '../../src/call/facts.ts'
import { reconcile } from '../../src/call/reconciler.ts'
import { CallHouse } from '../fakes/call-house.ts'

const DAY_MS = 24 * 3_600_000

it('reads the ledger only of a call that the carrier says is over', async () => {
  // Every round loaded and parsed every fact of every unfinished call, those just talking included: with long calls
  // that held up the audio of all of them for a second.
  await using house = new CallHouse()
  house.engine.script()
  leave(house, 'CA-live', -DAY_MS, [])
  leave(house, 'CA-goes-on', -DAY_MS, [])
  leave(house, 'CA-over', -DAY_MS, [])
  leave(house, 'CA-young', 0, [])
  await look(house, (carrierCallId) => carrierCallId !== 'CA-goes-on')
  expect(house.store.found).toEqual(['CA-over'])
  expect(house.store.records.map(({ callId }) => callId)).toEqual(['call CA-over'])
})

it.each([
  ['person', 'handed to a person'],
  ['message', 'message left'],
  ['resume', 'interrupted'],
] as const)('a call abandoned on its way to a %s ended as: %s', async (to, endReason) => {
  // The process was killed while a caller was put through, and the record said that they were interrupted.
  await using house = new CallHouse()
  house.engine.script()
  leave(house, 'CA1', -DAY_MS, [
    { type: 'line.opened', streamId: 'MZ1' },
    { type: 'call.handed-over', to, because: 'test' },
  ])
  await look(house, () => true)
  expect(house.store.records).toMatchObject([{ endReason }])
})

it('a call that came back from a hand-over was interrupted', async () => {
  await using house = new CallHouse()
  house.engine.script()
  leave(house, 'CA1', -DAY_MS, [
    { type: 'call.handed-over', to: 'person', because: 'test' },
    { type: 'line.opened', streamId: 'MZ2' },
  ])
  await look(house, () => true)
  expect(house.store.records).toMatchObject([{ endReason: 'interrupted' }])
})

function look(house: CallHouse, isOver: (carrierCallId: string) => boolean): Promise<void> {
  const isLive = (carrierCallId: string) => carrierCallId === 'CA-live'
  return reconcile({ ...house.services, isLive, isOver: async (carrierCallId) => isOver(carrierCallId) })
}

function leave(house: CallHouse, carrierCallId: string, sinceMs: number, facts: readonly CallFact[]): void {
  const startedAt = house.clock.now() + sinceMs
  const answeredBy = { from: undefined, to: '+12025550100', agent: 'receptionist', engine: 'test' }
  house.store.leave(
    { callId: `call ${carrierCallId}`, carrierCallId, startedAt, ...answeredBy },
    facts.map((fact, seq) => ({ seq, atMs: seq * 1_000, fact })),
  )
}
