import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import { HearthlineError } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'
import { type Frequency, HOUR_MS, type RingCounter, TEN_MINUTES_MS } from './ring-counter.ts'

/** Longest pause between attempts to reach a Redis that is gone. */
const RECONNECT_MS = 5_000

/** A connection on which a command waits so long is a broken one; callers have long stopped waiting by then. */
const STALLED_MS = 2_000

/**
 * Counts for all processes that share a Redis. While it cannot be reached every count is refused at once: nothing waits,
 * and nothing is made up for later (RELIABILITY F11). What it holds is gone an hour after the last ring.
 */
export function openRedisRingCounter({ url, log }: { url: string; log: Log }): RingCounter {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: STALLED_MS,
    socketTimeout: STALLED_MS,
    retryStrategy: (attempt) => Math.min(attempt * 200, RECONNECT_MS),
  })
  let reachable = true
  redis.on('ready', () => {
    reachable = true
  })
  // Without a listener the client writes to the console; one line for each outage is enough.
  redis.on('error', (error) => {
    if (reachable) log.warn({ error: error.message }, 'redis cannot be reached: calls go on without it')
    reachable = false
  })

  return {
    async count(key, { callId, at }) {
      const name = nameOf(key)
      const replies = await redis
        .multi()
        .zadd(name, 'NX', at, callId)
        .zremrangebyscore(name, '-inf', at - HOUR_MS)
        .zcount(name, `(${at - TEN_MINUTES_MS}`, '+inf')
        .zcard(name)
        .pexpire(name, HOUR_MS)
        .exec()
      return frequencyOf(replies, [2, 3])
    },

    async look(key, at) {
      const name = nameOf(key)
      const replies = await redis
        .multi()
        .zcount(name, `(${at - TEN_MINUTES_MS}`, '+inf')
        .zcount(name, `(${at - HOUR_MS}`, '+inf')
        .exec()
      return frequencyOf(replies, [0, 1])
    },

    async [Symbol.asyncDispose]() {
      redis.disconnect()
    },
  }
}

/** No telephone number stands there in the open. */
function nameOf(key: string): string {
  return `hearthline:rings:${createHash('sha256').update(key).digest('base64url')}`
}

type Replies = [error: Error | null, result: unknown][] | null

function frequencyOf(replies: Replies, [tenMinutes, hour]: readonly [number, number]): Frequency {
  const numberAt = (index: number) => {
    const [error, result] = replies?.[index] ?? []
    if (!error && typeof result === 'number') return result
    throw new HearthlineError('redis_refused', 'Redis did not count a ring. See that it is no read-only replica.', {
      cause: error,
      retryable: true,
    })
  }
  return { inTenMinutes: numberAt(tenMinutes), inAnHour: numberAt(hour) }
}
