import type { Ring, ScreeningEvidence } from '../../call/screener.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { beginningOf } from './caller-id.ts'
import { inTime } from './in-time.ts'
import type { Frequency, RingCounter } from './ring-counter.ts'

export interface VelocityOptions {
  readonly counter: RingCounter
  /** Rings within ten minutes from which on they are conspicuous. */
  readonly limits: { readonly perNumber: number; readonly perBeginning: number }
  readonly clock: Clock
  readonly log: Log
}

/** A count that is not there by then is no evidence. */
const PATIENCE_MS = 100

/** Within an hour it is so many times as many. */
const HOUR_FACTOR = 2.5

/** Who calls twice as often as is conspicuous is twice as far from a person whose line breaks. */
const EXTREME_FACTOR = 2

/**
 * How often a number calls, and how often its neighbours do: diallers change the last digits. Counts the ring unless it
 * is only looked at. Never rejects.
 */
export async function velocityEvidence(
  { number, ring, counted }: { number: string; ring: Ring; counted: boolean },
  { counter, limits, clock, log }: VelocityOptions,
): Promise<ScreeningEvidence[]> {
  const { at, carrierCallId: callId } = ring
  const askFor = (key: string) => (counted ? counter.count(key, { callId, at }) : counter.look(key, at))
  const beginning = beginningOf(number)
  const asking = Promise.all([askFor(`number:${number}`), askFor(`beginning:${beginning}`)])
  const known = await inTime(asking, { clock, log, ms: PATIENCE_MS, what: 'counting rings' })
  if (!known) return []
  const [ofNumber, ofBeginning] = known
  return [
    ...conspicuous(ofNumber, limits.perNumber, 'calls from this number'),
    ...conspicuous(ofBeginning, limits.perBeginning, `calls from numbers that begin with ${beginning}`),
  ]
}

function conspicuous({ inTenMinutes, inAnHour }: Frequency, limit: number, what: string): ScreeningEvidence[] {
  const found = (says: string, weight: number): ScreeningEvidence[] => [{ layer: 'velocity', says, weight }]
  if (inTenMinutes >= limit * EXTREME_FACTOR) return found(`${inTenMinutes} ${what} in ten minutes`, 0.6)
  if (inTenMinutes >= limit) return found(`${inTenMinutes} ${what} in ten minutes`, 0.4)
  if (inAnHour >= limit * HOUR_FACTOR) return found(`${inAnHour} ${what} within an hour`, 0.4)
  return []
}
