import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/** Two ends of a real WebSocket on loopback: `server` is ours, `carrier` is Twilio's. */
export async function openSocketPair() {
  const listener = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 64 * 1024, perMessageDeflate: false })
  await once(listener, 'listening')
  const connected = once(listener, 'connection') as Promise<[WebSocket, IncomingMessage]>
  const carrier = new WebSocket(`ws://127.0.0.1:${(listener.address() as AddressInfo).port}`)
  const opened = once(carrier, 'open')
  const [server, request] = await connected
  await opened
  const received: string[] = []
  const closed: { code?: number } = {}
  carrier.on('message', (data) => received.push(data.toString()))
  carrier.on('close', (code) => {
    closed.code = code
  })
  carrier.on('error', () => {})
  return {
    server,
    /** What our side writes to. */
    transport: request.socket,
    carrier,
    /** What our side sent. */
    received,
    /** The code our side closed with. */
    closed,
    /** Waits until all that was sent before has arrived, both ways: a ping and its pong travel behind it. */
    async settle() {
      for (const end of [carrier, server]) {
        if (end.readyState !== WebSocket.OPEN) continue
        const settled = new AbortController()
        const { signal } = settled
        const answered = Promise.race([once(end, 'pong', { signal }), once(end, 'close', { signal }).catch(() => {})])
        end.ping()
        await answered
        settled.abort()
      }
    },
    async [Symbol.asyncDispose]() {
      carrier.terminate()
      server.terminate()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
