import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import type { PlacedCall } from '../../src/call/outbound/placed-call.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { AUTH_TOKEN, NEVER_ASKED, signUpgrade, startMessage, startTestServer } from './harness.ts'

const FRAME = JSON.stringify({
  event: 'media',
  sequenceNumber: '2',
  media: { track: 'inbound', chunk: '1', timestamp: '20', payload: Buffer.alloc(160, 0xff).toString('base64') },
  streamSid: 'MZ1',
})

describe('the upgrade', () => {
  it.each([
    ['without a signature', {}],
    ['signed with another token', { 'x-twilio-signature': signUpgrade(undefined, 'other') }],
    ['signed for https', { 'x-twilio-signature': signUpgrade('https://one.phone.example.com/twilio/media') }],
    ['signed for another instance', { 'x-twilio-signature': signUpgrade('wss://phone.example.com/twilio/media') }],
  ])('[S2] is refused %s, before 101', async (_what, headers: Record<string, string>) => {
    await using test = await startTestServer()
    expect(await refusalOf(test.openSocket('/twilio/media', headers))).toBe(403)
    expect(test.server.websocketServer.clients.size).toBe(0)
  })

  it('[S2] is accepted signed over the address with a slash at its end', async () => {
    await using test = await startTestServer()
    const signature = signUpgrade('wss://one.phone.example.com/twilio/media/')
    await once(test.openSocket('/twilio/media', { 'x-twilio-signature': signature }), 'open')
  })

  it('is refused where there is no socket', async () => {
    await using test = await startTestServer()
    expect(await refusalOf(test.openSocket('/twilio/elsewhere'))).toBe(404)
  })
})

describe('the start of a stream', () => {
  it('connects the call its token stands for, and loses no frame that follows at once', async () => {
    await using test = await startTestServer()
    const socket = await opened(test.openSocket())
    socket.send('{"event":"connected","protocol":"Call","version":"1.0.0"}')
    socket.send(startMessage())
    socket.send(FRAME)
    await vi.waitUntil(() => test.switchboard.lineEvents.some(({ type }) => type === 'caller.audio'))
    expect(test.switchboard.linesOpened).toBe(1)
  })

  it('[S6] is refused with 1008 when the token was used before', async () => {
    await using test = await startTestServer()
    const first = await opened(test.openSocket())
    first.send(startMessage())
    await vi.waitUntil(() => test.switchboard.linesOpened === 1)
    const second = await opened(test.openSocket())
    second.send(startMessage())
    expect(await closeCodeOf(second)).toBe(1008)
    expect(test.switchboard.linesOpened).toBe(1)
    expect(first.readyState).toBe(first.OPEN)
  })

  it.each([
    ['another call', startMessage({ callSid: 'CA2' })],
    ['another token', startMessage({ token: 'guess' })],
    ['no token', startMessage({ token: '' })],
    ['no JSON', 'garbage'],
    ['audio before any start', FRAME],
  ])('[S6] is refused with 1008 for %s, and opens no line', async (_what, message) => {
    await using test = await startTestServer()
    const socket = await opened(test.openSocket())
    socket.send(message)
    expect(await closeCodeOf(socket)).toBe(1008)
    expect(test.switchboard.linesOpened).toBe(0)
  })

  it('[S6] is not waited for longer than 5 s', async () => {
    const clock = new FakeClock()
    await using test = await startTestServer({ clock })
    const socket = await opened(test.openSocket())
    await vi.waitUntil(() => clock.timers > 0)
    clock.advance(5_000)
    expect(await closeCodeOf(socket)).toBe(1008)
  })

  it('closes the socket, and nothing else, when the call cannot take it', async () => {
    await using test = await startTestServer()
    test.switchboard.failsToConnect = true
    const socket = await opened(test.openSocket())
    socket.send(startMessage())
    expect(await closeCodeOf(socket)).toBe(1011)
    expect((await test.get('/healthz')).status).toBe(200)
  })
})

describe('a line that is handed over to a message', () => {
  const PLACED: PlacedCall = {
    outboundId: 'outbound_1',
    kind: 'reminder',
    subject: 'the appointment',
    contactName: undefined,
    language: 'en-US',
  }

  it.each([
    ['asks a caller for it', undefined, '<Record'],
    ['[OC5] lets go of whom we called, with an apology', PLACED, "<Say>I'm sorry"],
  ])('%s', async (_what, outbound, expected) => {
    const told: string[] = []
    const carrier = { ...NEVER_ASKED, redirect: async (_callSid: string, twiml: string) => void told.push(twiml) }
    await using test = await startTestServer({ carrier })
    test.switchboard.outbound = outbound
    const socket = await opened(test.openSocket())
    socket.send(startMessage())
    await vi.waitUntil(() => test.switchboard.line !== undefined)
    await test.switchboard.line?.handOver({ to: 'message' })
    expect(told).toEqual([expect.stringContaining(expected)])
    expect(told[0]?.includes('<Record')).toBe(outbound === undefined)
  })
})

it('[F28] closes a socket with 1009 for a message over 64 KiB', async () => {
  await using test = await startTestServer()
  const socket = await opened(test.openSocket())
  socket.send('x'.repeat(64 * 1024 + 1))
  expect(await closeCodeOf(socket)).toBe(1009)
})

it('offers no compression', async () => {
  await using test = await startTestServer()
  expect((await opened(test.openSocket())).extensions).toBe('')
})

// The plugin's own preClose closed every client: app.close() hung up a live call within 2 ms.
it('[F8] does not hang up a live call when the server closes', async () => {
  await using test = await startTestServer()
  const socket = await opened(test.openSocket())
  socket.send(startMessage())
  await vi.waitUntil(() => test.switchboard.linesOpened === 1)

  let isClosed = false
  const closing = test.server.close().then(() => {
    isClosed = true
  })
  await vi.waitUntil(() => !test.server.server.listening)
  const heardBefore = test.switchboard.lineEvents.length
  socket.send(FRAME)
  await vi.waitUntil(() => test.switchboard.lineEvents.length > heardBefore)
  expect(socket.readyState).toBe(socket.OPEN)
  expect(isClosed).toBe(false)

  socket.close()
  await closing
})

it('[S5] needs no signature when validation is off', async () => {
  await using test = await startTestServer({ validateSignatures: false })
  await opened(test.openSocket('/twilio/media', {}))
})

it('[S5] accepts the previous token during a rotation', async () => {
  await using test = await startTestServer({ signingTokens: ['new', AUTH_TOKEN] })
  await opened(test.openSocket())
})

async function opened(socket: WebSocket): Promise<WebSocket> {
  await once(socket, 'open')
  return socket
}

/** The HTTP status an upgrade was refused with; rejects when it was accepted. */
function refusalOf(socket: WebSocket): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  socket.on('open', () => reject(new Error('the upgrade was accepted')))
  socket.on('unexpected-response', (request, response) => {
    request.destroy()
    resolve(response.statusCode)
  })
  socket.on('error', reject)
  return promise
}

async function closeCodeOf(socket: WebSocket): Promise<number> {
  const [code] = await once(socket, 'close')
  return code
}
