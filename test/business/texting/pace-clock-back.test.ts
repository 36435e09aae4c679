import { expect, it } from 'vitest'
import { createTextPace } from '../../../src/business/texting/text-pace.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

it('[F20] holds up no text when the wall clock is set back', () => {
  const clock = new FakeClock()
  let backMs = 0
  const now = () => clock.now() - backMs
  const pace = createTextPace({
    perSecond: 1,
    clock: {
      now,
      monotonicMs: () => clock.monotonicMs(),
      after: clock.after.bind(clock),
      every: clock.every.bind(clock),
    },
  })
  expect(pace.turnOf('first')).toBe(now())
  backMs = 3_600_000
  expect(pace.turnOf('second')).toBe(now() + 1_000)
  clock.advance(1_000)
  expect(pace.turnOf('second')).toBe(now())
})
