import { type Clock, sleep } from './clock.ts'

/** Stands for an outcome that was not waited for any longer. */
export const LATE = Symbol('late')

/**
 * What `work` comes to, or `LATE` after so many ms or once the signal aborts. Rejects as the work does in that time; the
 * work itself goes on, and how it ends later is nobody's concern.
 */
export async function orLate<T>(
  work: Promise<T>,
  { clock, ms, signal }: { clock: Clock; ms: number; signal?: AbortSignal | undefined },
): Promise<T | typeof LATE> {
  const done = new AbortController()
  const stop = signal ? AbortSignal.any([signal, done.signal]) : done.signal
  const late = (): typeof LATE => LATE
  const patience = sleep(clock, ms, stop).then(late, late)
  try {
    return await Promise.race([work, patience])
  } finally {
    done.abort()
  }
}
