import { expect, it } from 'vitest'
import { CALLER, CallHouse } from '../fakes/call-house.ts'

it('[CS13] a drained process writes nothing into the ledger that its successor goes on with', async () => {
  const old = new CallHouse({})
  const line = await old.greeted()
  const drained = old.switchboard.handOverAll({ to: 'resume' })
  // The carrier is told, asks where the call goes on, and closes the old stream a moment later.
  while (line.told.length === 0) await old.pass(20)
  await drained
  {
    await using house = new CallHouse({ store: old.store, clock: old.clock })
    const resumed = house.switchboard.resume(CALLER.carrierCallId)
    line.callerHangsUp()
    await resumed
    await old.pass(500)
    house.connect()
    await house.pass(500)
    const stored = old.store.facts(CALLER.carrierCallId)
    const kept = house.session.ledger.kept.map(({ seq, fact }) => ({ seq, fact }))
    expect(kept.map(({ seq }) => ({ seq, fact: stored[seq] }))).toEqual(kept)
    house.engine.session.take()
    await house.switchboard.carrierEnded(CALLER.carrierCallId)
  }
  old.engine.session.take()
  await old[Symbol.asyncDispose]()
})
