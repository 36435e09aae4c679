import { describe, expect, it } from 'vitest'
import { A_DAY_OF_TRIES, restMs } from '../../src/jobs/retry-schedule.ts'
import { HearthlineError } from '../../src/lib/errors.ts'

const away = new HearthlineError('carrier_away', 'The carrier did not answer.', { retryable: true })
const HOUR_MS = 60 * 60_000

describe('when a failed job is tried again', () => {
  it('tries for about a day what may succeed later', () => {
    const rests = Array.from({ length: A_DAY_OF_TRIES.tries }, (_, tried) => restMs(away, tried + 1, A_DAY_OF_TRIES))
    expect(rests.pop()).toBeUndefined()
    const totalHours = rests.reduce<number>((sum, rest) => sum + (rest ?? Number.NaN), 0) / HOUR_MS
    expect(totalHours).toBeGreaterThan(24 * 0.75)
    expect(totalHours).toBeLessThan(24 * 1.3)
    expect(rests[0]).toBeLessThan(10_000)
  })

  it('gives up at once what will not', () => {
    const refused = new HearthlineError('number_invalid', 'The carrier knows no such number.')
    expect(restMs(refused, 1, A_DAY_OF_TRIES)).toBeUndefined()
  })

  it('tries what nobody foresaw three times', () => {
    const bug = new TypeError('Cannot read properties of undefined')
    const tried = [1, 2, 3].map((attempts) => restMs(bug, attempts, A_DAY_OF_TRIES) !== undefined)
    expect(tried).toEqual([true, true, false])
  })
})
