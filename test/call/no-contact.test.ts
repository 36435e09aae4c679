import { describe, expect, it } from 'vitest'
import type { OptOutWish } from '../../src/call/no-contact.ts'
import { CALLER, CallHouse } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

/** What was saved; saving takes as long as `saved`, or fails. */
function houseThat(saved: () => Promise<void> = async () => undefined) {
  const optedOut: OptOutWish[] = []
  const house = new CallHouse({
    contacts: {
      asksForNone: (words) => words === 'Stop calling me.',
      async optOut(wish) {
        await saved()
        optedOut.push(wish)
      },
    },
  })
  return { house, optedOut }
}

describe('a caller who wants to be left alone', () => {
  it('[CS15] is off all lists before they hear it, whatever the model does, and the call goes on (C5)', async () => {
    const saving = Promise.withResolvers<void>()
    const { house, optedOut } = houseThat(() => saving.promise)
    await using _house = house
    await house.greeted()
    await house.callerSays('Stop calling me.')
    house.engine.session.says('a1', 'May I ask why?', 2_000)
    await house.pass(300)
    expect(house.phrases).toEqual(['opening'])
    saving.resolve()
    await settle()
    const { callId } = house.session.call
    const evidence = `They asked for it in call ${callId}.`
    expect(optedOut).toEqual([{ number: CALLER.from, callId, source: 'spoken', evidence }])
    expect(house.phrases).toEqual(['opening', 'no-contact'])
    expect(house.session.state.phase).toBe('live')
    const asked = house.engine.session.take()
    expect(asked.at(-1)).toEqual({ answer: expect.stringContaining('call no tool for it') })
    await house.callerSays('Stop calling me.')
    expect(optedOut).toHaveLength(1)
    house.engine.session.take()
  })

  it('[CS15] is promised nothing when it could not be saved, and it is tried when they ask again', async () => {
    let fails = true
    const { house, optedOut } = houseThat(async () => {
      if (fails) throw new Error('the database is locked')
    })
    await using _house = house
    await house.greeted()
    await house.callerSays('Stop calling me.')
    expect(house.phrases).toEqual(['opening'])
    expect(house.errors.splice(0)).toEqual(['opt-out could not be saved'])
    fails = false
    await house.callerSays('Stop calling me.')
    expect(optedOut).toHaveLength(1)
    expect(house.phrases).toEqual(['opening', 'no-contact'])
    house.engine.session.take()
  })
})
