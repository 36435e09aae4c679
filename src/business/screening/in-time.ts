import type { Clock } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'
import { LATE, orLate } from '../../lib/patience.ts'

/** What `work` gives, or undefined when it fails or takes longer: a source that is away is no evidence (RELIABILITY F11). */
export async function inTime<T>(
  work: Promise<T>,
  { clock, log, ms, what }: { clock: Clock; log: Log; ms: number; what: string },
): Promise<T | undefined> {
  try {
    const outcome = await orLate(work, { clock, ms })
    if (outcome !== LATE) return outcome
    log.warn({ ms }, `${what}: no answer in time`)
  } catch (error) {
    // The carrier's words may name the number.
    log.warn({ pii: { error: messageOf(error) } }, `${what}: failed`)
  }
  return undefined
}
