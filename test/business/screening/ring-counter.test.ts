import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRedisRingCounter } from '../../../src/business/screening/redis-ring-counter.ts'
import { createLocalRingCounter, type RingCounter } from '../../../src/business/screening/ring-counter.ts'
import { velocityEvidence } from '../../../src/business/screening/velocity.ts'
import { systemClock } from '../../../src/lib/clock.ts'
import { silentLog } from '../../fakes/databases.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 20, 15)

/** What every counter promises. Keys are new in each test, since a Redis may be shared. */
function itCounts(open: () => Promise<RingCounter>): void {
  it('counts a ring with those of ten minutes and of an hour before it', async () => {
    await using counter = await open()
    const key = newKey()
    await counter.count(key, { callId: 'CA1', at: START })
    await counter.count(key, { callId: 'CA2', at: START + 45 * MINUTE })
    expect(await counter.count(key, { callId: 'CA3', at: START + 54 * MINUTE })).toEqual({
      inTenMinutes: 2,
      inAnHour: 3,
    })
    expect(await counter.count(key, { callId: 'CA4', at: START + 60 * MINUTE })).toEqual({
      inTenMinutes: 2,
      inAnHour: 3,
    })
  })

  it('[SC6] counts the ring of one call once', async () => {
    await using counter = await open()
    const key = newKey()
    await counter.count(key, { callId: 'CA1', at: START })
    expect(await counter.count(key, { callId: 'CA1', at: START + MINUTE })).toEqual({ inTenMinutes: 1, inAnHour: 1 })
  })

  it('counts nothing when it is only looked at', async () => {
    await using counter = await open()
    const key = newKey()
    expect(await counter.look(key, START)).toEqual({ inTenMinutes: 0, inAnHour: 0 })
    await counter.count(key, { callId: 'CA1', at: START })
    await counter.look(key, START)
    expect(await counter.look(key, START + MINUTE)).toEqual({ inTenMinutes: 1, inAnHour: 1 })
    expect(await counter.look(key, START + 60 * MINUTE)).toEqual({ inTenMinutes: 0, inAnHour: 0 })
  })

  it('keeps keys apart', async () => {
    await using counter = await open()
    await counter.count(newKey(), { callId: 'CA1', at: START })
    expect(await counter.look(newKey(), START)).toEqual({ inTenMinutes: 0, inAnHour: 0 })
  })
}

describe('counting in this process', () => {
  itCounts(async () => createLocalRingCounter({ clock: new FakeClock(START) }))

  it('lets go of what is older than an hour', async () => {
    const clock = new FakeClock(START)
    await using counter = createLocalRingCounter({ clock })
    for (let call = 0; call < 30_000; call += 1) await counter.count(`number:${call}`, { callId: 'CA1', at: START })
    expect(await counter.look('number:0', START)).toEqual({ inTenMinutes: 0, inAnHour: 0 })
    expect(await counter.look('number:29999', START)).toEqual({ inTenMinutes: 1, inAnHour: 1 })
  })
})

const REDIS = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'].find(
  existsSync,
)
const GIVEN_REDIS = process.env.TEST_REDIS_URL

describe.skipIf(!REDIS && !GIVEN_REDIS)('counting over Redis (left out without redis-server or TEST_REDIS_URL)', () => {
  let redis: { url: string; stop: () => Promise<void> }
  beforeAll(async () => {
    redis = GIVEN_REDIS ? { url: GIVEN_REDIS, stop: async () => {} } : await startRedis()
  })
  afterAll(() => redis?.stop())

  const open = async (): Promise<RingCounter> => {
    const counter = openRedisRingCounter({ url: redis.url, log: silentLog })
    await untilReady(counter)
    return counter
  }

  itCounts(open)

  it('counts for all processes together', async () => {
    await using one = await open()
    await using another = await open()
    const key = newKey()
    await one.count(key, { callId: 'CA1', at: START })
    expect(await another.count(key, { callId: 'CA2', at: START })).toEqual({ inTenMinutes: 2, inAnHour: 2 })
  })
})

describe('a Redis that is away', () => {
  const ring = { carrierCallId: 'CA1', from: '+14155550123', to: '+16175550100', at: START }
  const ask = (counter: RingCounter) =>
    velocityEvidence(
      { number: ring.from, ring, counted: true },
      { counter, limits: { perNumber: 1, perBeginning: 1 }, clock: systemClock, log: silentLog },
    )

  it('[SC4] is no evidence when it refuses (F11)', async () => {
    const { port, close } = await listen(() => {})
    await close()
    await using counter = openRedisRingCounter({ url: `redis://127.0.0.1:${port}`, log: silentLog })
    expect(await ask(counter)).toEqual([])
  })

  it('[SC4] is no evidence when it accepts and says nothing (F11)', async () => {
    const { port, close } = await listen(() => {})
    await using counter = openRedisRingCounter({ url: `redis://127.0.0.1:${port}`, log: silentLog })
    expect(await ask(counter)).toEqual([])
    await close()
  })

  it('[SC4] is no evidence when it answers with errors (F11)', async () => {
    const { port, close } = await listen((socket) => socket.on('data', () => socket.write('-LOADING not now\r\n')))
    await using counter = openRedisRingCounter({ url: `redis://127.0.0.1:${port}`, log: silentLog })
    expect(await ask(counter)).toEqual([])
    await close()
  })
})

describe('how often somebody calls', () => {
  const limits = { perNumber: 4, perBeginning: 12 }
  const askAs = (number: string, callId: string, at: number, counter: RingCounter) =>
    velocityEvidence(
      { number, ring: { carrierCallId: callId, from: number, to: '+16175550100', at }, counted: true },
      { counter, limits, clock: systemClock, log: silentLog },
    )

  it('is no sign while it is what people do whose line breaks', async () => {
    await using counter = createLocalRingCounter({ clock: new FakeClock(START) })
    for (const callId of ['CA1', 'CA2', 'CA3']) expect(await askAs('+14155550123', callId, START, counter)).toEqual([])
    expect(await askAs('+14155550123', 'CA4', START, counter)).toMatchObject([{ layer: 'velocity', weight: 0.4 }])
  })

  it('weighs more when it is twice as often, and is seen over an hour too', async () => {
    await using counter = createLocalRingCounter({ clock: new FakeClock(START) })
    for (let call = 1; call < 8; call += 1) await askAs('+14155550123', `CA${call}`, START, counter)
    expect(await askAs('+14155550123', 'CA8', START, counter)).toMatchObject([{ weight: 0.6 }])
    for (let call = 0; call < 9; call += 1) await askAs('+12125550123', `CB${call}`, START + call * 6 * MINUTE, counter)
    expect(await askAs('+12125550123', 'CB9', START + 54 * MINUTE, counter)).toMatchObject([
      { says: expect.stringContaining('10 calls from this number within an hour'), weight: 0.4 },
    ])
  })

  it('sees through numbers that differ in their last digits', async () => {
    await using counter = createLocalRingCounter({ clock: new FakeClock(START) })
    for (let call = 1; call < 12; call += 1) await askAs(`+1415555${1000 + call}`, `CA${call}`, START, counter)
    expect(await askAs('+14155551999', 'CA12', START, counter)).toMatchObject([
      { says: expect.stringContaining('+1415555'), weight: 0.4 },
    ])
  })
})

let keys = 0
function newKey(): string {
  keys += 1
  return `test:${process.pid}:${Date.now()}:${keys}`
}

async function startRedis(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { port, close } = await listen(() => {})
  await close()
  const child = spawn(REDIS ?? '', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'])
  const exited = once(child, 'exit')
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      child.kill()
      await exited
    },
  }
}

async function untilReady(counter: RingCounter): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const ready = await counter.look('ready', 0).then(
      () => true,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('Redis did not come up within five seconds')
}

async function listen(onSocket: (socket: Socket) => void): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    onSocket(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
