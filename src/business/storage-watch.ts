import type { Clock } from '../lib/clock.ts'

/** What is known of whether something can be saved now, without asking while a caller waits. */
export interface StorageWatch extends AsyncDisposable {
  readonly isDown: boolean
}

const EVERY_MS = 1_000
/** Once may have been a lock that is gone by now, which live and new calls sit out (RELIABILITY F9). */
const FAILURES = 2

/**
 * Tries regularly whether the database can be written, one look at a time. A full disk must be known before a call is
 * taken of which nothing could be kept (F10). Dispose to stop.
 */
export function startStorageWatch(isWritable: () => Promise<boolean>, clock: Clock): StorageWatch {
  let failures = 0
  let looking: Promise<void> | undefined
  const look = () => {
    looking ??= isWritable().then((writable) => {
      failures = writable ? 0 : failures + 1
      looking = undefined
    })
  }
  const timer = clock.every(EVERY_MS, look)
  return {
    get isDown() {
      return failures >= FAILURES
    },
    async [Symbol.asyncDispose]() {
      timer[Symbol.dispose]()
      await looking
    },
  }
}
