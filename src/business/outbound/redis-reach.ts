import { Redis } from 'ioredis'
import type { Log } from '../../lib/log.ts'

/** Whether the Redis that processes share can be reached: without it none of them dials (RELIABILITY F11). */
export interface RedisReach extends AsyncDisposable {
  /** Never rejects, and never takes longer than half a second. */
  canShare(): Promise<boolean>
}

const PING_MS = 500
const RECONNECT_MS = 5_000

export function openRedisReach({ url, log }: { url: string; log: Log }): RedisReach {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: PING_MS,
    commandTimeout: PING_MS,
    retryStrategy: (attempt) => Math.min(attempt * 200, RECONNECT_MS),
  })
  // Without a listener the client writes to the console.
  redis.on('error', (error) => log.debug({ error: error.message }, 'redis cannot be reached'))
  return {
    canShare: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    async [Symbol.asyncDispose]() {
      redis.disconnect()
    },
  }
}
