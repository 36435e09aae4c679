import { expect, it } from 'vitest'
import { Heartbeat } from '../../../src/engines/wire/heartbeat.ts'
import type { Clock } from '../../../src/lib/clock.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

function startHeartbeat(clock: Clock, expectsEvents: boolean) {
  const happened: string[] = []
  const heartbeat = new Heartbeat({
    clock,
    ping: () => happened.push('ping'),
    expectsEvents: () => expectsEvents,
    onStalled: (code) => happened.push(code),
  })
  return { happened, heartbeat }
}

it('pings every 5 s and is content with its pongs', () => {
  const clock = new FakeClock()
  const { happened, heartbeat } = startHeartbeat(clock, false)
  for (let round = 0; round < 3; round += 1) {
    clock.advance(5_000)
    heartbeat.pong()
  }
  expect(happened).toEqual(['ping', 'ping', 'ping'])
})

it('misses a pong after 3 s', () => {
  const clock = new FakeClock()
  const { happened } = startHeartbeat(clock, false)
  clock.advance(7_500)
  expect(happened).toEqual(['ping'])
  clock.advance(500)
  expect(happened).toEqual(['ping', 'pong_missed'])
})

it('does not take its own standstill for the silence of the provider', () => {
  let nowMs = 0
  let check = () => {}
  const clock: Clock = Object.assign(new FakeClock(), {
    monotonicMs: () => nowMs,
    every: (_periodMs: number, callback: () => void) => {
      check = callback
      return { [Symbol.dispose]: () => {} }
    },
  })
  const { happened } = startHeartbeat(clock, true)
  nowMs = 10_000
  check()
  expect(happened).toEqual([])
  while (nowMs < 13_500) {
    nowMs += 500
    check()
  }
  expect(happened).toEqual(['events_missed'])
})
