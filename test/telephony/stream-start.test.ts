import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { encodedSilence } from '../../src/audio/encoded-audio.ts'
import { awaitStart, type StreamStart } from '../../src/telephony/stream-start.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { openSocketPair } from './socket-pair.ts'

const start = {
  event: 'start',
  start: { accountSid: 'AC1', streamSid: 'MZ1', callSid: 'CA1', customParameters: { token: 't' } },
}
const frame = { event: 'media', media: { timestamp: '100', payload: encodedSilence(20).toString() } }

async function waiting() {
  const pair = await openSocketPair()
  const clock = new FakeClock()
  const starts: StreamStart[] = []
  const refusals: string[] = []
  const after: string[] = []
  awaitStart(pair.server, {
    clock,
    onStart(started) {
      starts.push(started)
      pair.server.on('message', (data) => after.push(JSON.parse(data.toString()).event))
    },
    onRefused: (reason) => refusals.push(reason),
  })
  const say = (...messages: (object | string | Buffer)[]) => {
    for (const each of messages) {
      pair.carrier.send(typeof each === 'string' || Buffer.isBuffer(each) ? each : JSON.stringify(each))
    }
  }
  return { pair, clock, starts, refusals, after, say, [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose]() }
}

describe('awaitStart', () => {
  it('hands the socket over in the handler of start, so that the next frame is not lost', async () => {
    await using socket = await waiting()
    socket.say({ event: 'connected', protocol: 'Call', version: '1.0.0' }, { event: 'news' }, start, frame, frame)
    await socket.pair.settle()
    expect(socket.starts).toEqual([start.start])
    expect(socket.after).toEqual(['media', 'media'])
    expect(socket.clock.timers).toBe(0)
    expect(socket.refusals).toEqual([])
  })

  it('[S6] closes a socket that says nothing for 5 s', async () => {
    await using socket = await waiting()
    socket.say({ event: 'connected' })
    await socket.pair.settle()
    socket.clock.advance(4999)
    expect(socket.refusals).toEqual([])
    socket.clock.advance(1)
    await once(socket.pair.carrier, 'close')
    expect(socket.refusals).toEqual(['no start in time'])
    expect(socket.pair.closed.code).toBe(1008)
  })

  it.each([
    ['garbage', 'nonsense'],
    ['a binary frame', Buffer.from([1, 2, 3])],
    ['media before start', frame],
    ['a start without ids', { event: 'start', start: {} }],
  ])('closes a socket that begins with %s', async (_, message) => {
    await using socket = await waiting()
    socket.say(message, start)
    await once(socket.pair.carrier, 'close')
    expect(socket.refusals).toEqual(['not a media stream'])
    expect(socket.starts).toEqual([])
    expect(socket.pair.closed.code).toBe(1008)
    expect(socket.clock.timers).toBe(0)
  })

  it('says so when the socket is closed before it started', async () => {
    await using socket = await waiting()
    socket.pair.carrier.terminate()
    await once(socket.pair.server, 'close')
    expect(socket.refusals).toEqual(['closed before start'])
    expect(socket.clock.timers).toBe(0)
  })
})
