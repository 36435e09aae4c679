import { type Clock, sleep } from '../../lib/clock.ts'
import { messageOf } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'

/** What `work` gives, or undefined when it fails or takes longer: a source that is away is no evidence (RELIABILITY F11). */
export async function inTime<T>(
  work: Promise<T>,
  { clock, log, ms, what }: { clock: Clock; log: Log; ms: number; what: string },
): Promise<T | undefined> {
  const done = new AbortController()
  const late = sleep(clock, ms, done.signal).then(
    () => log.warn({ ms }, `${what}: no answer in time`),
    // Only our own sign that it is not waited for any longer.
    () => undefined,
  )
  try {
    return (await Promise.race([work, late])) as T | undefined
  } catch (error) {
    log.warn({ error: messageOf(error) }, `${what}: failed`)
    return undefined
  } finally {
    done.abort()
  }
}
