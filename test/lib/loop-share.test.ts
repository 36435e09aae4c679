import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { LoopShare } from '../../src/lib/loop-share.ts'
import { busyLoop } from '../fakes/busy-loop.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

/** Steps that tell which they were. */
function* work(name: string, steps: number, log: string[]): Generator<void> {
  for (let step = 1; step <= steps; step += 1) {
    log.push(`${name}${step}`)
    yield
  }
}

it('does everything at once while there is room', () => {
  const log: string[] = []
  const share = new LoopShare(new FakeClock())
  share.do(work('a', 2, log))
  share.do(work('b', 1, log))
  expect(log).toEqual(['a1', 'a2', 'b1'])
})

it('leaves to later turns what a turn has no room for, the oldest first, and lets others in between', async () => {
  const log: string[] = []
  const share = busyLoop()
  share.do(work('a', 2, log))
  share.do(work('b', 2, log))
  expect(log).toEqual(['a1'])
  while (log.filter((what) => what !== 'frame').length < 4) {
    await nextTurn()
    log.push('frame')
  }
  expect(log.indexOf('frame')).toBeLessThan(log.indexOf('b1'))
  expect(log.filter((what) => what !== 'frame')).toEqual(['a1', 'a2', 'b1', 'b2'])
})

it('has as much room in every turn', () => {
  const clock = new FakeClock()
  const log: string[] = []
  const share = new LoopShare(clock, 5)
  const takes = function* (ms: number) {
    clock.advance(ms)
    log.push(`${ms} ms`)
    yield
  }
  share.do(takes(2))
  share.do(takes(4))
  share.do(takes(1))
  expect(log).toEqual(['2 ms', '4 ms'])
})

it('takes work that comes out of a step, and passes over what somebody else has finished', async () => {
  const log: string[] = []
  const share = busyLoop()
  const other = work('other', 2, log)
  share.do(
    (function* () {
      share.do(other)
      log.push('outer')
      yield
    })(),
  )
  for (const _ of other) log.push('by hand')
  expect(log).toEqual(['outer', 'other1', 'by hand', 'other2', 'by hand'])
  share.do(work('next', 1, log))
  while (!log.includes('next1')) await nextTurn()
  expect(log.filter((what) => what.startsWith('other'))).toEqual(['other1', 'other2'])
})

it('goes on with the rest when a step throws', () => {
  const log: string[] = []
  const share = new LoopShare(new FakeClock())
  const fails: Iterator<unknown> = {
    next() {
      throw new Error('no idea')
    },
  }
  expect(() => share.do(fails)).toThrow('no idea')
  share.do(work('a', 1, log))
  expect(log).toEqual(['a1'])
})
