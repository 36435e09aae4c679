import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { Redis } from 'ioredis'

const BINARY = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'].find(
  existsSync,
)
const GIVEN = process.env.TEST_REDIS_URL

/** Whether tests may have a Redis: the one of TEST_REDIS_URL, or one of our own. */
export const hasRedis = BINARY !== undefined || GIVEN !== undefined

/** Whether tests may have one that they stop and hang. */
export const hasOwnRedis = BINARY !== undefined

/** A Redis that answers. Stopping leaves one alone that was given. */
export async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  return GIVEN ? { url: GIVEN, stop: async () => {} } : await startOwnRedis()
}

/** One to stop and to hang. */
export async function startOwnRedis(): Promise<{ url: string; hang(): void; goOn(): void; stop(): Promise<void> }> {
  const port = await freePort()
  const child = spawn(BINARY ?? '', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'])
  const exited = once(child, 'exit')
  const url = `redis://127.0.0.1:${port}`
  await untilReady(url)
  return {
    url,
    hang: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function untilReady(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 200, retryStrategy: () => 25 })
  // Refused until it listens; the ping below says when it never does.
  redis.on('error', () => {})
  try {
    await redis.ping()
  } finally {
    redis.disconnect()
  }
}
