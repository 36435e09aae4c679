import { expect, it } from 'vitest'
import { ProviderBreaker } from '../../src/engines/breaker.ts'
import { EngineError, type EngineFailure } from '../../src/engines/engine.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

function setUp() {
  const clock = new FakeClock()
  const changes: boolean[] = []
  const breaker = new ProviderBreaker(clock, (open) => void changes.push(open))
  const fail = (failure: EngineFailure, retryAfterMs?: number) =>
    breaker.failed(new EngineError(failure, 'code', 'message', { retryAfterMs }))
  return { clock, changes, breaker, fail }
}

it.each([
  ['refused', 60_000, undefined],
  ['limited', 5_000, undefined],
  ['limited', 800, 800],
  ['limited', 600_000, 1e12],
] as const)('[RL6] %s leaves a provider alone for %i ms', (failure, pauseMs, retryAfterMs) => {
  const { clock, breaker, fail } = setUp()
  fail(failure, retryAfterMs)
  expect(breaker.standing).toBe('out of order')
  clock.advance(pauseMs - 1)
  expect(breaker.standing).toBe('out of order')
  clock.advance(1)
  expect(breaker.standing).toBe('in order')
})

it('[RL6] suspects a provider that failed three times within 10 s, for 5 s', () => {
  const { clock, breaker, fail } = setUp()
  fail('dropped')
  clock.advance(10_000)
  fail('stalled')
  fail('dropped')
  expect(breaker.standing).toBe('in order')
  fail('dropped')
  expect(breaker.standing).toBe('suspect')
  clock.advance(5_000)
  expect(breaker.standing).toBe('in order')
})

it('[RL6] a whole utterance between them shows that the provider works', () => {
  const { breaker, fail } = setUp()
  fail('dropped')
  fail('dropped')
  breaker.worked()
  fail('dropped')
  expect(breaker.standing).toBe('in order')
  fail('dropped')
  fail('dropped')
  breaker.worked()
  expect(breaker.standing).toBe('in order')
})

it('[RL6] the end of a session’s time is no failure, and a dropped connection makes no refused key better', () => {
  const { clock, breaker, fail } = setUp()
  for (let nth = 0; nth < 3; nth += 1) fail('expired')
  expect(breaker.standing).toBe('in order')
  fail('refused')
  for (let nth = 0; nth < 3; nth += 1) fail('dropped')
  breaker.worked()
  clock.advance(59_000)
  expect(breaker.standing).toBe('out of order')
})

it('[RL6] after the pause lets one attempt through; others keep away until it is over', () => {
  const { clock, breaker, fail } = setUp()
  fail('refused')
  expect(breaker.begin()).toBe(false)
  clock.advance(60_000)
  expect(breaker.begin()).toBe(true)
  expect(breaker.standing).toBe('out of order')
  expect(breaker.begin()).toBe(false)
  breaker.abandoned()
  expect(breaker.begin()).toBe(true)
  breaker.proved()
  expect(breaker.standing).toBe('in order')
  expect(breaker.begin()).toBe(false)
})

it('[RL6] doubles the pause with each attempt in vain, up to a minute, and starts anew after a success', () => {
  const { clock, breaker, fail } = setUp()
  for (let nth = 0; nth < 3; nth += 1) fail('dropped')
  const pauses: number[] = []
  for (let nth = 0; nth < 6; nth += 1) {
    let pauseMs = 0
    for (; breaker.standing !== 'in order'; pauseMs += 1_000) clock.advance(1_000)
    pauses.push(pauseMs)
    expect(breaker.begin()).toBe(true)
    fail('dropped')
  }
  expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
  clock.advance(60_000)
  breaker.begin()
  breaker.proved()
  fail('dropped')
  expect(breaker.standing).toBe('in order')
})

it('[RL6] says once when it opens and once when it closes', () => {
  const { clock, changes, breaker, fail } = setUp()
  fail('limited')
  fail('refused')
  clock.advance(60_000)
  expect(changes).toEqual([true])
  breaker.begin()
  breaker.proved()
  expect(changes).toEqual([true, false])
})
