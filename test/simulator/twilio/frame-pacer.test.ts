import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/lib/clock.ts'
import { createRandom } from '../../../src/simulator/seeded-random.ts'
import { FramePacer } from '../../../src/simulator/twilio/frame-pacer.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

describe('the pacer', () => {
  it('stays within one frame over ten minutes of a loop that is always late', () => {
    const clock = new FakeClock()
    const random = createRandom(3)
    // Each turn of the loop comes up to 7 ms after it was asked for, as a busy process has it.
    const late: Clock = {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs(),
      after: (delayMs, callback) => clock.after(delayMs, callback),
      every(periodMs, callback) {
        const turn = () => {
          callback()
          clock.after(periodMs + random() * 7, turn)
        }
        return clock.after(periodMs, turn)
      },
    }
    const pacer = new FramePacer(late)
    clock.advance(1234.5)
    let frames = 0
    let worstMs = 0
    pacer.join({
      onFrame: (dueMs) => {
        expect(dueMs).toBe(1234.5 + frames * 20)
        frames += 1
        worstMs = Math.max(worstMs, clock.monotonicMs() - dueMs)
      },
      onSettled: () => {},
    })
    clock.advance(600_000)
    expect(600_000 - frames * 20).toBeLessThanOrEqual(20)
    expect(worstMs).toBeLessThanOrEqual(20)
  })

  it('keeps one timer for all calls, and none when there is no call', () => {
    const clock = new FakeClock()
    const pacer = new FramePacer(clock)
    const paced = { onFrame: () => {}, onSettled: () => {} }
    const members = [pacer.join(paced), pacer.join(paced)]
    expect(clock.timers).toBe(1)
    for (const member of members) member[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })

  it('catches up after a stall, each frame with the time it should have left', () => {
    const turns: (() => void)[] = []
    let nowMs = 0
    const stalling = Object.assign(new FakeClock(), {
      monotonicMs: () => nowMs,
      every: (_: number, callback: () => void): Disposable => {
        turns.push(callback)
        return { [Symbol.dispose]: () => {} }
      },
    })
    const dueMs: number[] = []
    new FramePacer(stalling).join({ onFrame: (due) => dueMs.push(due), onSettled: (now) => dueMs.push(-now) })
    nowMs = 65
    for (const turn of turns) turn()
    expect(dueMs).toEqual([0, 20, 40, 60, -65])
  })
})
