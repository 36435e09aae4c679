import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createPersonRequest } from '../../src/pipeline/person-request/person-request.ts'
import { createRecordingRefusal } from '../../src/pipeline/recording/recording-refusal.ts'
import { CALLER, CallHouse } from '../fakes/call-house.ts'
import { settle } from '../fakes/fake-clock.ts'

const CALLS = 1_000
const WARM_UP = 300
/** The switchboard remembers a finished call for three hours: its id and its last answer. */
const MOST_BYTES_PER_CALL = 2_000

const stages = [createPersonRequest, createRecordingRefusal]

it(`[CS3] ${CALLS} calls leave nothing behind: no timer, no desk, no memory`, { timeout: 120_000 }, async () => {
  const house = new CallHouse({ stages })
  let beforeBytes = 0
  for (let call = 0; call < WARM_UP + CALLS; call += 1) {
    if (call === WARM_UP) beforeBytes = heapBytes()
    await oneCall(house, `CA${call}`, call)
  }
  const perCallBytes = (heapBytes() - beforeBytes) / CALLS
  expect(house.clock.timers).toBe(0)
  expect(house.switchboard.liveCalls).toBe(0)
  expect(house.errors).toEqual([])
  expect(perCallBytes).toBeLessThan(MOST_BYTES_PER_CALL)
})

it('[CS3] a call leaves no listener behind on a signal that has not fired', async () => {
  const house = new CallHouse({ stages })
  const listeners = countListeners()
  for (let call = 0; call < 40; call += 1) await oneCall(house, `CA${call}`, call)
  expect(listeners.left()).toBe(0)
})

async function oneCall(house: CallHouse, carrierCallId: string, variant: number): Promise<void> {
  house.engine.script('accept', 'accept')
  const ended = house.store.records.length
  await house.switchboard.ring({ ...CALLER, carrierCallId })
  await settle()
  const session = house.switchboard.session(carrierCallId)
  if (!session) throw new Error('the call was not seated')
  const line = house.connect(session)
  const { session: engine } = house.engine
  house.clock.advance(3_000)
  engine.callerStarts()
  house.clock.advance(1_500)
  engine.callerWords(engine.callerStops(), 'Hello')
  engine.says('a1', 'Hello to you.', 1_000)
  house.clock.advance(400)
  if (variant % 4 === 0) line.callerPresses('0')
  if (variant % 4 === 1) engine.asksFor({ requestId: 'r1', name: 'end_call' })
  if (variant % 4 === 2) engine.callerStarts()
  if (variant % 8 === 3) line.drops()
  else line.callerHangsUp()
  await settle()
  if (house.store.records.length === ended) await session.close('line lost')
  house.lines.length = 0
  house.facts.length = 0
  house.recorders.length = 0
  house.engine.sessions.length = 0
  house.engine.briefings.length = 0
  house.store.forget()
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  return process.memoryUsage().heapUsed
}

/** Listeners on abort signals that were added and not removed, except those whose signal has fired. */
function countListeners(): { left: () => number } {
  const listening = new Map<AbortSignal, number>()
  const { addEventListener, removeEventListener } = AbortSignal.prototype
  const count = (signal: AbortSignal, by: number) => void listening.set(signal, (listening.get(signal) ?? 0) + by)
  AbortSignal.prototype.addEventListener = function (this: AbortSignal, ...args: Parameters<typeof addEventListener>) {
    count(this, 1)
    return addEventListener.apply(this, args)
  }
  AbortSignal.prototype.removeEventListener = function (
    this: AbortSignal,
    ...args: Parameters<typeof removeEventListener>
  ) {
    count(this, -1)
    return removeEventListener.apply(this, args)
  }
  return {
    left: () => {
      AbortSignal.prototype.addEventListener = addEventListener
      AbortSignal.prototype.removeEventListener = removeEventListener
      return [...listening].filter(([signal, left]) => left > 0 && !signal.aborted).length
    },
  }
}
