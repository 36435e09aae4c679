import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAudio, durationMs, encodeAudio, encodedSilence } from '../../src/audio/encoded-audio.ts'
import { createLog } from '../../src/lib/log.ts'
import type { CallControl } from '../../src/telephony/call-control.ts'
import type { LineEvent } from '../../src/telephony/line.ts'
import { TwilioLine } from '../../src/telephony/twilio-line.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { openSocketPair } from './socket-pair.ts'

/** A line on a real socket, with the carrier's end of it in the test's hands and time standing still. */
async function openLine(onEvent?: (event: LineEvent) => void) {
  const pair = await openSocketPair()
  const clock = new FakeClock()
  const events: LineEvent[] = []
  const asked: unknown[] = []
  const carrier: CallControl = {
    async hangUp() {
      asked.push('hang up')
    },
    async handOver(to) {
      asked.push(to)
    },
  }
  const listenersBefore = Object.fromEntries(
    ['message', 'close', 'error', 'pong'].map((event) => [event, pair.server.listenerCount(event)]),
  )
  const line = new TwilioLine({
    socket: pair.server,
    transport: pair.transport,
    start: { streamSid: 'MZ1', callSid: 'CA1', accountSid: 'AC1', customParameters: {} },
    carrier,
    clock,
    log: createLog({ level: 'silent' }),
    onEvent: (event) => {
      events.push(event)
      onEvent?.(event)
    },
  })
  let timestampMs = 135
  return {
    ...pair,
    clock,
    line,
    listenersBefore,
    events,
    asked,
    say: (message: object) => pair.carrier.send(JSON.stringify(message)),
    sayFrame(atMs?: number, byte = 0x55) {
      timestampMs = atMs ?? timestampMs + 20
      const payload = encodeAudio(Buffer.alloc(160, byte)).toString()
      pair.carrier.send(JSON.stringify({ event: 'media', media: { timestamp: String(timestampMs), payload } }))
    },
    sent: () => pair.received.map((text) => JSON.parse(text)),
    heard: () => events.filter((event) => event.type === 'caller.audio'),
    types: () => events.map((event) => event.type),
    async [Symbol.asyncDispose]() {
      await pair[Symbol.asyncDispose]()
      await line[Symbol.asyncDispose]()
    },
  }
}

describe('TwilioLine: the caller', () => {
  it('passes frames on as they came, from position 0', async () => {
    await using call = await openLine()
    for (let frame = 0; frame < 3; frame += 1) call.sayFrame()
    await call.settle()
    expect(call.heard().map((event) => event.positionMs)).toEqual([0, 20, 40])
    expect(decodeAudio(call.heard()[0]!.audio)).toEqual(Buffer.alloc(160, 0x55))
  })

  it('fills what the carrier left out with silence, in pieces of a second at most', async () => {
    await using call = await openLine()
    call.sayFrame(155)
    await call.settle()
    call.clock.advance(3520)
    call.sayFrame(155 + 20 + 3500)
    await call.settle()
    const [, ...fill] = call.heard().slice(0, -1)
    expect(fill.map((event) => event.positionMs)).toEqual([20, 1020, 2020, 3020])
    expect(fill.map((event) => durationMs(event.audio))).toEqual([1000, 1000, 1000, 500])
    for (const { audio } of fill) expect(decodeAudio(audio).every((byte) => byte === 0xff)).toBe(true)
    expect(call.heard().at(-1)?.positionMs).toBe(3520)
  })

  it('fills the last five seconds of a longer gap, and none of a clock that jumped', async () => {
    // A timestamp nine minutes ahead sent nine minutes of silence to engine and recording in one go: the engine's
    // queue dropped the caller's words behind it, and the recording was given up because "the disk is behind".
    await using call = await openLine()
    call.sayFrame(155)
    await call.settle()
    for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 2_000) {
      call.clock.advance(2_000)
      await call.settle()
    }
    call.sayFrame(155 + 20_000)
    await call.settle()
    const positions = () => call.heard().map((event) => event.positionMs)
    expect(positions()).toEqual([0, 15_000, 16_000, 17_000, 18_000, 19_000, 20_000])
    for (let frame = 0; frame < 3; frame += 1) call.sayFrame(5_000_000 + frame * 20)
    await call.settle()
    expect(positions().slice(7)).toEqual([20_020, 20_040, 20_060])
  })

  it('drops frames that came before', async () => {
    await using call = await openLine()
    for (const timestampMs of [155, 175, 175, 155, 195]) call.sayFrame(timestampMs)
    await call.settle()
    expect(call.heard().map((event) => event.positionMs)).toEqual([0, 20, 40])
  })

  it('hears keys', async () => {
    await using call = await openLine()
    call.say({ event: 'dtmf', streamSid: 'MZ1', dtmf: { track: 'inbound_track', digit: '0' } })
    await call.settle()
    expect(call.events).toEqual([{ type: 'caller.pressed', digit: '0' }])
  })

  it('[F28] hears no more keys than a hand could press', async () => {
    // Thousands of keys a second each became a fact of the call, and a row in the database.
    await using call = await openLine()
    for (let key = 0; key < 25; key += 1) call.say({ event: 'dtmf', dtmf: { digit: '5' } })
    await call.settle()
    expect(call.types()).toEqual(Array(20).fill('caller.pressed'))
    expect(call.line.ignoredCount).toBe(5)
    call.clock.advance(1000)
    call.say({ event: 'dtmf', dtmf: { digit: '6' } })
    await call.settle()
    expect(call.events.filter((event) => event.type === 'caller.pressed').at(-1)?.digit).toBe('6')
  })
})

describe('TwilioLine: our voice', () => {
  it('sends audio and its mark as Twilio wants them, and reports it when the mark comes back', async () => {
    await using call = await openLine()
    const audio = encodedSilence(300)
    call.sayFrame()
    await call.settle()
    call.line.play('u', audio)
    call.line.finish('u')
    expect(call.line.unheardMs()).toBe(300)
    await call.settle()
    const [media, mark, ...more] = call.sent()
    expect(media).toEqual({ event: 'media', streamSid: 'MZ1', media: { payload: audio.toString() } })
    expect(mark).toEqual({ event: 'mark', streamSid: 'MZ1', mark: { name: expect.any(String) } })
    expect(more).toEqual([])
    call.clock.advance(300)
    call.say(mark)
    await call.settle()
    expect(call.events.slice(1)).toEqual([
      { type: 'agent.heard', utteranceId: 'u', audio, positionMs: 0, heardMs: 300 },
      { type: 'agent.finished', utteranceId: 'u', heardMs: 300 },
    ])
  })

  it('clears at once on barge-in, and ignores the marks that come back with it', async () => {
    await using call = await openLine()
    call.line.play('u', encodedSilence(2000))
    call.clock.advance(700)
    expect(call.line.clear()).toMatchObject([{ utteranceId: 'u', heardMs: 480, givenMs: 2000 }])
    await call.settle()
    const sent = call.sent()
    expect(sent.at(-1)).toEqual({ event: 'clear', streamSid: 'MZ1' })
    for (const message of sent.filter((each) => each.event === 'mark')) call.say(message)
    await call.settle()
    expect(call.events).toMatchObject([{ type: 'agent.heard', heardMs: 480 }])
  })

  it('[F27] holds audio while the peer does not read', async () => {
    await using call = await openLine()
    Object.defineProperty(call.server, 'bufferedAmount', { configurable: true, value: 64 * 1024 + 1 })
    call.line.play('u', encodedSilence(400))
    await call.settle()
    expect(call.received).toEqual([])
    Reflect.deleteProperty(call.server, 'bufferedAmount')
    call.clock.advance(100)
    await call.settle()
    expect(call.sent().map((message) => message.event)).toEqual(['media', 'mark'])
  })
})

describe('TwilioLine: its end', () => {
  it('has hung up when the carrier says stop, once, and says nothing after it', async () => {
    await using call = await openLine()
    call.say({ event: 'stop', streamSid: 'MZ1', stop: {} })
    call.sayFrame()
    await call.settle()
    call.carrier.close()
    await once(call.server, 'close')
    expect(call.events).toEqual([{ type: 'line.ended', cause: 'hung up' }])
    expect(call.clock.timers).toBe(0)
  })

  it('[F6] was dropped when the socket goes away without a word, with what was heard until then', async () => {
    await using call = await openLine()
    call.line.play('u', encodedSilence(1000))
    call.clock.advance(300)
    call.carrier.terminate()
    await once(call.server, 'close')
    expect(call.events).toMatchObject([
      { type: 'agent.heard', utteranceId: 'u', heardMs: 300 },
      { type: 'line.ended', cause: 'dropped' },
    ])
    call.line.play('u', encodedSilence(1000))
    expect(call.line.clear()).toMatchObject([{ utteranceId: 'u', heardMs: 300, givenMs: 1000 }])
  })

  it('[F6] says once that it is quiet, and lives on when the carrier answers', async () => {
    await using call = await openLine()
    call.sayFrame()
    await call.settle()
    call.clock.advance(2000)
    await call.settle()
    call.clock.advance(4000)
    expect(call.events.slice(1)).toEqual([{ type: 'line.quiet', quietMs: 2000 }])
    call.sayFrame()
    await call.settle()
    call.clock.advance(2000)
    expect(call.types().filter((type) => type === 'line.quiet')).toHaveLength(2)
  })

  it('[F6] gives a half-open connection up when no pong comes for 3 s', async () => {
    await using call = await openLine()
    call.carrier.pause()
    call.clock.advance(4900)
    expect(call.types()).toEqual(['line.quiet'])
    const closed = once(call.server, 'close')
    call.clock.advance(200)
    await closed
    expect(call.events.at(-1)).toEqual({ type: 'line.ended', cause: 'dropped' })
  })

  it('hangs up at the carrier once, however often it is asked', async () => {
    await using call = await openLine()
    expect(call.line.hangUp()).toBe(call.line.hangUp())
    await call.line.hangUp()
    expect(call.asked).toEqual(['hang up'])
  })

  it('hands over through the carrier', async () => {
    await using call = await openLine()
    await call.line.handOver({ to: 'person', number: '+15550100' })
    expect(call.asked).toEqual([{ to: 'person', number: '+15550100' }])
  })

  it('closes in order when disposed of, is silent from then on, and leaves nothing behind', async () => {
    await using call = await openLine()
    call.line.play('u', encodedSilence(1000))
    call.sayFrame()
    const disposed = call.line[Symbol.asyncDispose]()
    expect(call.line[Symbol.asyncDispose]()).toBe(disposed)
    await disposed
    if (call.closed.code === undefined) await once(call.carrier, 'close')
    expect(call.closed.code).toBe(1000)
    expect(call.events).toEqual([])
    expect(call.clock.timers).toBe(0)
    for (const event of ['message', 'close', 'error', 'pong']) {
      expect(call.server.listenerCount(event)).toBe(call.listenersBefore[event])
    }
  })

  it('does not wait for a peer that never answers its close', async () => {
    await using call = await openLine()
    call.carrier.pause()
    const disposed = call.line[Symbol.asyncDispose]()
    call.clock.advance(2000)
    await disposed
    expect(call.server.readyState).toBe(call.server.CLOSED)
  })
})

describe('[F28] TwilioLine: what makes no sense', () => {
  it('is ignored and counted, up to 20 in a second', async () => {
    await using call = await openLine()
    for (let second = 0; second < 3; second += 1) {
      for (let message = 0; message < 20; message += 1) call.carrier.send(message % 2 ? 'nonsense' : Buffer.of(1))
      await call.settle()
      call.clock.advance(1000)
    }
    call.sayFrame()
    await call.settle()
    expect(call.line.ignoredCount).toBe(60)
    expect(call.heard()).toHaveLength(1)
  })

  it('closes the stream when it is more', async () => {
    await using call = await openLine()
    for (let message = 0; message < 21; message += 1) call.carrier.send('nonsense')
    await once(call.carrier, 'close')
    expect(call.closed.code).toBe(1008)
    await call.line[Symbol.asyncDispose]()
  })

  it('closes the stream of a peer that sends little else than events we do not know, or messages of any size', async () => {
    // Only what could not be read was counted: a peer could send well-formed nonsense as fast as it liked.
    const floods = [{ event: 'gossip' }, { event: 'media', media: { timestamp: '1', payload: 'AAAA'.repeat(5000) } }]
    for (const message of floods) {
      await using call = await openLine()
      for (let nth = 0; nth < 21; nth += 1) call.say(message)
      await once(call.carrier, 'close')
      expect(call.closed.code).toBe(1008)
      expect(call.heard()).toEqual([])
    }
  })

  it('never breaks the line, whatever is sent', async () => {
    await using call = await openLine()
    const text = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.base64String())
    const frame = fc
      .record({
        event: fc.constantFrom('media', 'dtmf', 'mark', 'start', 'connected', 'x'),
        media: fc.record({ payload: text, timestamp: fc.oneof(fc.nat({ max: 100_000 }).map(String), text) }),
        mark: fc.record({ name: text }),
        dtmf: fc.record({ digit: text }),
      })
      .map((message) => JSON.stringify(message))
    const huge = fc
      .integer({ min: 1, max: 60_000 })
      .map((length) => `{"event":"media","media":{"payload":"${'A'.repeat(length)}`)
    const hostile = fc.oneof(
      frame,
      frame.map((json) => json.slice(0, -7)),
      text,
      huge,
      fc.uint8Array().map(Buffer.from),
    )
    call.line.play('u', encodedSilence(60_000))
    for (const [nth, message] of fc.sample(hostile, { numRuns: 400, seed: 11 }).entries()) {
      call.carrier.send(message)
      if (nth % 10 !== 9) continue
      call.sayFrame(100_000 + nth * 100)
      await call.settle()
      call.clock.advance(1000)
    }
    await call.settle()
    expect(call.heard().length).toBeGreaterThan(40)
    expect(call.line.ignoredCount).toBeGreaterThan(10)
    let untilMs = 0
    for (const event of call.heard()) {
      expect(event.positionMs).toBe(untilMs)
      untilMs = event.positionMs + durationMs(event.audio)
    }
    expect(call.types()).not.toContain('line.ended')
    call.say({ event: 'stop' })
    await call.settle()
    expect(call.types().at(-1)).toBe('line.ended')
  })

  it('includes a listener that throws: the line goes on', async () => {
    await using call = await openLine(() => {
      throw new Error('listener is broken')
    })
    call.sayFrame()
    call.sayFrame()
    await call.settle()
    expect(call.heard()).toHaveLength(2)
  })
})
