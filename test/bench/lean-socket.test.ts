import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { acceptLean, connectLean, type LeanSocket } from '../../scripts/bench/lean-socket.ts'

/** One length for each way a frame can state it. */
const TEXTS = ['', 'short', 'm'.repeat(400), 'l'.repeat(70_000)]

describe('the lean socket against ws', () => {
  it('talks to a ws server, masked', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    server.on('connection', (socket) => socket.on('message', (data: Buffer) => socket.send(data, { binary: false })))
    const lean = await connectLean(`ws://127.0.0.1:${portOf(server)}`, {})
    const echoed = collect(lean, TEXTS.length)
    for (const text of TEXTS) lean.sendText(Buffer.from(text))
    expect(await echoed).toEqual(TEXTS)
    lean.close()
    server.close()
  })

  it('serves a ws client, answers its pings and agrees to its close', async () => {
    const server = createServer()
    server.on('upgrade', (request, socket, head) => {
      const lean = acceptLean(request, socket as Socket, head)
      lean.onText = (message) => lean.sendText(message)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = new WebSocket(`ws://127.0.0.1:${portOf(server)}`)
    await once(client, 'open')
    for (const text of TEXTS) {
      client.send(text)
      const [echoed] = await once(client, 'message')
      expect(String(echoed)).toBe(text)
    }
    client.ping()
    await once(client, 'pong')
    client.close(1000)
    expect((await once(client, 'close'))[0]).toBe(1000)
    server.close()
  })

  it('rejects when the other side does not upgrade', async () => {
    const server = createServer((_request, response) => response.writeHead(403).end())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    await expect(connectLean(`ws://127.0.0.1:${portOf(server)}`, {})).rejects.toThrow('answered 403')
    server.close()
  })
})

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port
}

function collect(lean: LeanSocket, count: number): Promise<string[]> {
  const { promise, resolve } = Promise.withResolvers<string[]>()
  const texts: string[] = []
  lean.onText = (message) => {
    texts.push(String(message))
    if (texts.length === count) resolve(texts)
  }
  return promise
}
