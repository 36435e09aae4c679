import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { backoffDelayMs, retry } from '../../src/lib/backoff.ts'
import { FakeClock } from '../fakes/fake-clock.ts'

const backoff = { tries: 5, firstDelayMs: 100, factor: 2, capMs: 30_000, jitter: 0.1 }

/** Something that fails the given number of times, under a clock that stands still until advanced. */
function failing(times: number, options: { isRetryable?: () => boolean; signal?: AbortSignal } = {}) {
  const clock = new FakeClock()
  const triedAtMs: number[] = []
  const result = retry(
    async () => {
      triedAtMs.push(clock.monotonicMs())
      if (triedAtMs.length <= times) throw new Error(`failure ${triedAtMs.length}`)
      return 'done'
    },
    { ...backoff, clock, random: () => 0.5, isRetryable: () => true, ...options },
  )
  return { clock, triedAtMs, result }
}

describe('backoff', () => {
  it('doubles up to its cap, within its jitter', () => {
    const middle = [1, 2, 3, 9, 10, 20].map((failures) => backoffDelayMs(backoff, failures, () => 0.5))
    expect(middle).toEqual([100, 200, 400, 25_600, 30_000, 30_000])
    expect(backoffDelayMs(backoff, 1, () => 0)).toBeCloseTo(90)
    expect(backoffDelayMs(backoff, 1, () => 1)).toBeCloseTo(110)
  })

  it('tries again after growing waits, until it works', async () => {
    const { clock, triedAtMs, result } = failing(3)
    await setImmediate()
    await clock.advanceAsync(1000)
    await expect(result).resolves.toBe('done')
    expect(triedAtMs).toEqual([0, 100, 300, 700])
  })

  it('throws the last failure when its tries are used up', async () => {
    const { clock, triedAtMs, result } = failing(9)
    const failed = expect(result).rejects.toThrow('failure 5')
    await clock.advanceAsync(5000)
    await failed
    expect(triedAtMs).toHaveLength(5)
  })

  it('throws at once what another try cannot help', async () => {
    const { triedAtMs, result } = failing(9, { isRetryable: () => false })
    await expect(result).rejects.toThrow('failure 1')
    expect(triedAtMs).toHaveLength(1)
  })

  it('stops waiting when its signal aborts, and leaves no timer', async () => {
    const abort = new AbortController()
    const { clock, result } = failing(9, { signal: abort.signal })
    const failed = expect(result).rejects.toThrow('over')
    await clock.advanceAsync(50)
    abort.abort(new Error('over'))
    await failed
    expect(clock.timers).toBe(0)
  })
})
